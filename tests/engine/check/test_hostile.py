"""A file that is broken or meant to harm is refused; the check itself never fails."""

import os
import time
from pathlib import Path

import pytest

from engine.bpmn.xml import LARGEST_FILE
from engine.check import check_files, playing
from engine.check.playing import play
from tests.engine.check.conftest import Refusals
from tests.engine.check.diagrams import HEADER, diagram, parallel, user

PLAIN = diagram("start -> a -> end", user("a"))
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
HOSTILE = {
    "nothing": b"",
    "garbage": b"\xff\xfe\x00garbage\x80",
    "not XML": b"hello",
    "half a file": PLAIN[:-40],
    "broken UTF-8": PLAIN.replace(b'id="a"', b'id="\xc3"'),
    "an unknown encoding": b'<?xml version="1.0" encoding="nonsense"?>' + PLAIN,
    "a DTD": b"<!DOCTYPE definitions>" + PLAIN,
    "a DTD in UTF-16": ("<!DOCTYPE d>" + PLAIN.decode()).encode("utf-16"),
    "an external entity": b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    + PLAIN.replace(b"</bpmn:userTask>", b"&x;</bpmn:userTask>"),
    "billion laughs": f'<!DOCTYPE d [<!ENTITY l0 "ha">{LAUGHS}]>'.encode()
    + PLAIN.replace(b'id="a"', b'id="a" name="&l9;"'),
    "deep nesting": f"<bpmn:definitions {HEADER}>".encode() + b"<a>" * 5000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_unreadable(name: str, rules: Refusals) -> None:
    assert rules(HOSTILE[name]) == {"unreadable"}


def test_xml_that_is_no_bpmn(rules: Refusals) -> None:
    assert rules(b"<html />") == {"not-bpmn"}
    assert rules(b'<definitions xmlns="urn:other" />') == {"not-bpmn"}


def test_a_file_that_is_too_large(rules: Refusals) -> None:
    assert rules(b" " * (LARGEST_FILE + 1)) == {"too-large"}


def test_a_diagram_with_too_many_elements(rules: Refusals) -> None:
    crowd = "".join(user(f"u{n}") for n in range(3001))
    assert rules(diagram("start -> end", crowd)) == {"too-large"}


def test_folders_missing_and_special_files_are_reports(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    paths = [tmp_path, tmp_path / "missing.bpmn", pipe, Path("a\0b")]
    reports = check_files(paths)
    assert [report.file for report in reports] == [str(path) for path in paths]
    assert {each.rule for report in reports for each in report.defects} == {
        "unreadable"
    }


def test_a_row_of_steps_too_long_for_the_parser_is_a_defect(rules: Refusals) -> None:
    names = [f"u{n}" for n in range(900)]
    row = " -> ".join(["start", *names, "end"])
    assert rules(diagram(row, *map(user, names))) == {"parser"}


@pytest.mark.parametrize("name", ["", "main"])
def test_a_sub_process_with_the_name_of_its_process(name: str, rules: Refusals) -> None:
    inside = "<bpmn:startEvent /><bpmn:endEvent /><bpmn:subProcess />"
    part = f'<bpmn:subProcess id="{name}">{inside}</bpmn:subProcess>'
    data = diagram("start -> a -> end", user("a"), part, process="main")
    data = data.replace(b'process id="main"', f'process id="{name}"'.encode())
    assert {"missing-id", "schema"} <= rules(data)


def test_a_hang_in_the_library_ends_with_the_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def hang(*_: object) -> None:
        while True:
            pass

    monkeypatch.setattr(playing, "parse", hang)
    began = time.monotonic()
    found = play({"a.bpmn": PLAIN}, ["main"], seconds=0.2)
    assert [each.rule for each in found] == ["too-slow"]
    assert time.monotonic() - began < 2


def test_a_crash_in_the_library_is_a_defect(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(playing, "parse", lambda *_: os._exit(3))
    found = play({"a.bpmn": PLAIN}, ["main"])
    assert [each.rule for each in found] == ["parser"]


def test_memory_is_limited_in_the_child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(playing, "parse", lambda *_: bytearray(4 << 30))
    found = play({"a.bpmn": PLAIN}, ["main"])
    assert [each.rule for each in found] == ["parser"]


def test_predicted_tasks_are_counted_for_real() -> None:
    blocks = range(9)
    lines = ["start -> s0"]
    for n in blocks:
        following = f"s{n + 1}" if n + 1 in blocks else "end"
        lines += [f"s{n} -> a{n} -> j{n} -> {following}", f"s{n} -> b{n} -> j{n}"]
    parts = [parallel(f"s{n}", f"j{n}") + user(f"a{n}") + user(f"b{n}") for n in blocks]
    found = play({"a.bpmn": diagram("\n".join(lines), *parts)}, ["main"])
    assert [each.rule for each in found] == ["prediction-explodes"]
