"""What the pages of an interpretation show to those who make it, agree and sign."""

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.instances import open_tasks
from models.interpretations import InterpretationState
from processes.registers import papers
from processes.registers.leaders import remind
from tests.interpretations import (
    add_agency,
    agrees,
    changes_text,
    explained,
    interpretation_in,
    objects,
    picture,
    plans,
    signs,
    writes,
)
from tests.office import NOTICE, Matter, Office
from tests.web.conftest import Guest

LogIn = Callable[[str], Guest]


@pytest.fixture
def joint(office: Office, tmp_path: Path) -> Matter:
    """An interpretation that two joint issuers are asked about."""
    add_agency(office, "区民政局", head="min", code="500199011")
    add_agency(office, "区住建局", head="zhu", code="500199012")
    matter = explained(office, tmp_path, joint=["区民政局", "区住建局"])
    plans(office.lin, matter, forms="text picture")
    writes(office.lin, matter, picture=office.lin.uploads(picture(), "流程图.png"))
    return matter


def test_who_plans_reads_the_document_and_what_is_missing(
    office: Office, tmp_path: Path, logged_in: LogIn
) -> None:
    matter = explained(office, tmp_path)
    words = task_page(office, matter, logged_in("lin"))
    assert "同步组织 文件 已有 方案 还没有 材料 还没有" in words
    assert "同步审签 文件 未签 方案 未签 材料 未签" in words
    assert "现就2026年培训工作通知如下。" in words


def test_the_rule_is_read_before_one_signs(
    office: Office, joint: Matter, logged_in: LogIn
) -> None:
    agrees(office.min, joint)
    words = task_page(office, joint, logged_in("zhu"))
    assert "2 家全部同意才通过 已同意 1 家。 您同意后即通过。" in words
    assert "每期两天，考核合格发证。" in words
    assert "图解：流程图" in words


def test_nobody_reads_what_was_written_once_it_is_locked(
    office: Office, joint: Matter, logged_in: LogIn
) -> None:
    # 保守国家秘密法 Art 31(3): the same words stand in the file that is locked.
    with office.engine.work() as work:
        papers.lock(work, joint.case(work))
    assert "每期两天，考核合格发证。" not in task_page(office, joint, logged_in("zhu"))


def test_objections_come_back_with_reasons_and_words(
    office: Office, joint: Matter, logged_in: LogIn
) -> None:
    agrees(office.min, joint)
    objects(office.zhu, joint)
    words = task_page(office, joint, logged_in("lin"))
    assert "第 1 轮有异议，改好以后重新征求一轮意见。" in words
    assert "区住建局：事实、数据不准。第二期是十月，不是九月。" in words


def test_the_head_reads_why_in_what_was_returned(
    office: Office, tmp_path: Path, logged_in: LogIn
) -> None:
    matter = explained(office, tmp_path)
    plans(office.lin, matter)
    writes(office.lin, matter)
    office.qin.does(
        matter,
        "interpretation_sign",
        outcome="returned",
        reason="material",
        opinion="写清楚找谁报名。",
    )
    words = task_page(office, matter, logged_in("lin"))
    assert "秦主任没有签发：解读材料要改。 写清楚找谁报名。" in words


def test_a_signature_that_no_longer_stands_is_seen(
    office: Office, tmp_path: Path, logged_in: LogIn
) -> None:
    matter = explained(office, tmp_path)
    plans(office.lin, matter)
    writes(office.lin, matter)
    signs(office.qin, matter)
    changes_text(office, matter, NOTICE + "附件：培训安排\n")
    office.lin.does(matter, "look", outcome="returned")
    office.lin.does(matter, "write", outcome="agreed")
    words = task_page(office, matter, logged_in("lin"))
    assert "同步审签 文件 签后改了 方案 已签 材料 已签" in words


def test_a_file_that_is_not_taken_is_told_at_its_field(
    office: Office, tmp_path: Path, logged_in: LogIn
) -> None:
    matter = explained(office, tmp_path)
    plans(office.lin, matter, forms="text audio")
    lin = logged_in("lin")
    path = task_path(office, matter)
    lin.posts(f"{path}/claim")
    answer = lin.client.post(
        f"{path}/complete",
        data={
            "csrf_token": lin.token(),
            "revision": "2",
            "outcome": "submitted",
            "goals": "写了一半的目标任务",
            "audio-uploads": (io.BytesIO("不是声音".encode()), "讲解.mp3"),
        },
    )
    words = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "可以传：MP3 音频。" in words
    assert "写了一半的目标任务" in words


def test_leaders_without_an_interpretation_stand_first(
    office: Office, tmp_path: Path, logged_in: LogIn
) -> None:
    published(office, tmp_path)
    office.clock.set("2026-10-09")  # Friday
    remind(office.engine)
    words = plain(logged_in("liang").gets("/office/interpretations"))
    assert "1 位已经解读，共 2 位，还有 1 位一次都没有。" in words
    assert "罗局长 云川区财政局 还没有，已提醒 秦主任 云川区政府办 1 次" in words


def test_a_head_of_a_department_reads_the_own_count(logged_in: LogIn) -> None:
    words = plain(logged_in("luo").gets("/office/interpretations"))
    assert "0 位已经解读，共 1 位" in words


@pytest.mark.parametrize("year", ["2018", "2031", "-5", "x"])
def test_a_year_that_is_none_shows_a_year_that_there_is(
    year: str, logged_in: LogIn
) -> None:
    answer = logged_in("liang").gets(f"/office/interpretations?year={year}")
    assert answer.status_code == 200


def test_a_leader_reads_what_is_on_its_way(
    office: Office, tmp_path: Path, logged_in: LogIn
) -> None:
    matter = explained(office, tmp_path)
    plans(office.lin, matter)
    writes(office.lin, matter)
    signs(office.qin, matter)
    office.clock.set("2026-10-09")  # Friday
    remind(office.engine)
    qin = logged_in("qin")
    page = qin.gets("/office/unclaimed").get_data(as_text=True)
    (path,) = set(re.findall(r'data-href="([^"]+)"', page))
    words = plain(qin.gets(path))
    assert "2026年以第一解读人签发并且已经发布的解读： 0 次" in words
    assert "《关于做好2026年政务公开培训工作的通知》" in words


def published(office: Office, home: Path) -> None:
    """An interpretation of 秦主任's that is published."""
    matter = explained(office, home)
    plans(office.lin, matter)
    writes(office.lin, matter)
    signs(office.qin, matter)
    with office.engine.work() as work:
        found = interpretation_in(work, matter)
        found.state, found.published_at = InterpretationState.PUBLISHED, work.now


def task_path(office: Office, matter: Matter) -> str:
    """Return the path of the last open task."""
    with office.engine.read() as work:
        task = open_tasks(work, matter.case(work))[-1]
        return f"/office/tasks/{task.public_id}"


def task_page(office: Office, matter: Matter, person: Guest) -> str:
    """Return the words on the page of a matter's open task."""
    return plain(person.gets(task_path(office, matter)))


def plain(answer: object) -> str:
    """Return a page's words, one space between them."""
    page = answer.get_data(as_text=True)  # type: ignore[attr-defined] # a response
    words = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", page, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", words).split())
