"""Who reads a document before it is signed: it depends on what it is and whose."""

from datetime import date

import pytest

from engine.errors import InvalidAnswers, MakerIsChecker, Refusal
from models.documents import PaperVersion
from models.people import Role
from models.reviews import Opinion
from processes.registers.documents import document_of
from processes.registers.opinions import agreed_steps
from tests.office import NOT_PUBLIC, NOTICE, ON_REQUEST, Office, refused

CHANGED = NOTICE + "附件：培训安排\n"
LEGALITY = "limit.document_review.legality_review"


def test_the_own_document_goes_to_its_own_head(office: Office) -> None:
    matter = office.lin.drafts()
    assert matter.waits_at == ["科室审核"]
    office.zhou.agrees(matter, "section_review")
    assert matter.waits_at == ["签发"]
    office.qin.signs(matter)
    assert matter.waits_at == ["用印"]


def test_a_draft_for_the_government_is_checked_by_its_office(office: Office) -> None:
    matter = office.shen.drafts(issuer="区政府")
    office.ma.agrees(matter, "section_review")
    assert matter.waits_at == ["核稿"]
    office.han.agrees(matter, "office_check")
    office.gu.signs(matter)
    assert matter.history[-1] == (
        "“关于做好2026年政务公开培训工作的通知”编号云川府发〔2026〕1号。"
    )


def test_the_governments_office_may_return_a_draft(office: Office) -> None:
    # 国办发〔2016〕80号 part 一(一): 退文.
    matter = office.shen.drafts(issuer="区政府办")
    office.ma.agrees(matter, "section_review")
    office.han.returns(matter, "office_check", "no_interpretation")
    assert matter.assignee == "沈清"
    assert matter.history[-1] == (
        "韩松年退回“关于做好2026年政务公开培训工作的通知”：没有解读方案或解读材料。"
    )


def test_a_draft_that_is_no_longer_for_the_government_stays_in_the_house(
    office: Office,
) -> None:
    matter = office.shen.drafts(issuer="区政府")
    office.ma.returns(matter, "section_review")
    office.shen.submits(matter)
    office.ma.agrees(matter, "section_review")
    office.luo.signs(matter)
    assert matter.history[-1].endswith("编号云川财〔2026〕1号。")
    assert not office.gu.sees(matter)


@pytest.mark.parametrize("attribute", [NOT_PUBLIC, ON_REQUEST])
@pytest.mark.parametrize("kind", ["policy", "normative"])
def test_a_policy_document_that_is_not_public_goes_to_the_disclosure_office_first(
    office: Office, kind: str, attribute: dict[str, str]
) -> None:
    # 国办发〔2016〕80号 part 一(一).
    matter = office.lin.drafts(kind=kind, **attribute)
    office.zhou.agrees(matter, "section_review")
    assert matter.waits_at == ["公开机构审查"]


def test_another_document_that_is_not_public_does_not(office: Office) -> None:
    matter = office.lin.drafts(**NOT_PUBLIC)
    office.zhou.agrees(matter, "section_review")
    assert matter.waits_at == ["签发"]


def test_a_normative_document_is_reviewed_for_legality_before_it_is_signed(
    office: Office,
) -> None:
    # 国办发〔2018〕115号.
    matter = office.brought_to("legality_review", kind="normative", **NOT_PUBLIC)
    assert matter.waits_at == ["合法性审核"]
    # Ten working days from Monday 2 March.
    assert matter.limit("legality_review").due_on == date(2026, 3, 16)  # Monday
    office.peng.agrees(matter, "legality_review", "内容合法。")
    assert matter.waits_at == ["签发"]


def test_an_unlawful_document_is_returned_and_not_signed(office: Office) -> None:
    # 国办发〔2018〕37号: not reviewed or found unlawful is not submitted.
    matter = office.brought_to("legality_review", kind="normative", **NOT_PUBLIC)
    office.peng.returns(matter, "legality_review", "unlawful")
    assert matter.waits_at == ["拟稿"]
    assert "与法律、上级文件不一致" in matter.history[-1]


@pytest.mark.parametrize("days", [5, 15])
def test_the_legality_review_has_five_to_fifteen_working_days(
    office: Office, days: int
) -> None:
    office.sets(
        LEGALITY,
        {"length": days, "unit": "working_days"},
        valid_from=date(2026, 1, 1),
    )
    matter = office.brought_to("legality_review", kind="normative", **NOT_PUBLIC)
    assert matter.limit("legality_review").length == days


@pytest.mark.parametrize(
    ("length", "unit"), [(4, "working_days"), (16, "working_days"), (10, "days")]
)
def test_another_limit_for_the_legality_review_is_refused(
    office: Office, length: int, unit: str
) -> None:
    with refused(Refusal, match="只能定在5到15个工作日之间"):
        office.sets(
            LEGALITY, {"length": length, "unit": unit}, valid_from=date(2026, 1, 1)
        )


