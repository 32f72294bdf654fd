"""Offices from a file, and the demonstration office's weeks before today."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import product
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy import func, select

import processes
from engine import candidates, people, personal
from engine.clock import OFFICE_ZONE
from engine.database import Database
from engine.definitions import Definitions, discover
from engine.demonstration import Demonstration, set_up_demonstration
from engine.errors import AlreadyExists, Refusal
from engine.file_store import FileStore
from engine.history import verify
from engine.office_plans import BadOffice, OfficePlan, read_office
from engine.offices import fill
from engine.personal import Cipher
from engine.prepared import PreparedStore
from engine.work import Engine, Work
from models.documents import Document
from models.people import (
    Organisation,
    OrganisationKind,
    Person,
    Post,
    PostHolding,
    Role,
    RoleHolding,
    Root,
)
from models.publications import Publication
from models.records import HistoryEntry
from models.workflow import (
    Case,
    Deadline,
    Draft,
    Incident,
    Task,
    TaskKind,
    TaskStatus,
)
from tests.fixtures import Templates
from tests.office import SetClock

ROOT = Path(__file__).resolve().parents[2]
OFFICE = ROOT / "config" / "demonstration" / "office.toml"
SAMPLES = ROOT / "processes" / "document_review" / "samples"


def password_of(login: str) -> str:
    """Return a password that tells whose it is."""
    return f"password of {login}"


#: Who has to be there for one document to go all the way, each another person; the
#: seal may be with one of them.
SIX = (
    Role.HANDLER,
    Role.SECTION_HEAD,
    Role.UNIT_HEAD,
    Role.SECRECY_REVIEWER,
    Role.LEGAL_REVIEWER,
    Role.DISCLOSURE_HEAD,
)

SMALL = """
[[root]]
name = "小区"
region = "500199"
mail = "small.example.invalid"

[[root.organisation]]
name = "小区人民政府"
short_name = "区政府"
kind = "government"
level = "county"
code = "1"
symbol = "小府发"
sections = ["一科"]
people = [
  { name = "甲", login = "jia", section = "一科", title = "科员", roles = ["handler"] },
  { name = "乙", login = "yi", title = "区长", roles = ["unit_head"] },
]
"""


@pytest.fixture(scope="module", autouse=True)
def quick_hashes() -> Iterator[None]:
    """Hash passwords as weakly as argon2 allows: they are not what is tested."""
    with pytest.MonkeyPatch.context() as patch:
        weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
        patch.setattr(people, "_hasher", weak)
        yield


@pytest.fixture(scope="module")
def plan() -> OfficePlan:
    """The demonstration office's plan."""
    return read_office(OFFICE)


@pytest.fixture
def filled(engine: Engine, plan: OfficePlan) -> Engine:
    """The engine, with all people of the demonstration and no matters."""
    with engine.work() as work:
        engine.definitions.deploy(work)
        fill(work, plan, password_of)
    return engine


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def lived_in(
    request: pytest.FixtureRequest,
    templates: Templates,
    tmp_path_factory: pytest.TempPathFactory,
    plan: OfficePlan,
) -> Iterator[Engine]:
    """The demonstration office at work, on Wednesday, 11 March 2026, 10:00."""
    folder = tmp_path_factory.mktemp("lived_in")
    template = templates(request.param, False)
    url = template.copy(folder)
    database = Database(url)
    clock = SetClock(datetime(2026, 3, 11, 2, 0, tzinfo=UTC))
    cipher = Cipher.from_file(folder / "data.key")
    definitions = Definitions(discover(processes))
    files = FileStore(folder / "files", cipher)
    prepared = PreparedStore(folder / "prepared", cipher)
    engine = Engine(database, clock, definitions, files, cipher, prepared)
    set_up_demonstration(engine, plan, password_of)
    yield engine
    database.dispose()
    template.drop(url)


def test_the_plan_has_the_district_and_the_five_issuers(plan: OfficePlan) -> None:
    assert [root.name for root in plan.roots] == [
        "云川区",
        "重庆市江津区",
        "吴忠市利通区",
        "济南市天桥区",
        "重庆市",
        "重庆市南岸区",
    ]


def test_a_section_is_named_and_numbered_after_its_agency(plan: OfficePlan) -> None:
    section = next(
        each for each in plan.roots[0].organisations if each.short_name == "信息公开科"
    )
    assert section.name == "云川区人民政府办公室信息公开科"
    assert (section.path, section.code) == ("区政府办/信息公开科", "50019900201")
    assert section.kind == OrganisationKind.SECTION


