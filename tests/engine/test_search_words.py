"""A text as the search reads it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import search_words


def test_a_run_is_found_by_its_pairs_and_its_last_character() -> None:
    assert search_words.words_of("通知书") == ["通知", "知书", "书"]


def test_width_and_case_do_not_matter() -> None:
    assert search_words.words_of("ＡＢ１") == ["ab", "b1", "1"]


@pytest.mark.parametrize(
    "typed",
    [
        "云政发〔2026〕3号",
        "云政发[2026]3号",
        "云政发（2026）3号",
        "云政发【２０２６】３号",
    ],
)
def test_a_number_is_the_same_in_any_brackets(typed: str) -> None:
    assert search_words.number_key(typed) == "云政发-2026-3号"


def test_what_is_asked_is_each_run_once() -> None:
    assert search_words.asked("预算 执行，预算") == ["预算", "执行"]


def test_the_hit_is_marked_in_the_text_as_it_was_written() -> None:
    assert search_words.marked("关于ＰＰＰ项目", ["ppp"]) == [
        ("关于", False),
        ("ＰＰＰ", True),
        ("项目", False),
    ]


def test_marks_that_overlap_are_drawn_once() -> None:
    assert search_words.marked("预算执行", ["预算执", "算执行"]) == [
        ("预算执", True),
        ("行", True),
    ]


@given(st.text(alphabet="预算执行，。a1 \n", max_size=900), st.data())
def test_no_part_of_a_run_is_lost_when_a_text_is_cut(
    text: str, data: st.DataObject
) -> None:
    runs = [run for run in text.replace("\n", " ").split() if run.isalnum()]
    if not runs:
        return
    run = data.draw(st.sampled_from(runs))
    start = data.draw(st.integers(0, len(run) - 1))
    piece = run[start : start + 30]
    assert any(piece in each for each in search_words.passages(text))
