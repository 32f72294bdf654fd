"""The set-up starts on any Python, installs only what is pinned, and breaks nothing."""

import ast
import json
import os
import re
import runpy
import shutil
import sys
import tomllib
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
RUN = ROOT / "run.py"
BOOTSTRAP = ROOT / "config" / "bootstrap.py"
LOCKS = ["requirements.lock", "requirements-test.lock", "requirements-node.lock"]

# Python 3.4 parses none of these, and ast.parse does not refuse them by itself.
NEWER_SYNTAX = (ast.JoinedStr, ast.AnnAssign, ast.NamedExpr, ast.Match, ast.Await)


@pytest.mark.parametrize("path", [RUN, BOOTSTRAP], ids=["run", "bootstrap"])
def test_what_starts_the_set_up_parses_on_an_old_python_3(path: Path) -> None:
    tree = ast.parse(path.read_text(), feature_version=(3, 4))
    nodes = list(ast.walk(tree))
    assert not [node for node in nodes if isinstance(node, NEWER_SYNTAX)]
    arguments = [node for node in nodes if isinstance(node, ast.arg)]
    assert not [argument for argument in arguments if argument.annotation]
    functions = [node for node in nodes if isinstance(node, ast.FunctionDef)]
    assert not [function for function in functions if function.returns]
    displays = [node for node in nodes if isinstance(node, ast.List | ast.Tuple)]
    assert not [one for one in displays if _unpacks(one)]