@pytest.mark.parametrize(
    ("login", "step"),
    [
        ("zhou", "section_review"),
        ("liang", "disclosure_review"),
        ("peng", "legality_review"),
        ("qin", "sign"),
        ("han", "seal"),
    ],
)
def test_each_of_them_may_return_to_the_drafter(
    office: Office, login: str, step: str
) -> None:
    matter = office.brought_to(step, kind="normative", **NOT_PUBLIC)
    office.people[login].returns(matter, step, "personal_data")
    assert matter.waits_at == ["拟稿"]
    assert matter.assignee == "林晓雯"
    assert matter.history[-1] == (
        f"{office.people[login].name}退回“关于做好2026年政务公开培训工作的通知”："
        "个人信息没有处理。"
    )


def test_a_return_says_what_to_change(office: Office) -> None:
    matter = office.lin.drafts()
    with refused(InvalidAnswers) as invalid:
        office.zhou.does(matter, "section_review", outcome="returned")
    assert invalid.value.errors == {
        "reason": ["选一项原因"],
        "opinion": ["写明要改什么，拟稿人才知道怎么改"],
    }


def test_after_a_return_all_reviews_are_made_again(office: Office) -> None:
    matter = office.brought_to("sign")
    office.qin.returns(matter, "sign")
    office.lin.submits(matter, text=CHANGED)
    assert matter.waits_at == ["科室审核"]


def test_who_has_reviewed_a_document_does_not_sign_it(office: Office) -> None:
    both = office.add_person(
        *("hao", "郝两任", "信息公开科"),
        (Role.SECTION_HEAD, "信息公开科"),
        (Role.UNIT_HEAD, "区政府办"),
    )
    matter = office.lin.drafts()
    both.agrees(matter, "section_review")
    with refused(MakerIsChecker):
        both.claims(matter, "sign")


def test_a_document_kept_from_the_public_is_signed_numbered_and_sealed(
    office: Office,
) -> None:
    matter = office.brought_to("seal", **NOT_PUBLIC)
    office.han.seals(matter)
    assert matter.waits_at == []
    assert matter.history[-2:] == [
        (
            "“关于做好2026年政务公开培训工作的通知”登记为不予公开。"
            "理由：只规定本单位的内部工作流程。"
        ),
        "拟稿500199002-2026-0001办结。",
    ]


def test_a_changed_text_is_a_version_of_its_own(office: Office) -> None:
    matter = office.lin.drafts()
    office.zhou.returns(matter, "section_review")
    office.lin.submits(matter)
    office.zhou.returns(matter, "section_review")
    office.lin.submits(matter, text=CHANGED)
    with office.engine.read() as work:
        versions = work.session.query(PaperVersion).order_by(PaperVersion.number)
        # The same text again is no new version.
        assert [(each.number, each.kind) for each in versions] == [
            (1, "office"),
            (2, "office"),
        ]


def test_an_opinion_speaks_of_the_bytes_that_were_read(office: Office) -> None:
    matter = office.brought_to("sign")
    office.qin.returns(matter, "sign")
    with office.engine.read() as work:
        case = matter.case(work)
        (old,) = document_of(work.session, case).papers[0].versions
        assert agreed_steps(work, case, old) == {"section_review"}
    office.lin.submits(matter, text=CHANGED)
    with office.engine.read() as work:
        case = matter.case(work)
        old, new = document_of(work.session, case).papers[0].versions
        assert agreed_steps(work, case, old) == set()
        assert agreed_steps(work, case, new) == set()


@pytest.mark.parametrize(
    "change", [{"title": "关于做好培训的通知"}, ON_REQUEST, {"kind": "policy"}]
)
def test_a_change_beside_the_text_voids_opinions_too(
    office: Office, change: dict[str, str]
) -> None:
    matter = office.brought_to("sign")
    office.qin.returns(matter, "sign")
    office.lin.submits(matter, **change)
    with office.engine.read() as work:
        case = matter.case(work)
        (text,) = document_of(work.session, case).papers[0].versions
        assert agreed_steps(work, case, text) == set()


def test_an_opinion_is_given_on_the_attachments_as_well(office: Office) -> None:
    table = office.lin.uploads("镇街,人数\n", "名额分配.txt")
    matter = office.lin.drafts(attachments=[table])
    office.zhou.agrees(matter, "section_review", "内容属实，公开属性准确。")
    with office.engine.read() as work:
        opinions = work.session.query(Opinion).order_by(Opinion.id).all()
        assert [(each.version.paper.role, each.outcome) for each in opinions] == [
            ("text", "agreed"),
            ("attachment", "agreed"),
        ]
        assert {each.text for each in opinions} == {"内容属实，公开属性准确。"}
        assert {each.given_by for each in opinions} == {office.zhou.id}
        assert {each.given_at for each in opinions} == {office.clock()}
