"""What an application must say (Art 29(2)), and how a wrong number is told."""

from typing import Any

import pytest

from engine.authoring import InvalidAnswers
from processes.registers import applications
from processes.registers.identity import (
    IDENTITY_KIND_NAMES,
    IdentityKind,
    wrong_email,
    wrong_number,
    wrong_phone,
)

#: Written by hand; nobody's numbers.
RIGHT = {
    "content": "石桥镇2025年高标准农田建设项目验收报告",
    "form_wanted": "electronic",
    "delivery": "online",
    "kind": "natural_person",
    "name": "张三",
    "identity_kind": "resident_card",
    "identity_number": "110101199003074610",
    "phone": "13800138000",
}
FIRM = {"kind": "business", "name": "云川商贸有限公司", "contact_person": "李四"}
LICENCE = {"identity_kind": "credit_code", "identity_number": "91110000600037341L"}


def problems(**changed: Any) -> dict[str, list[str]]:
    """Return what is to be changed in an application that is right but for this."""
    try:
        applications.read({**RIGHT, **changed})
    except InvalidAnswers as invalid:
        return invalid.errors
    return {}


def test_a_whole_application_is_taken() -> None:
    assert problems() == {}
    assert problems(**FIRM, **LICENCE) == {}


def test_nobody_is_asked_why() -> None:
    assert "purpose" not in applications.ApplicationForm().fields


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        ("content", "写明要什么信息：名称、文号，或者能帮我们找到它的特征"),
        ("form_wanted", "选一种形式"),
        ("delivery", "选一种给您的方式"),
        ("kind", "选申请人是个人还是哪一类单位"),
        ("name", "写申请人的姓名或者单位名称"),
        ("identity_kind", "选一种证件"),
        ("identity_number", "写证件号码"),
        ("phone", "写一个能联系到您的电话"),
    ],
)
def test_what_the_law_asks_for_must_be_there(field: str, sentence: str) -> None:
    assert problems(**{field: "  "}) == {field: [sentence]}


@pytest.mark.parametrize(
    ("delivery", "field", "sentence"),
    [
        ("post", "address", "写收件地址：答复要寄到这里"),
        ("email", "email", "写电子邮箱：答复要发到这里"),
        ("fax", "fax", "写传真号码：答复要传到这里"),
    ],
)
def test_the_answer_needs_somewhere_to_go(
    delivery: str, field: str, sentence: str
) -> None:
    assert problems(delivery=delivery) == {field: [sentence]}


def test_who_fetches_the_answer_needs_no_address() -> None:
    assert problems(delivery="pick_up") == {}


def test_an_organisation_names_somebody_to_talk_to() -> None:
    wrong = problems(**{**FIRM, **LICENCE, "contact_person": ""})
    assert wrong == {"contact_person": ["写单位里和我们联系的人"]}


def test_a_person_shows_no_licence_and_a_firm_no_identity_card() -> None:
    assert problems(**LICENCE) == {"identity_kind": ["个人申请，选个人的证件"]}
    assert problems(**FIRM) == {"identity_kind": ["单位申请，选单位的证件"]}


def test_an_agent_is_named_in_full() -> None:
    assert problems(by_agent="yes", agent_name="王五") == {
        "agent_identity_kind": ["选一种证件"],
        "agent_identity_number": ["写代理人的证件号码"],
        "agent_phone": ["写代理人的电话"],
    }


def test_what_stands_below_an_agent_that_is_not_there_does_not_count() -> None:
    values = applications.read({**RIGHT, "agent_name": "王五"})
    assert applications.sealed(values)["agent_name"] == ""


def test_several_things_are_told_at_once() -> None:
    wrong = problems(phone="1380013800", identity_number="11010119900307461X", name="")
    assert wrong == {
        "name": ["写申请人的姓名或者单位名称"],
        "phone": ["手机号码应是 11 位，现在是 10 位"],
        "identity_number": ["证件号码有一位不对，照证件核对一遍"],
    }


def test_something_long_is_told_and_not_cut() -> None:
    assert problems(name="长" * 101) == {"name": ["最多写 100 个字"]}


def test_made_up_choices_are_not_taken() -> None:
    assert set(problems(kind="king", delivery="dove", identity_kind="crown")) == {
        "kind",
        "delivery",
        "identity_kind",
    }


def test_one_part_is_judged_alone() -> None:
    typed = {**RIGHT, "content": "", "phone": ""}
    assert set(applications.wrong_in_part(typed, 2)) == {"content"}
    assert set(applications.wrong_in_part(typed, 3)) == {"phone"}


def test_numbers_are_kept_as_they_are_compared() -> None:
    values = applications.read({**RIGHT, "identity_number": " 110101 19900307 4610 "})
    assert values["identity_number"] == "110101199003074610"


def test_a_licence_is_sealed_under_its_own_name() -> None:
    sealed = applications.sealed(applications.read({**RIGHT, **FIRM, **LICENCE}))
    assert sealed["credit_code"] == "91110000600037341L"
    assert sealed["identity_number"] == ""
    assert sealed["identity_kind"] == "统一社会信用代码"


@pytest.mark.parametrize(
    ("kind", "number", "sentence"),
    [
        ("resident_card", "110101199003074610", ""),
        ("resident_card", "11010119900307463x", "证件号码有一位不对，照证件核对一遍"),
        ("resident_card", "11010119900307461", "证件号码应是 18 位，现在是 17 位"),
        (
            "resident_card",
            "1101011990030746IO",
            "证件号码的前 17 位是数字，最后一位是数字或者 X",
        ),
        (
            "resident_card",
            "110101199002304613",
            "证件号码里的出生日期不存在，照证件核对一遍",
        ),
        ("residence_permit", "810000199003074614", ""),
        ("credit_code", "91110000600037341L", ""),
        (
            "credit_code",
            "91110000600037341K",
            "统一社会信用代码有一位不对，照营业执照或者登记证书核对一遍",
        ),
        ("credit_code", "911100006", "统一社会信用代码应是 18 位，现在是 9 位"),
        ("passport", "E12345678", ""),
        ("mainland_permit", "H12345678", ""),
        ("taiwan_permit", "12345678", ""),
        ("passport", "护照", "证件号码只有字母和数字，5 位到 30 位，照证件上的写"),
    ],
)
def test_the_number_of_a_paper(kind: str, number: str, sentence: str) -> None:
    assert wrong_number(IdentityKind(kind), number) == sentence


@pytest.mark.parametrize(
    ("number", "right"),
    [
        ("13800138000", True),
        ("138 0013 8000", True),
        ("010-12345678", True),
        ("0951-2022333", True),
        ("+852 2123 4567", True),
        ("138001380001", False),
        ("电话", False),
        ("12", False),
    ],
)
def test_a_telephone_that_can_be_called(number: str, right: bool) -> None:
    assert (wrong_phone(number) == "") is right


def test_an_e_mail_address() -> None:
    assert wrong_email("name@example.cn") == ""
    assert wrong_email("name@example") == (
        "电子邮箱要有 @ 和后面的网址，比如 name@example.cn"
    )


def test_every_paper_has_a_name() -> None:
    assert set(IDENTITY_KIND_NAMES) == set(IdentityKind)
