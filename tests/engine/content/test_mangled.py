"""A garbled text gets back what its bytes still tell, and nothing that is invented."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engine.content.mangled import half_width_punctuation, needs_typing, repair
from tests.engine.content.documents import sample
from tests.engine.content.mangling import mangle, traditional

#: What an office writes: everyday characters of GB 2312 and its punctuation.
HANZI = [
    bytes((row, cell)).decode("gb2312")
    for row in range(0xB0, 0xD7)
    for cell in range(0xA1, 0xFF)
]
clean_texts = st.text(
    st.sampled_from(HANZI)
    | st.sampled_from("，。、；：“”（）《》〔〕！？… \n")
    | st.sampled_from("0123456789ABCabc,.:;()?!-/%")
)
notices = st.lists(
    st.lists(st.sampled_from(sample("words").split()), min_size=3, max_size=12).map(
        "".join
    ),
    min_size=1,
    max_size=5,
)


def codes(text: str) -> dict[str, int]:
    """Count the places of a text by kind."""
    return dict(Counter(place.code for place in repair(text).places))


def test_a_garbled_notice_is_read_again_word_for_word() -> None:
    assert repair(sample("mangled")).text == sample("before_mangling")


def test_the_sample_is_garbled_as_pages_are() -> None:
    made = mangle(sample("before_mangling"), spoilt="\u3000（")
    assert made == sample("mangled")


def test_every_garbled_place_is_listed() -> None:
    assert codes(sample("mangled")) == {
        "misread_bytes": 6,
        "pinyin_in_brackets": 36,
        "traditional_characters": 45,
    }


@pytest.mark.parametrize(
    ("garbled", "said"),
    [
        ("各區(qū)縣(自治縣)人民政府", "各区县(自治县)人民政府"),
        ("政務（wù）公開工作要點", "政务公开工作要点"),
        ("?。ㄒ唬┻M一步推進", "\u3000（一）进一步推进"),
        ("\ufffd。ㄒ唬┻M一步推進", "\u3000（一）进一步推进"),
        ("?。ù思\ue480\ue0a6_發(fā)布)", "\u3000（此件公开发布)"),
        ("?。ㄒ唬┲鲃幼龊谜\ue479呓庾x。", "\u3000（一）主动做好政策解读。"),
        ("頭髮與發展，皇后與後來", "头发与发展，皇后与后来"),
        ("鏀垮姟鍏\ue100紑", "政务公开"),
        ("æ”¿åŠ¡å…¬å¼€", "政务公开"),
        ("\ufeff政\u200b务公开", "政务公开"),
    ],
)
def test_what_the_bytes_still_tell_is_proposed(garbled: str, said: str) -> None:
    assert repair(garbled).text == said


@pytest.mark.parametrize(
    ("garbled", "said"),
    [
        ("?。ù思_發(fā)布)", "\u3000（此□发布)"),
        ("政\ufffd\ufffd公开", "政□公开"),
        ("政\ud800公开", "政□公开"),
        ("政务公开锟斤拷锟斤拷要点", "政务公开□要点"),
        ("政\ue5e5务公开", "政□务公开"),
    ],
)
def test_what_is_gone_is_left_to_a_person(garbled: str, said: str) -> None:
    repaired = repair(garbled)
    assert repaired.text == said
    assert repaired.places[0].code == "lost_characters"
    assert needs_typing(repaired.places[0].replacement)


def test_bytes_dropped_without_a_trace_make_no_character_that_was_never_there() -> None:
    # Without its user-defined character the run would read 主动做好者解读.
    known = "政策解讀由起草部門負責。"
    dropped = "?。ㄒ唬┲鲃幼龊谜呓庾x。"
    assert repair(known + dropped).text.endswith("\u3000（一）主动做好□解读。")


def test_a_pronunciation_that_parted_a_character_tells_which_one() -> None:
    # 家庫 holds the bytes of 規, behind which the converter wrote a pronunciation.
    known = "規(guī)範建設(shè)，"
    assert repair(f"{known}專家?guī)旖ㄔO(shè)").text == "规范建设，专家库建设"


@pytest.mark.parametrize(
    "clean",
    [
        "公开了没有?没有公开的说明原因。",
        "甪(lù)直镇、朱堉(yù)等生僻字可以注音。",
        "电压ΔU≥5kV，角度α、β，第Ⅱ级，①②③，□是 □否",
        "《著作权法》、乾隆年间、瞭望塔、於姓、慰藉",
        "项目│金额\n────┼────\n甲　│１００",
    ],
)
def test_a_clean_text_is_left_alone(clean: str) -> None:
    repaired = repair(clean)
    assert repaired.text == clean
    assert repaired.places == ()


def test_a_traditional_character_in_a_simplified_text_may_be_a_name() -> None:
    text = "云川区人民政府任命陳明为区教育局局长，分管基础教育和职业教育工作。"
    repaired = repair(text)
    assert repaired.text == text
    assert [(place.start, place.replacement) for place in repaired.left] == [(9, "陈")]


def test_a_traditional_line_in_a_simplified_text_is_converted() -> None:
    text = "各单位要抓好落实，定期公布进展。\n" * 20 + "各區縣人民政府"
    assert repair(text).text.endswith("\n各区县人民政府")


def test_half_width_punctuation_is_counted_between_characters_only() -> None:
    assert half_width_punctuation("各镇,各部门:有关单位;按期(每月)办,ok,1,2。") == 5


@given(clean_texts)
def test_no_clean_text_is_ever_changed(text: str) -> None:
    assert repair(text).text == text


@given(notices)
def test_garbling_and_repairing_gives_the_text_back(lines: list[str]) -> None:
    text = "\n".join(f"\u3000（一）{line}。" for line in lines)
    assume(repair(traditional(text)).text == text)
    garbled = mangle(text, spoilt="\u3000（")
    repaired = repair(garbled).text
    # A half character is known again only if the text has the whole one elsewhere.
    assert repaired == text or needs_typing(repaired)


@given(clean_texts, st.data())
def test_a_repair_is_the_text_with_its_places_replaced(
    text: str, data: st.DataObject
) -> None:
    garbled = mangle(text, spoilt=data.draw(st.sampled_from(["", "的", "\u3000"])))
    repaired = repair(garbled)
    starts = [place.start for place in repaired.places]
    assert starts == sorted(starts)
    parts, end = [], 0
    for place in repaired.places:
        assert end <= place.start < place.end
        parts += [garbled[end : place.start], place.replacement]
        end = place.end
    assert "".join(parts) + garbled[end:] == repaired.text


def test_the_real_garbled_notice_loses_nothing(notices: Path) -> None:
    text = (notices / "003_3cb957a6d1d79dcd.txt").read_text(encoding="utf-8")
    repaired = repair(text)
    assert codes(text) == {
        "misread_bytes": 7,
        "pinyin_in_brackets": 513,
        "traditional_characters": 1086,
    }
    assert not needs_typing(repaired.text)
    assert half_width_punctuation(text) == 218


def test_the_other_real_notices_are_not_garbled(notices: Path) -> None:
    for file in notices.glob("*.txt"):
        text = file.read_text(encoding="utf-8")
        if not file.name.startswith("003"):
            assert repair(text).places == ()