#: What is written wrongly in the small office, and the refusal.
FAULTS = [
    ('code = "1"', "code = 1", "单位“区政府”：“code”应是文字。"),
    ('code = "1"', "", "单位“区政府”：没有写“code”。"),
    ("symbol", "symbl", "单位“区政府”：没有写“symbol”。"),
    ("symbol", 'note = ""\nsymbol', "单位“区政府”：不认识“note”。"),
    (
        "symbol",
        'parent = "市政府"\nsymbol',
        "单位“区政府”：“parent”写的“市政府”不在它前面的单位里。",
    ),
    (
        '"county"',
        '"district"',
        "单位“区政府”：“level”写的“district”不认识，可以写province、city、county、town。",
    ),
    (
        '"government"',
        '"section"',
        "单位“区政府”：内设机构写在所属单位的“sections”里。",
    ),
    ('["一科"]', '"一科"', "单位“区政府”：“sections”应是一列文字。"),
    (
        '["一科"]',
        '["一科", "一科"]',
        "单位“区政府”：“sections”写的“区政府/一科”前面已经有了。",
    ),
    (
        "[[root.organisation]]",
        "[root.organisation]",
        "组织树“小区”：“organisation”应是一组表。",
    ),
    ("name = ", "nom = ", "office.toml的第1个“root”：没有写“name”。"),
    (SMALL, "", "office.toml：一个“root”也没有写。"),
    ('"jia"', '"yi"', "人员“乙”：“login”写的“yi”前面已经有了。"),
    ("title = ", "post = ", "人员“甲”：没有写“title”。"),
    ('"一科", title', '"二科", title', "人员“甲”：“区政府”没有内设机构“二科”。"),
    (
        '"unit_head"',
        '"unit_head@区教委"',
        "人员“乙”：“unit_head@区教委”里的单位“区教委”不在这个组织树里。",
    ),
]


@pytest.mark.parametrize(("written", "instead", "refusal"), FAULTS)
def test_a_faulty_plan_is_refused_with_the_entry_to_change(
    tmp_path: Path, written: str, instead: str, refusal: str
) -> None:
    path = tmp_path / "office.toml"
    path.write_text(SMALL.replace(written, instead, 1))
    with pytest.raises(BadOffice) as refused:
        read_office(path)
    assert refused.value.message == refusal


def test_a_role_that_does_not_exist_is_refused_with_those_that_do(
    tmp_path: Path,
) -> None:
    path = tmp_path / "office.toml"
    path.write_text(SMALL.replace('"handler"', '"clerk"'))
    with pytest.raises(
        BadOffice, match="人员“甲”：“roles”写的“clerk”不认识，可以写handler、"
    ):
        read_office(path)


def test_a_file_that_is_no_toml_is_refused_with_the_line(tmp_path: Path) -> None:
    path = tmp_path / "office.toml"
    path.write_text("[[root]\n")
    with pytest.raises(
        BadOffice, match=r"office\.toml不是 UTF-8 编码的 TOML：.*line 1"
    ):
        read_office(path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadOffice, match="打不开"):
        read_office(tmp_path / "office.toml")


def test_nobody_mixes_administration_with_business(
    engine: Engine, tmp_path: Path
) -> None:
    path = tmp_path / "office.toml"
    path.write_text(SMALL.replace('["handler"]', '["handler", "system_administrator"]'))
    with (
        pytest.raises(Refusal, match="甲不能同时担任经办人、系统管理员"),
        engine.work() as work,
    ):
        fill(work, read_office(path), password_of)
    with engine.read() as work:
        assert work.session.scalar(select(func.count(Person.id))) == 0


@pytest.mark.parametrize(
    ("demonstration", "work_factors"),
    [(False, "$m=65536,t=3,p=4$"), (True, "$m=8192,t=1,p=1$")],
)
def test_only_a_demonstrations_passwords_of_chance_are_hashed_lightly(
    engine: Engine,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    demonstration: bool,
    work_factors: str,
) -> None:
    monkeypatch.setattr(people, "_hasher", PasswordHasher())
    path = tmp_path / "office.toml"
    path.write_text(SMALL)
    with engine.work() as work:
        fill(work, read_office(path), password_of, demonstration=demonstration)
        jia, yi = work.session.scalars(select(Person).order_by(Person.login))
        assert work_factors in jia.password_hash
        assert people.is_right(work, "jia", password_of("jia"))
        # What somebody has chosen is hashed with all the work there is.
        people.set_password(work, yi, "a word of my own")
        assert "$m=65536,t=3,p=4$" in yi.password_hash