@pytest.mark.parametrize("path", [RUN, BOOTSTRAP], ids=["run", "bootstrap"])
def test_what_starts_the_set_up_needs_the_standard_library_alone(path: Path) -> None:
    tree = ast.parse(path.read_text())
    imported = {
        alias.name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    assert imported <= sys.stdlib_module_names


@pytest.mark.parametrize("version", [(2, 7), (3, 4), (3, 10, 13, "final", 0)])
def test_a_python_that_is_too_old_is_told_so_in_one_line(
    version: tuple[Any, ...], monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    monkeypatch.setattr("sys.version_info", version)
    monkeypatch.setattr("sys.argv", ["run.py"])
    with pytest.raises(SystemExit) as ended:
        runpy.run_path(str(RUN), run_name="__main__")
    assert ended.value.code == 3
    shown = capsys.readouterr()
    assert shown.out == ""
    assert re.fullmatch(r"gongkai: .* needs Python 3\.11 or newer; .*\n", shown.err)


def test_python_3_11_and_later_will_do() -> None:
    lacks = runpy.run_path(str(RUN))["lacks"]
    assert lacks((3, 11, 0)) is None
    assert lacks((3, 14, 2)) is None
    assert lacks((4, 0, 0)) is None


def test_a_program_that_asks_for_json_gets_the_refusal_as_json(
    monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    monkeypatch.setattr("sys.argv", ["run.py", "workdays", "--json"])
    with pytest.raises(SystemExit):
        runpy.run_path(str(RUN))["refuse"]("There is no venv module.")
    assert json.loads(capsys.readouterr().out) == {
        "error": "setup",
        "message": "There is no venv module.",
    }


@pytest.mark.parametrize("lock", LOCKS)
def test_every_requirement_is_pinned_and_has_a_hash(lock: str) -> None:
    entries = re.split(r"^(?=\S)", (ROOT / lock).read_text(), flags=re.MULTILINE)
    entries = [entry for entry in entries if entry.strip() and entry[0] != "#"]
    assert entries
    pinned = re.compile(r"[a-z0-9-]+==\S+ \\\n( +--hash=sha256:[0-9a-f]{64}( \\)?\n)+")
    assert [entry for entry in entries if not pinned.match(entry)] == []


def test_every_front_end_package_has_its_checksum() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    del packages[""]
    assert packages
    assert [
        name
        for name, package in packages.items()
        if not package["integrity"].startswith("sha512-")
    ] == []


def test_the_lock_pins_every_library_that_the_project_names() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    named = set(map(_name, project["project"]["dependencies"]))
    assert named - _pins("requirements.lock").keys() == set()
    for_tests = set(map(_name, project["dependency-groups"]["test"]))
    assert for_tests - _pins("requirements-test.lock").keys() == set()


def test_the_tests_run_on_the_libraries_that_are_installed_for_use() -> None:
    in_use = _pins("requirements.lock")
    in_tests = _pins("requirements-test.lock")
    assert {name: in_tests.get(name) for name in in_use} == in_use


def test_submissions_are_checked_by_the_command_that_the_readme_gives() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert script.read_text().splitlines()[-1] == "python3 run.py test"
    assert "python3 run.py test" in (ROOT / "README.md").read_text()


def test_a_set_up_that_is_current_is_not_made_again(made: Any) -> None:
    made.ensure()
    made.ensure()
    assert made.steps == [".venv", ".assets"]


def test_a_changed_lock_renews_only_what_it_locks(made: Any) -> None:
    made.ensure()
    made.write("package-lock.json", "newer")
    made.ensure()
    assert made.steps == [".venv", ".assets", ".assets"]


def test_a_set_up_for_tests_serves_every_other_command_too(made: Any) -> None:
    made.ensure(test=True)
    made.ensure()
    assert made.steps == [".venv", ".assets"]


def test_a_failed_update_leaves_the_former_set_up_as_it_was(made: Any) -> None:
    made.ensure()
    before = made.files()
    made.write("requirements.lock", "newer")
    made.write("package-lock.json", "newer")
    made.fails_at(".assets")
    with pytest.raises(made.SetupError, match="no network"):
        made.ensure()
    assert made.files() == before


def test_an_update_that_failed_goes_on_where_it_stopped(made: Any) -> None:
    made.fails_at(".assets")
    with pytest.raises(made.SetupError):
        made.ensure()
    made.fails_at(None)
    made.ensure()
    assert made.steps == [".venv", ".assets", ".assets"]


def test_a_lost_folder_is_made_again(made: Any) -> None:
    made.ensure()
    shutil.rmtree(made.root / ".assets")
    made.ensure()
    assert made.steps == [".venv", ".assets", ".assets"]


@pytest.mark.parametrize(
    ("served", "original"),
    [
        (b"a()\n", b"a()\n//# sourceMappingURL=a.js.map"),
        (b"a{}\n", b"a{}\n/*# sourceMappingURL=a.css.map */\n"),
        (b"a()", b"a()"),
    ],
)
def test_assets_point_to_no_source_map(served: bytes, original: bytes) -> None:
    bootstrap = runpy.run_path(str(BOOTSTRAP))
    assert bootstrap["without_source_map"](original) == served


class Made(SimpleNamespace):
    """A project folder whose set-up is made of empty files, without any network."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        module = runpy.run_path(str(BOOTSTRAP))
        names = module["ensure"].__globals__
        super().__init__(
            root=root, SetupError=module["SetupError"], steps=[], failing=None
        )
        monkeypatch.setitem(names, "_build_venv", self._build)
        monkeypatch.setitem(names, "_build_assets", self._build)
        monkeypatch.setitem(names, "_need_venv_module", lambda _: None)
        self._ensure = module["ensure"]
        for lock in [*LOCKS, "package-lock.json"]:
            self.write(lock, "first")

    def ensure(self, *, test: bool = False) -> None:
        self._ensure(str(self.root), test=test)

    def write(self, name: str, content: str) -> None:
        (self.root / name).write_text(content)

    def fails_at(self, step: str | None) -> None:
        self.failing = step

    def files(self) -> list[tuple[str, str]]:
        return [
            (str(path), path.read_text())
            for folder in (".venv", ".assets")
            for path in sorted((self.root / folder).rglob("*"))
            if path.is_file()
        ]

    def _build(self, _root: str, new: str, _for_tests: bool) -> None:
        step = Path(new).name.removesuffix(".new")
        self.steps.append(step)
        if step == self.failing:
            raise self.SetupError("no network")
        program = Path(new) / "bin" / "python"
        program.parent.mkdir(parents=True)
        program.touch(mode=0o755)


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Made:
    return Made(tmp_path, monkeypatch)


def _unpacks(display: ast.List | ast.Tuple) -> bool:
    loads = isinstance(display.ctx, ast.Load)
    return loads and any(isinstance(item, ast.Starred) for item in display.elts)


def _name(requirement: str) -> str:
    return re.split(r"[\[<>=!~; ]", requirement, maxsplit=1)[0].lower()


def _pins(lock: str) -> dict[str, str]:
    lines = (ROOT / lock).read_text().splitlines()
    return dict(line.split(" ")[0].split("==") for line in lines if "==" in line)
