"""会签: every organisation that issues a document jointly agrees to it before."""

from datetime import date
from typing import Any

import pytest

from engine.errors import InvalidAnswers
from tests.office import NOT_PUBLIC, Matter, Office, refused

RULE = "document.co_sign_rule"
JOINT: dict[str, Any] = {"joint_issuers": ["区财政局", "区政府"], **NOT_PUBLIC}


def test_each_joint_issuer_signs_before_the_issuer(office: Office) -> None:
    matter = office.brought_to("co_sign_document", **JOINT)
    assert matter.waits_at == ["会签", "会签"]
    office.luo.agrees(matter, "co_sign_document")
    assert matter.waits_at == ["会签"]
    office.gu.agrees(matter, "co_sign_document")
    assert matter.waits_at == ["签发"]


def test_an_objection_goes_back_to_the_drafter_with_its_reason(
    office: Office,
) -> None:
    matter = office.brought_to("co_sign_document", **JOINT)
    office.luo.objects(matter)
    office.gu.agrees(matter, "co_sign_document")
    assert matter.assignee == "林晓雯"
    assert (
        "罗局长会签不同意“关于做好2026年政务公开培训工作的通知”：内容、文字要改。"
        in matter.history
    )


def test_an_objection_says_why(office: Office) -> None:
    matter = office.brought_to("co_sign_document", **JOINT)
    with refused(InvalidAnswers) as invalid:
        office.luo.does(matter, "co_sign_document", outcome="objected")
    assert invalid.value.errors == {
        "reason": ["选一项原因"],
        "opinion": ["写明要改什么，拟稿人才知道怎么改"],
    }


def test_after_an_objection_a_new_round_begins(office: Office) -> None:
    matter = objected_once(office)
    office.lin.submits(matter, **JOINT)
    office.brings(matter, "co_sign_document")
    office.luo.agrees(matter, "co_sign_document")
    office.gu.agrees(matter, "co_sign_document")
    assert matter.waits_at == ["签发"]


def test_who_no_longer_issues_jointly_is_not_asked_again(office: Office) -> None:
    matter = objected_once(office)
    office.lin.submits(matter, **NOT_PUBLIC)
    office.zhou.agrees(matter, "section_review")
    assert matter.waits_at == ["签发"]


@pytest.mark.parametrize(
    ("rule", "after_one", "after_objection"),
    [
        ({"kind": "all"}, ["会签"], ["会签"]),
        ({"kind": "n_of_m", "n": 1}, ["签发"], ["会签"]),
        ({"kind": "veto"}, ["会签"], ["拟稿"]),
        ({"kind": "n_of_m", "n": 2}, ["会签"], ["会签"]),
    ],
)
def test_the_rule_of_the_round_is_a_setting(
    office: Office,
    rule: dict[str, Any],
    after_one: list[str],
    after_objection: list[str],
) -> None:
    office.sets(RULE, rule, valid_from=date(2026, 1, 1))
    agreed = office.brought_to("co_sign_document", **JOINT)
    office.luo.agrees(agreed, "co_sign_document")
    assert agreed.waits_at == after_one
    objected = office.brought_to("co_sign_document", **JOINT)
    office.luo.objects(objected)
    assert objected.waits_at == after_objection


def test_where_fewer_sign_than_must_agree_all_of_them_do(office: Office) -> None:
    office.sets(RULE, {"kind": "n_of_m", "n": 2}, valid_from=date(2026, 1, 1))
    alone = {**JOINT, "joint_issuers": JOINT["joint_issuers"][:1]}
    matter = office.brought_to("co_sign_document", **alone)
    assert matter.waits_at == ["会签"]
    office.usual_person(matter, "co_sign_document").agrees(matter, "co_sign_document")
    assert matter.waits_at == ["签发"]


def test_a_joint_issuer_reads_the_case_that_it_signs(office: Office) -> None:
    matter = office.brought_to("sign", **JOINT)
    assert office.luo.sees(matter)


def objected_once(office: Office) -> Matter:
    """Return a joint document that the finance bureau has sent back."""
    matter = office.brought_to("co_sign_document", **JOINT)
    office.luo.objects(matter)
    office.gu.agrees(matter, "co_sign_document")
    return matter