def test_a_login_that_the_database_has_is_refused(
    engine: Engine, tmp_path: Path
) -> None:
    path = tmp_path / "office.toml"
    path.write_text(SMALL)
    with engine.work() as work:
        fill(work, read_office(path), password_of)
    path.write_text(SMALL.replace("小区", "另一个区").replace('"1"', '"2"'))
    with pytest.raises(AlreadyExists, match="账号“jia”"), engine.work() as work:
        fill(work, read_office(path), password_of)


def test_a_code_that_the_database_has_is_refused(
    engine: Engine, tmp_path: Path
) -> None:
    path = tmp_path / "office.toml"
    path.write_text(SMALL)
    with engine.work() as work:
        fill(work, read_office(path), password_of)
    path.write_text(SMALL.replace("小区", "另一个区"))
    with pytest.raises(AlreadyExists, match="代码“1”"), engine.work() as work:
        fill(work, read_office(path), password_of)


def test_the_district_has_twelve_organisations_and_fifty_two_people(
    filled: Engine,
) -> None:
    with filled.read() as work:
        assert work.session.scalar(select(func.count(Root.id))) == 6
        assert count(work, Organisation, OrganisationKind.SECTION) == 29
        assert count(work, Organisation) - 29 == 12
        assert count(work, Person) == 52


def test_departments_and_towns_answer_to_the_governments_office(
    filled: Engine,
) -> None:
    with filled.read() as work:
        assert superior(work, "区财政局") == "区政府办"
        assert superior(work, "石桥镇") == "区政府办"
        assert superior(work, "区政府办") == "区政府"
        assert superior(work, "利通区政府办") == "利通区政府"


def test_nobody_crosses_from_one_root_to_another(filled: Engine) -> None:
    with filled.read() as work:
        for holding in work.session.scalars(select(RoleHolding)):
            roots = {holding.person.root_id, holding.organisation.root_id}
            assert roots == {holding.root_id}
        posts = select(Person.root_id, Post.root_id, Organisation.root_id)
        posts = posts.select_from(PostHolding).join(Post)
        posts = posts.join(Person, Person.id == PostHolding.person_id)
        posts = posts.join(Organisation, Organisation.id == Post.organisation_id)
        assert all(len(set(row)) == 1 for row in work.session.execute(posts))


def test_every_agency_that_drafts_has_six_people_for_the_way(
    filled: Engine,
) -> None:
    with filled.read() as work:
        assert {place: six_people(work, place) for place in drafting(work)} == {
            "区政府办": True,
            "区财政局": True,
            "区教委": True,
            "区住建委": True,
            "石桥镇": True,
            "江津区政府办": True,
            "利通区政府办": True,
            "天桥区政府办": True,
            "市政府办公厅": True,
            "南岸区政府办": True,
        }


def test_every_agency_that_drafts_keeps_its_seal(filled: Engine) -> None:
    with filled.read() as work:
        for agency in drafting(work):
            place = select(Organisation).where(Organisation.short_name == agency)
            found = work.session.scalars(place).one()
            assert candidates.holders(work, Role.SEAL_KEEPER, found.id)


def test_at_least_eight_people_of_each_real_issuer_take_part(filled: Engine) -> None:
    with filled.read() as work:
        for root in work.session.scalars(select(Root).where(Root.name != "云川区")):
            holdings = work.session.scalars(
                select(RoleHolding).where(
                    RoleHolding.root_id == root.id,
                    RoleHolding.role != Role.SYSTEM_ADMINISTRATOR,
                )
            )
            assert len({holding.person_id for holding in holdings}) >= 8


def test_every_agency_of_the_district_has_its_two_heads(filled: Engine) -> None:
    with filled.read() as work:
        agencies = work.session.scalars(
            select(Organisation).where(
                Organisation.agency_id.is_(None),
                Organisation.region == "500199",
            )
        ).all()
        assert len(agencies) == 12
        for agency in agencies:
            assert candidates.holders(work, Role.UNIT_HEAD, agency.id)
            assert candidates.holders(work, Role.DISCLOSURE_HEAD, agency.id)


