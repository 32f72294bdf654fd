"""Templates that offices edit: filled in as data, and hostile ones refused."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import letters
from engine.errors import Refusal
from engine.letters import BadTemplate, pdf
from tests.letters import stand_in
from tests.office import refused


def template(*paragraphs: str) -> bytes:
    """Make a Word file with these paragraphs."""
    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    return saved(document)


def saved(document: object) -> bytes:
    """Return a document's bytes."""
    stream = io.BytesIO()
    document.save(stream)  # type: ignore[attr-defined] # the library has no types
    return stream.getvalue()


def with_parts(data: bytes, parts: Mapping[str, bytes]) -> bytes:
    """Return a Word file with some of its parts replaced or added."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            new.writestr(name, content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def filled(data: bytes, **fields: letters.Value) -> str:
    """Return what a template says once it is filled in."""
    return letters.text_of(letters.render(data, fields))


def test_a_template_names_its_placeholders() -> None:
    parts = "{%p for part in parts %}", "{{ part.reason }}", "{%p endfor %}"
    found = letters.placeholders(template("{{ addressee }}：", *parts))
    assert found == {"addressee", "parts"}


def test_a_placeholder_that_a_word_processor_cut_into_pieces_is_filled_in() -> None:
    document = Document()
    paragraph = document.add_paragraph()
    for piece in ("收件人：{", "{ addr", "essee }", "}，您好"):
        paragraph.add_run(piece).bold = piece == "{ addr"
    assert filled(saved(document), addressee="张晓明") == "收件人：张晓明，您好"


def test_what_is_empty_is_left_out() -> None:
    parts = "{%p if way %}", "方式：{{ way }}", "{%p endif %}", "完"
    assert filled(template(*parts), way="") == "完"
    assert filled(template(*parts), way="网站") == "方式：网站\n完"


def test_rows_are_repeated() -> None:
    parts = "{%p for part in parts %}", "{{ part.number }} {{ part.reason }}"
    rows = [{"number": "1", "reason": "隐私"}, {"number": "2", "reason": "秘密"}]
    said = filled(template(*parts, "{%p endfor %}"), parts=rows)
    assert said == "1 隐私\n2 秘密"


def test_each_line_of_a_value_is_a_paragraph() -> None:
    assert filled(template("{{ reason }}"), reason="一\n二") == "一\n二"


@pytest.mark.parametrize(
    "value",
    [
        "{{ secret }}",
        "{% for i in x %}",
        "{_{ a }_} {_% b %_}",
        "{# 注 #}",
        "A&B <w:p>\"引\"'号' &amp; 100%",
        "]]><w:br/>",
        "𠮷家𡈽方 ①〔2026〕",
    ],
)
def test_a_value_stands_there_as_it_was_typed(value: str) -> None:
    assert filled(template("理由：{{ reason }}。"), reason=value) == f"理由：{value}。"


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Cf", "Cn", "Zl", "Zp"])))
def test_every_text_comes_back(value: str) -> None:
    said = filled(template("[{{ reason }}]"), reason=value)
    assert said == f"[{letters.cleaned(value)}]"


@pytest.mark.parametrize(
    "value", ["a\x00b", "a\x07b", "a\x1bb", "a\u202eb", "a\ud800b"]
)
def test_control_characters_are_refused(value: str) -> None:
    with refused(Refusal, match="控制字符"):
        letters.render(template("{{ reason }}"), {"reason": value})


def test_the_same_values_make_the_same_bytes() -> None:
    data = template("{{ reason }}")
    again = letters.render(data, {"reason": "一"})
    assert letters.render(data, {"reason": "一"}) == again


@pytest.mark.parametrize(
    "command",
    [
        "{{ reason.__class__.__mro__ }}",
        "{{ ''.__class__ }}",
        "{{ reason|upper }}",
        "{{ range(10) }}",
        "{{ 9 ** 9 }}",
        "{{ cycler.__init__.__globals__ }}",
        "{% include 'x' %}",
        "{% import 'x' as y %}",
        "{% set reason = 1 %}",
        "{% macro a() %}{% endmacro %}",
        "{% for a in reason recursive %}{% endfor %}",
        "{% for a in 'abc' %}{% endfor %}",
        (
            "{% for a in r %}{% for b in r %}{% for c in r %}{% endfor %}{% endfor %}"
            "{% endfor %}"
        ),
        "{% call reason() %}{% endcall %}",
        "{% filter upper %}{% endfilter %}",
        "{% if reason == 'x' %}{% endif %}",
    ],
)
def test_a_template_that_commands_is_refused(command: str) -> None:
    with refused(BadTemplate, match="不能用的命令"):
        letters.render(template("理由：", command), {"reason": "一", "r": []})


def test_the_refusal_says_in_which_paragraph() -> None:
    with refused(BadTemplate, match="理由如下：{{ reason|upper }}"):
        letters.placeholders(template("标题", "理由如下：{{ reason|upper }}"))


@pytest.mark.parametrize("broken", ["{{ reason", "{% if reason %}", "{{ rea son }}"])
def test_a_broken_template_is_refused(broken: str) -> None:
    with refused(BadTemplate):
        letters.render(template("前文", f"{broken}甲", "后文"), {"reason": "一"})


def test_an_unknown_placeholder_is_named() -> None:
    with refused(BadTemplate, match="“adressee”"):
        letters.render(template("{{ adressee }}"), {"addressee": "张晓明"})


def test_an_unknown_column_is_named() -> None:
    parts = "{%p for part in parts %}", "{{ part.why }}", "{%p endfor %}"
    with refused(BadTemplate, match="why"):
        letters.render(template(*parts), {"parts": [{"reason": "一"}]})


def test_a_link_to_the_outside_is_refused() -> None:
    document = Document()
    document.part.relate_to(
        "http://evil.example/x.png",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image",
        is_external=True,
    )
    with refused(BadTemplate, match="链接到外面"):
        letters.refuse_unsafe(saved(document))


def test_a_field_that_fetches_is_refused() -> None:
    plain = template("正文")
    with zipfile.ZipFile(io.BytesIO(plain)) as parts:
        text = parts.read("word/document.xml")
    field = b'<w:p><w:r><w:instrText> INCLUDETEXT "c:\\\\x" </w:instrText></w:r></w:p>'
    changed = text.replace(b"<w:sectPr", field + b"<w:sectPr", 1)
    with refused(BadTemplate, match="INCLUDETEXT"):
        letters.refuse_unsafe(with_parts(plain, {"word/document.xml": changed}))


def test_a_template_with_tracked_changes_is_refused() -> None:
    plain = template("正文")
    with zipfile.ZipFile(io.BytesIO(plain)) as parts:
        text = parts.read("word/document.xml")
    change = b'<w:p><w:ins w:id="1" w:author="a"><w:r><w:t>x</w:t></w:r></w:ins></w:p>'
    changed = text.replace(b"<w:sectPr", change + b"<w:sectPr", 1)
    with refused(BadTemplate, match="修订"):
        letters.refuse_unsafe(with_parts(plain, {"word/document.xml": changed}))


def test_an_entity_is_refused() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>'
    with refused(BadTemplate, match="打不开"):
        letters.refuse_unsafe(with_parts(template("x"), {"word/extra.xml": bomb}))


def test_a_bomb_is_refused() -> None:
    bomb = with_parts(template("x"), {"word/media/a.png": b"\0" * 40_000_000})
    with refused(BadTemplate, match="解开后太大"):
        letters.refuse_unsafe(bomb)


def test_placeholders_in_the_files_properties_are_refused() -> None:
    document = Document()
    document.core_properties.title = "{{ reason.__class__ }}"
    with refused(BadTemplate, match="文件属性"):
        letters.refuse_unsafe(saved(document))


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"hello"])
def test_what_is_no_word_file_is_refused(data: bytes) -> None:
    with refused(BadTemplate):
        letters.placeholders(data)


def test_a_workbook_is_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        packed.writestr("xl/workbook.xml", "<a/>")
    with refused(BadTemplate, match="不是 Word"):
        letters.refuse_unsafe(stream.getvalue())


def test_a_letter_becomes_a_pdf(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(tmp_path, monkeypatch)
    assert letters.pdf_of(template("正文")) == b"%PDF-"


def test_a_program_that_fails_makes_no_pdf(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(tmp_path, monkeypatch, fails=True)
    assert letters.pdf_of(template("正文")) is None


def test_without_libreoffice_there_is_no_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert not pdf.is_available()
    assert letters.pdf_of(template("正文")) is None
