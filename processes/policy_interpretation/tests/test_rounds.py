"""Who is asked before the head signs, by which rule, and what an objection does."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.bpmn.co_signing import decide
from engine.errors import InvalidAnswers, LimitExpired, NotFound
from engine.tasks import require_task
from models.interpretations import CoSignature, CoSigningPart, Reply
from models.workflow import Task
from processes.registers.rounds import Tally, count, may_be_consulted, rule_for, tally
from tests.engine.folders import task_for
from tests.interpretations import (
    add_agency,
    agrees,
    changes_text,
    comes_again,
    explained,
    interpretation_in,
    objects,
    plans,
    signs,
    standing,
    writes,
)
from tests.office import NOTICE, Matter, Office, refused

JOINT = ("区民政局", "区住建局", "区教育局")
FROM = date(2026, 3, 2)


def test_with_nobody_to_ask_there_is_no_round(office: Office, tmp_path: Path) -> None:
    matter = brought_to_round(office, tmp_path)
    assert matter.waits_at == ["签发解读"]
    assert rounds_of(office, matter) == []


def test_joint_issuers_co_sign_all_at_once(office: Office, tmp_path: Path) -> None:
    matter = brought_to_round(office, tmp_path, joint=JOINT)
    assert matter.waits_at == ["会签解读", "会签解读", "会签解读"]
    for head in ("min", "zhu", "jiao"):
        agrees(office.people[head], matter)
    assert matter.waits_at == ["签发解读"]
    assert "解读第1轮通过：3家同意。" in matter.history


def test_those_concerned_are_asked_before_joint_issuers(
    office: Office, tmp_path: Path
) -> None:
    matter = brought_to_round(
        office, tmp_path, joint=["区民政局"], ask=["区住建局", "区教育局"]
    )
    assert "解读第1轮：征求意见2家，会签1家。" in matter.history
    assert matter.waits_at == ["答复解读意见", "答复解读意见"]
    agrees(office.zhu_open, matter, "consult")
    agrees(office.jiao_open, matter, "consult")
    assert matter.waits_at == ["会签解读"]


def test_a_co_signer_who_objects_sends_the_material_back(
    office: Office, tmp_path: Path
) -> None:
    matter = brought_to_round(office, tmp_path, joint=JOINT)
    agrees(office.min, matter)
    objects(office.zhu, matter)
    # All are heard, so that every objection is known.
    assert matter.waits_at == ["会签解读"]
    objects(office.jiao, matter, reason="wording")
    assert matter.waits_at == ["拟解读材料"]
    assert matter.history[-1] == "解读第1轮有异议，退回修改：1家同意，2家不同意。"


def test_after_an_objection_a_new_round_asks_everybody_again(
    office: Office, tmp_path: Path
) -> None:
    matter = brought_to_round(office, tmp_path, joint=JOINT[:2])
    agrees(office.min, matter)
    objects(office.zhu, matter)
    writes(office.lin, matter, content="四月、十月各办一期。")
    assert matter.waits_at == ["会签解读", "会签解读"]
    agrees(office.min, matter)
    agrees(office.zhu, matter)
    signs(office.qin, matter)
    assert standing(office, matter) == "signed"
    # Both rounds stay readable.
    assert rounds_of(office, matter) == [
        ("objected", [("区民政局", "agreed", ""), ("区住建局", "objected", "facts")]),
        ("agreed", [("区民政局", "agreed", ""), ("区住建局", "agreed", "")]),
    ]


def test_what_was_agreed_to_and_did_not_change_is_not_asked_about_again(
    office: Office, tmp_path: Path
) -> None:
    matter = brought_to_round(office, tmp_path, joint=JOINT[:1])
    agrees(office.min, matter)
    returns(office, matter)
    writes(office.lin, matter)
    assert matter.waits_at == ["签发解读"]
    assert matter.history[-1] == ("方案、材料和文件都没有变，解读第1轮的同意仍然有效。")


def test_whatever_changes_after_a_round_is_asked_about_again(
    office: Office, tmp_path: Path
) -> None:
    matter = brought_to_round(office, tmp_path, joint=JOINT[:1])
    agrees(office.min, matter)
    returns(office, matter)
    writes(office.lin, matter, content="四月、十月各办一期。")
    assert matter.waits_at == ["会签解读"]
    agrees(office.min, matter)
    signs(office.qin, matter)
    changes_text(office, matter, NOTICE + "附件：培训安排\n")
    comes_again(office, matter)
    writes(office.lin, matter, content="四月、十月各办一期。")
    assert matter.waits_at == ["会签解读"]


def test_an_objection_has_a_reason_and_words(office: Office, tmp_path: Path) -> None:
    matter = brought_to_round(office, tmp_path, joint=["区民政局"])
    with refused(InvalidAnswers) as invalid:
        office.min.does(matter, "interpretation_co_sign", outcome="objected")
    assert invalid.value.errors == {
        "reason": ["选一项原因"],
        "opinion": ["写明哪里不对、建议怎么改，经办人才知道怎么改"],
    }


def test_the_history_says_who_objected_for_which_organisation(
    office: Office, tmp_path: Path
) -> None:
    matter = brought_to_round(office, tmp_path, joint=["区民政局"])
    objects(office.min, matter)
    assert "区民政局局长（区民政局）不同意解读材料：事实、数据不准。" in matter.history


def test_with_a_veto_the_first_objection_ends_the_round(
    office: Office, tmp_path: Path
) -> None:
    office.sets("interpretation.round_rule", {"kind": "veto"}, valid_from=FROM)
    matter = brought_to_round(office, tmp_path, joint=JOINT)
    objects(office.min, matter)
    assert matter.waits_at == ["拟解读材料"]
    assert matter.history[-1] == (
        "解读第1轮有异议，退回修改：1家不同意，2家没有等到答复。"
    )


def test_n_of_m_passes_with_enough_agreements(office: Office, tmp_path: Path) -> None:
    rule = {"kind": "n_of_m", "n": 2}
    office.sets("interpretation.round_rule", rule, valid_from=FROM)
    matter = brought_to_round(office, tmp_path, joint=JOINT)
    objects(office.min, matter)
    agrees(office.zhu, matter)
    assert matter.waits_at == ["会签解读"]
    agrees(office.jiao, matter)
    assert matter.waits_at == ["签发解读"]


def test_n_of_m_is_over_once_enough_is_out_of_reach(
    office: Office, tmp_path: Path
) -> None:
    rule = {"kind": "n_of_m", "n": 2}
    office.sets("interpretation.round_rule", rule, valid_from=FROM)
    matter = brought_to_round(office, tmp_path, joint=JOINT)
    objects(office.min, matter)
    objects(office.zhu, matter)
    assert matter.waits_at == ["拟解读材料"]


def test_n_is_never_more_than_those_who_are_asked(
    office: Office, tmp_path: Path
) -> None:
    rule = {"kind": "n_of_m", "n": 2}
    office.sets("interpretation.round_rule", rule, valid_from=FROM)
    matter = brought_to_round(office, tmp_path, joint=JOINT[:1], ask=["区住建局"])
    agrees(office.zhu_open, matter, "consult")
    agrees(office.min, matter)
    assert matter.waits_at == ["签发解读"]


def test_a_rule_changed_meanwhile_does_not_touch_an_open_round(
    office: Office, tmp_path: Path
) -> None:
    matter = brought_to_round(office, tmp_path, joint=JOINT)
    office.sets("interpretation.round_rule", {"kind": "veto"}, valid_from=FROM)
    objects(office.min, matter)
    assert matter.waits_at == ["会签解读", "会签解读"]


def test_silence_is_consent_unless_the_office_says_otherwise(
    office: Office, tmp_path: Path
) -> None:
    matter = brought_to_round(office, tmp_path, ask=["区住建局", "区教育局"])
    # Three working days from Monday 2 March.
    assert matter.limit("interpretation_consult").due_on == date(2026, 3, 5)
    agrees(office.zhu_open, matter, "consult")
    office.clock.set("2026-03-06", "00:00")  # Friday
    office.fires()
    assert "区教育局到期没有答复，按同意处理。" in matter.history
    assert matter.waits_at == ["签发解读"]
    assert rounds_of(office, matter) == [
        ("agreed", [("区住建局", "agreed", ""), ("区教育局", "silent", "")])
    ]


def test_silence_may_be_an_objection(office: Office, tmp_path: Path) -> None:
    office.sets("interpretation.silence", "objection", valid_from=FROM)
    matter = brought_to_round(office, tmp_path, ask=["区住建局"], joint=["区民政局"])
    office.clock.set("2026-03-06", "00:00")  # Friday
    office.fires()
    assert "区住建局到期没有答复，按不同意处理。" in matter.history
    # Joint issuers are not asked about what goes back anyway.
    assert matter.waits_at == ["拟解读材料"]
    assert matter.history[-1] == (
        "解读第1轮有异议，退回修改：1家到期没答复，1家没有等到答复。"
    )


def test_an_answer_after_the_days_have_passed_comes_too_late(
    office: Office, tmp_path: Path
) -> None:
    matter = brought_to_round(office, tmp_path, ask=["区住建局"])
    office.clock.set("2026-03-06", "00:00")  # Friday, before the job has come to it
    with refused(LimitExpired, match="（3月5日届满），按“到期没答复”办理。"):
        objects(office.zhu_open, matter, "consult")
    office.fires()
    assert "区住建局到期没有答复，按同意处理。" in matter.history
    assert matter.waits_at == ["签发解读"]


def test_an_objection_before_the_days_have_passed_outweighs_silence(
    office: Office, tmp_path: Path
) -> None:
    matter = brought_to_round(office, tmp_path, ask=["区住建局", "区教育局"])
    objects(office.zhu_open, matter, "consult")
    office.clock.set("2026-03-06", "00:00")  # Friday
    office.fires()
    assert matter.waits_at == ["拟解读材料"]


def test_after_a_round_that_expired_the_next_one_runs_anew(
    office: Office, tmp_path: Path
) -> None:
    office.sets("interpretation.silence", "objection", valid_from=FROM)
    matter = brought_to_round(office, tmp_path, ask=["区住建局"])
    office.clock.set("2026-03-06", "10:00")  # Friday
    office.fires()
    writes(office.lin, matter)
    agrees(office.zhu_open, matter, "consult")
    assert matter.waits_at == ["签发解读"]


def test_who_is_asked_is_reminded_once_and_nobody_above(
    office: Office, tmp_path: Path
) -> None:
    matter = brought_to_round(office, tmp_path, ask=["区住建局"])
    office.clock.set("2026-03-05", "00:00")  # Thursday, the last day
    office.fires()
    with office.engine.read() as work:
        task = matter.open_task(work, "interpretation_consult")
        assert task.reminders == 1
    assert matter.notices == []


def test_who_is_asked_reads_the_case_and_answers_for_the_own_house_only(
    office: Office, tmp_path: Path
) -> None:
    add_agency(office, "区水务局", head="shui", code="500199019")
    matter = brought_to_round(office, tmp_path, joint=["区民政局", "区住建局"])
    assert office.min.sees(matter)
    assert not office.shui.sees(matter)
    agrees(office.min, matter)
    with pytest.raises(StopIteration), office.min.work() as work:
        task_for(work, matter.case(work), "interpretation_co_sign")
    with office.engine.read(office.min.id) as work, refused(NotFound):
        other = work.session.query(Task).filter_by(status="ready").one()
        require_task(work, other.public_id)


def test_who_drafts_or_issues_is_not_to_be_consulted(
    office: Office, tmp_path: Path
) -> None:
    matter = brought_to_round(office, tmp_path, joint=["区民政局"])
    with office.engine.read() as work:
        offered = may_be_consulted(work, interpretation_in(work, matter))
        assert [each.short_name for each in offered] == [
            *("区政府", "区财政局", "区住建局", "区教育局"),
        ]


def test_only_those_offered_are_consulted(office: Office, tmp_path: Path) -> None:
    matter = explained(office, tmp_path)
    with refused(InvalidAnswers) as invalid:
        plans(office.lin, matter, consulted="nobody")
    assert invalid.value.errors == {"consulted": ["名单有变化，重新选一下"]}


@pytest.mark.parametrize(
    ("rule", "before", "words", "after"),
    [
        (
            {"kind": "all"},
            ["agreed", None, None],
            "3 家全部同意才通过",
            "您同意后还差 1 家",
        ),
        (
            {"kind": "n_of_m", "n": 2},
            [None, None, None],
            "3 家中 2 家同意即通过",
            "您同意后还差 1 家",
        ),
        (
            {"kind": "n_of_m", "n": 2},
            ["agreed", None, "objected"],
            "3 家中 2 家同意即通过",
            "您同意后即通过",
        ),
        (
            {"kind": "veto"},
            ["agreed", None],
            "2 家都同意才通过，有一家不同意马上退回",
            "您同意后即通过",
        ),
        (
            {"kind": "all"},
            ["objected", None, None],
            "3 家全部同意才通过",
            "已有单位不同意，这一轮会退回修改",
        ),
        ({"kind": "all"}, [None], "只请 1 家，同意即通过", "您同意后即通过"),
    ],
)
def test_the_rule_is_told_before_one_signs(
    rule: dict[str, Any], before: list[str | None], words: str, after: str
) -> None:
    held = rule_for(rule, len(before))
    shown = Tally(
        asked=len(before),
        agreed=before.count("agreed"),
        objected=before.count("objected"),
        silent=0,
        waiting=before.count(None),
        needed=held.get("n", len(before)),
        veto=rule["kind"] == "veto",
    )
    assert (shown.rule, shown.after_agreeing) == (words, after)


def test_the_tally_of_a_running_round_counts_its_answers(
    office: Office, tmp_path: Path
) -> None:
    matter = brought_to_round(office, tmp_path, joint=JOINT)
    agrees(office.min, matter)
    with office.engine.read() as work:
        opened = interpretation_in(work, matter).rounds[0]
        shown = tally(opened, CoSigningPart.JOINT)
        assert (shown.asked, shown.agreed, shown.waiting) == (3, 1, 2)


RULES = st.one_of(
    st.just({"kind": "all"}),
    st.just({"kind": "veto"}),
    st.builds(lambda n: {"kind": "n_of_m", "n": n}, st.integers(1, 5)),
)


@given(RULES, st.lists(st.sampled_from(["agreed", "objected"]), min_size=1, max_size=5))
def test_a_finished_round_comes_out_as_the_engine_decided_it(
    rule: dict[str, Any], said: list[str]
) -> None:
    answers = [CoSignature(answer=Reply(each)) for each in said]
    decided = decide(rule_for(rule, len(said)), said, 0)
    assert count(rule, answers, "consent") == decided


@given(RULES, st.integers(1, 5))
def test_when_nobody_answers_silence_decides_alone(
    rule: dict[str, Any], asked: int
) -> None:
    answers = [CoSignature(answer=Reply.SILENT) for _ in range(asked)]
    assert count(rule, answers, "consent") == "agreed"
    assert count(rule, answers, "objection") == "objected"


HEADS = {"区民政局": "min", "区住建局": "zhu", "区教育局": "jiao"}


def brought_to_round(
    office: Office,
    home: Path,
    *,
    joint: tuple[str, ...] | list[str] = (),
    ask: list[str] | None = None,
) -> Matter:
    """A written interpretation whose round has begun."""
    for number, (name, head) in enumerate(HEADS.items(), 11):
        add_agency(office, name, head=head, code=f"5001990{number}")
    matter = explained(office, home, joint=joint)
    with office.engine.read() as work:
        asked = [office.organisation(work, name).public_id for name in ask or ()]
    plans(office.lin, matter, consulted=" ".join(asked))
    writes(office.lin, matter)
    return matter


def returns(office: Office, matter: Matter) -> None:
    """退回材料 by the head."""
    office.qin.does(
        matter,
        "interpretation_sign",
        outcome="returned",
        reason="material",
        opinion="再看一遍。",
    )


def rounds_of(office: Office, matter: Matter) -> list[tuple[str | None, Any]]:
    """Return the outcome of each round and the answers in it."""
    with office.engine.read() as work:
        return [
            (
                held.outcome,
                [
                    (each.organisation.short_name, each.answer, each.reason)
                    for each in held.answers
                ],
            )
            for held in interpretation_in(work, matter).rounds
        ]
