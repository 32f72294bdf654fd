"""What changed between two texts, as the review desk tells it."""

from hypothesis import given
from hypothesis import strategies as st

from web.office.text_changes import Stretch, changes, stretches

TEXT = st.text(st.sampled_from("云川区政务公开，。 12"), max_size=40)


def test_an_inserted_word_is_marked_in_its_sentence() -> None:
    assert stretches("请于四月报名。", "请于四月十日前报名。") == (
        Stretch("same", "请于四月"),
        Stretch("inserted", "十日前"),
        Stretch("same", "报名。"),
    )


def test_a_replaced_word_is_one_place() -> None:
    found = changes(["联系人赵小满。"], ["联系人×××。"])
    assert found.places == 1
    assert found.lines == (
        (
            Stretch("same", "联系人"),
            Stretch("deleted", "赵小满"),
            Stretch("inserted", "×××"),
            Stretch("same", "。"),
        ),
    )


def test_lines_that_stayed_are_left_out() -> None:
    found = changes(
        ["一、总则", "第一条", "附则"], ["一、总则", "第一条", "附则", "附件"]
    )
    assert found.lines == ((Stretch("inserted", "附件"),),)


def test_lines_that_have_nothing_in_common_are_shown_apart() -> None:
    found = changes(["培训不收取费用。"], ["附件：名单"])
    assert found.lines == (
        (Stretch("deleted", "培训不收取费用。"),),
        (Stretch("inserted", "附件：名单"),),
    )


def test_the_same_text_has_no_changes() -> None:
    assert changes(["四月培训。"], ["四月培训。"]).places == 0


def test_the_middle_of_a_long_sentence_that_stayed_is_not_shown() -> None:
    stretch = Stretch("same", "甲" * 30 + "乙" * 30)
    assert stretch.shown == "甲" * 24 + "……" + "乙" * 24


@given(TEXT, TEXT)
def test_what_stayed_and_what_came_make_the_new_line(old: str, new: str) -> None:
    found = stretches(old, new)
    assert "".join(each.text for each in found if each.kind != "deleted") == new
    assert "".join(each.text for each in found if each.kind != "inserted") == old