def test_every_government_has_a_system_administrator(filled: Engine) -> None:
    with filled.read() as work:
        governments = work.session.scalars(
            select(Organisation).where(Organisation.kind == OrganisationKind.GOVERNMENT)
        ).all()
        assert len(governments) == 6
        for place in governments:
            assert candidates.holders(work, Role.SYSTEM_ADMINISTRATOR, place.id)


def test_everybody_logs_in_with_the_password_handed_out(
    engine: Engine, plan: OfficePlan
) -> None:
    told: list[str] = []
    with engine.work() as work:
        accounts = fill(work, plan, password_of, told.append)
    assert (len(accounts), len(told)) == (107, 27)
    assert told[:2] == ["云川区　区政府", "云川区　区政府办"]
    lin = next(each for each in accounts if each.login == "linxiaowen")
    assert (lin.organisation, lin.title) == ("区政府办信息公开科", "一级主任科员")
    assert lin.roles == ("经办人",)
    with engine.work() as work:
        right = people.is_right(work, "linxiaowen", lin.password)
        person, _ = people.log_in(work, "linxiaowen", right=right)
        assert person is not None
        assert person.name == "林晓雯"


def test_mobile_and_email_are_kept_as_personal_data(filled: Engine) -> None:
    with filled.work() as work:
        lin = work.session.scalars(select(Person).where(Person.name == "林晓雯")).one()
        email = "linxiaowen@yunchuan.example.invalid"
        (record,) = personal.find(work, lin.root_id, "email", email)
        assert record.person_id == lin.id
        values = personal.read(work, record, "测试")
        assert values == {"mobile": "000-0000 0009", "email": email}


def test_the_matters_stand_at_their_steps(lived_in: Engine) -> None:
    with lived_in.read() as work:
        assert standing(work) == {
            "拟稿500199002-2026-0001": "办结",
            "拟稿500199002-2026-0002": "办结",
            "拟稿500199002-2026-0003": "等发布日",
            "拟稿500199002-2026-0004": "保密复审　高远航",
            "拟稿500199002-2026-0005": "审定发布",
            "拟稿500199002-2026-0006": "签发解读",
            "拟稿500199002-2026-0007": "科室审核　周砚",
            "拟稿500199002-2026-0008": "公开机构审查",
            "拟稿500199002-2026-0009": "拟稿　林晓雯",
            "拟稿500199004-2026-0001": "办结",
            "拟稿500199004-2026-0002": "审定发布",
            "拟稿500199004-2026-0003": "核稿　韩松年",
            "拟稿500199004-2026-0004": "合法性和五关审查",
            "拟稿500199004-2026-0005": "用印",
            "拟稿500199004-2026-0006": "签发",
            "拟稿500199005-2026-0001": "办结",
            "拟稿500199005-2026-0002": "会签　钟平之",
            "拟稿500199005-2026-0003": "制作公开件",
            "拟稿500199006-2026-0001": "办结",
            "拟稿500199006-2026-0002": "办结",
            "拟稿500199006-2026-0003": "合法性审核",
            "拟稿500199006-2026-0004": "拟稿　罗川",
            # What came out of a publication: how it was understood.
            "解读评估500199006-2026-0001": "评估解读效果",
            "更改500199002-2026-0001": "办结",
            "更改500199004-2026-0001": "审定更改",
            # To the government, by the website: its office handles it.
            "申请500199001-2026-0001": "初步审查",
            "申请500199004-2026-0001": "办结",
            # Overdue.
            "申请500199004-2026-0002": "办理",
            "申请500199004-2026-0003": "法制审核",
            "申请500199004-2026-0004": "初步审查",
            # Not corrected in time: ended by its limit.
            "申请500199005-2026-0001": "结案告知",
            "申请500199005-2026-0002": "等待补正",
            "申请500199006-2026-0001": "办理　任远之",
            "申请500199006-2026-0002": "检索",
            "征询500199006-2026-0001": "等待第三方意见",
            # 复议 and 诉讼 over answers; records that applicants want put right.
            "应诉500199004-2026-0001": "办结",
            "应诉500199004-2026-0002": "审批答复书、答辩状",
            "应诉500199004-2026-0003": "起草答复书、答辩状",
            "更正500199004-2026-0001": "办结",
            "更正500199004-2026-0002": "拟处理决定",
            # An applicant suggested it (Art 44(2)).
            "转公开500199004-2026-0001": "研究是否转为主动公开",
        }


def test_five_documents_were_published_on_their_days(lived_in: Engine) -> None:
    with lived_in.read() as work:
        assert published(work) == [
            # Approved for the same day: at once.
            ("500199002/2026-00001", "2026-02-05 09:20"),
            ("500199002/2026-00002", "2026-02-27 16:40"),
            ("500199004/2026-00001", "2026-02-10 10:40"),
            # Wednesday, after the holiday of 15 to 23 February.
            ("500199005/2026-00001", "2026-02-25 00:00"),
            ("500199006/2026-00001", "2026-02-26 00:00"),
        ]


def test_a_published_document_is_dated_by_the_day_it_was_signed(
    lived_in: Engine,
) -> None:
    with lived_in.read() as work:
        document = document_of(work, "拟稿500199002-2026-0001")
        text = lived_in.files.get(document.papers[0].versions[-1].file).decode()
    assert str(document.signed_on) == "2026-02-03"
    assert "云川区人民政府办公室\n2026年2月3日\n" in text


def test_an_old_document_was_recorded_with_its_own_number(lived_in: Engine) -> None:
    with lived_in.read() as work:
        document = document_of(work, "拟稿500199002-2026-0002")
        assert document.is_historical
        assert document.document_number == "云川府办发〔2019〕31号"
        assert str(document.formed_on) == "2019-06-03"


def test_one_document_is_approved_for_friday(lived_in: Engine) -> None:
    with lived_in.read() as work:
        document = document_of(work, "拟稿500199002-2026-0003")
        approved = select(Publication).where(Publication.document_id == document.id)
        publish_on = work.session.scalars(approved).one().publish_on
        assert (str(publish_on), document.published_at) == ("2026-03-13", None)


def test_one_answer_is_kept_for_those_who_ask(lived_in: Engine) -> None:
    with lived_in.read() as work:
        document = document_of(work, "拟稿500199006-2026-0002")
        assert (document.attribute, document.published_at) == ("on_request", None)


def test_the_head_is_told_once_that_the_secrecy_review_is_overdue(
    lived_in: Engine,
) -> None:
    with lived_in.read() as work:
        (notice,) = work.session.scalars(
            select(Task).where(
                Task.kind == TaskKind.NOTICE,
                Task.status == TaskStatus.READY,
                Task.process_key == "pre_publication_review",
            )
        )
        assert (notice.role, notice.message) == (
            "unit_head",
            "区政府办 拟稿500199002-2026-0004 的“保密复审”应于3月9日办结，已经逾期。",
        )


def test_four_steps_end_today(lived_in: Engine) -> None:
    with lived_in.read() as work:
        today = work.session.scalars(
            select(Case.number)
            .join(Deadline, Deadline.case_id == Case.id)
            .where(Deadline.due_on == work.today, Deadline.state == "running")
            .order_by(Case.number)
        ).all()
        assert today == [
            "拟稿500199002-2026-0005",
            "拟稿500199002-2026-0007",
            "拟稿500199004-2026-0005",
            "更改500199004-2026-0001",
        ]


def test_one_document_has_a_mobile_number_that_nobody_has_covered_yet(
    lived_in: Engine,
) -> None:
    with lived_in.read() as work:
        document = document_of(work, "拟稿500199005-2026-0003")
        text = lived_in.files.get(document.papers[0].versions[-1].file).decode()
        assert re.findall(r"1\d{10}", text) == ["13800138000"]


def test_one_joint_issuer_has_objected(lived_in: Engine) -> None:
    with lived_in.read() as work:
        assert reasons(work, "拟稿500199005-2026-0002") == ["content"]


def test_one_submission_was_returned_without_an_attribute(lived_in: Engine) -> None:
    with lived_in.read() as work:
        assert reasons(work, "拟稿500199006-2026-0004") == ["no_attribute"]


def test_one_draft_is_half_typed(lived_in: Engine) -> None:
    with lived_in.read() as work:
        draft = work.session.scalars(select(Draft)).one()
        assert sorted(draft.answers) == ["category", "secrecy", "title"]


def test_nothing_happened_after_now_and_the_history_holds(lived_in: Engine) -> None:
    with lived_in.read() as work:
        newest = work.session.scalar(select(func.max(HistoryEntry.at)))
        # Midnight of Wednesday, 11 March in the office: reminders of the day before.
        assert newest == datetime(2026, 3, 10, 16, 0, tzinfo=UTC)
        assert verify(work.session) == []
        assert work.session.scalars(select(Incident)).all() == []


def test_a_first_start_in_a_holiday_works_as_well(
    engine: Engine, clock: SetClock, plan: OfficePlan
) -> None:
    # Sunday, 4 October 2026; the office is closed from 1 to 7 October.
    clock.set("2026-10-04", "00:10")
    set_up_demonstration(engine, plan, password_of)
    with engine.read() as work:
        assert len(published(work)) == 5
        assert work.session.scalars(select(Incident)).all() == []


def test_the_demonstrations_clock_only_goes_forward(engine: Engine) -> None:
    demonstration = Demonstration(engine)
    demonstration.at(5, "09:00")
    with pytest.raises(ValueError, match="cannot be put on"):
        demonstration.at(6, "09:00")
    with pytest.raises(ValueError, match="cannot be put on"):
        demonstration.at(-1, "09:00")


@pytest.mark.parametrize("sample", sorted(path.name for path in SAMPLES.iterdir()))
def test_a_sample_is_as_long_as_a_short_notice(sample: str) -> None:
    text = (SAMPLES / sample).read_text()
    assert 200 <= len(re.findall("[\u4e00-\u9fff]", text)) <= 900
    assert re.search(r"^2026年3月5日$", text, re.MULTILINE)


def count(
    work: Work,
    model: type[Organisation] | type[Person],
    kind: OrganisationKind | None = None,
) -> int:
    """Count the rows of the district."""
    query = select(func.count(model.id)).join(Root, Root.id == model.root_id)
    query = query.where(Root.name == "云川区")
    if kind is not None:
        query = query.where(Organisation.kind == kind)
    return work.session.scalar(query) or 0


def superior(work: Work, short_name: str) -> str:
    """Return to whom an organisation answers."""
    organisation = work.session.scalars(
        select(Organisation).where(Organisation.short_name == short_name)
    ).one()
    above = work.session.get_one(Organisation, organisation.superior_id)
    return above.short_name


def drafting(work: Work) -> list[str]:
    """Return the agencies in which somebody drafts."""
    holdings = work.session.scalars(
        select(RoleHolding).where(RoleHolding.role == Role.HANDLER)
    )
    agencies = {holding.organisation.agency for holding in holdings}
    return [work.session.get_one(Organisation, key).short_name for key in agencies]


def six_people(work: Work, agency: str) -> bool:
    """Tell whether six different people can take the steps of each drafter."""
    holdings = work.session.scalars(
        select(RoleHolding).where(RoleHolding.role == Role.HANDLER)
    ).all()
    sections = [
        holding.organisation
        for holding in holdings
        if work.session.get_one(Organisation, holding.organisation.agency).short_name
        == agency
    ]
    return all(_six_in(work, section) for section in sections)


def _six_in(work: Work, section: Organisation) -> bool:
    groups = []
    for role in SIX:
        unit = candidates.nearest_with_holder(work, role, section)
        found = candidates.holders(work, role, unit.id) if unit else []
        groups.append([person.id for person in found])
    return any(len(set(each)) == 6 for each in product(*groups))


def standing(work: Work) -> dict[str, str]:
    """Return where each case stands, by its number."""
    found = {}
    for case in work.session.scalars(select(Case).order_by(Case.number)):
        task = work.session.scalars(
            select(Task).where(
                Task.case_id == case.id,
                Task.kind == TaskKind.WORK,
                Task.status.in_((TaskStatus.READY, TaskStatus.CLAIMED)),
            )
        ).one_or_none()
        if task is not None:
            has = f"　{task.assignee.name}" if task.assignee else ""
            found[case.number] = f"{task.name}{has}"
        else:
            found[case.number] = "办结" if case.status == "finished" else "等发布日"
    return found


def published(work: Work) -> list[tuple[str | None, str]]:
    """Return the 索引号 of what is published, and when it was."""
    documents = work.session.scalars(
        select(Document)
        .where(Document.published_at.is_not(None))
        .order_by(Document.index_number)
    )
    return [
        (each.index_number, f"{each.published_at.astimezone(OFFICE_ZONE):%F %H:%M}")
        for each in documents
        if each.published_at
    ]


def document_of(work: Work, number: str) -> Document:
    """Return the document of a case."""
    return work.session.scalars(
        select(Document).where(
            Document.case_id.in_(select(Case.id).where(Case.number == number))
        )
    ).one()


def reasons(work: Work, number: str) -> list[str | None]:
    """Return the coded reasons for which a case was returned."""
    return list(
        work.session.scalars(
            select(Task.reason)
            .join(Case, Case.id == Task.case_id)
            .where(Case.number == number, Task.reason.is_not(None))
        )
    )
