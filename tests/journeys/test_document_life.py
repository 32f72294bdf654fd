"""What may happen to a document on its way, and after it has been published."""

import re
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from playwright.sync_api import expect

from tests.engine.content.mangling import mangle
from tests.journeys.acts import (
    HEAD,
    STATED,
    TAIL,
    TITLE,
    answers_findings,
    decides,
    downloads,
    drafts,
    explains,
    fills,
    is_reviewed,
    is_signed,
    lets_out,
    may_claim,
    notice,
    passes_content,
    passes_secrecy,
    plans,
    prepares_copy,
    presses,
    reads,
    sends_back,
    submits,
    takes,
)
from tests.journeys.conftest import People

MONDAY = "2026-03-02"


# Personal data.

#: Invented: no such person, telephone or card; the check digits are right.
PLANTED = ("500199199003072314", "13900001234", "6222020200112230004")


def planted(folder: Path) -> Path:
    """Write a Word file with personal data in its text and wherever else there is."""
    identity, mobile, card = PLANTED
    file = docx.Document()
    for line in (HEAD + TAIL).splitlines():
        file.add_paragraph(line)
    said = file.add_paragraph(f"经办人身份证号码{identity[:9]}")
    # A value in two pieces, as an editor leaves it.
    said.add_run(f"{identity[9:]}，手机{mobile}。")
    file.add_table(1, 1).cell(0, 0).text = f"补贴发至银行卡{card}。"
    file.add_comment(said.runs[0], f"本人手机{mobile}", author=f"经办{mobile}")
    file.element.body.insert(
        0,
        parse_xml(
            f'<w:p {nsdecls("w")}><w:del w:id="9" w:author="{mobile}"><w:r>'
            f"<w:delText>原卡号{card}</w:delText></w:r></w:del></w:p>"
        ),
    )
    file.core_properties.author = f"赵{identity}"
    file.core_properties.comments = f"手机{mobile}"
    path = folder / "正文.docx"
    file.save(str(path))
    return path


def everything_in(data: bytes) -> str:
    """Return all that a Word file holds, with and without its tags."""
    with ZipFile(BytesIO(data)) as packed:
        parts = [
            packed.read(name).decode(errors="replace") for name in packed.namelist()
        ]
    return "\n".join([*parts, *(re.sub(r"<[^>]+>", "", part) for part in parts)])


def test_planted_personal_data_are_nowhere_in_the_public_copy(
    staff: People, tmp_path: Path
) -> None:
    file = planted(tmp_path)
    before = everything_in(file.read_bytes())
    assert [before.count(value) > 1 for value in PLANTED] == [True, True, True]
    drafts(staff.lin, file, TITLE)
    is_signed(staff, TITLE)
    is_reviewed(staff, TITLE)
    lets_out(staff.liang, TITLE, MONDAY)
    reads(staff.citizen, TITLE)
    expect(staff.citizen.page.get_by_text("手机139****1234")).to_be_visible()
    public = everything_in(downloads(staff.citizen, "下载正文"))
    assert [value for value in PLANTED if value in public] == []
    assert "补贴发至银行卡***************0004。" in public


# A garbled text.


def test_what_was_lost_in_a_garbled_text_is_typed_by_a_person(
    staff: People, tmp_path: Path
) -> None:
    good = "各单位责任部门应当公开业务规范，发现问题按时报告。\n"
    file = notice(tmp_path, mangle(good) + "请参训人员锟斤拷锟斤拷报到。\n")
    drafts(staff.lin, file, TITLE)
    is_signed(staff, TITLE)
    takes(staff.lin, TITLE)
    answers_findings(staff.lin)
    fills(staff.lin, STATED)
    presses(staff.lin, "制作公开件并送审")
    expect(staff.lin.page.locator("#error-summary")).to_contain_text(
        "还有丢失的字没有补上，对照原件把□换成原来的字"
    )
    box = staff.lin.page.locator(".gk-when-repair textarea", has_text="□")
    box.fill("准时")
    submits(staff.lin, "制作公开件并送审")
    passes_secrecy(staff.zhou, TITLE)
    passes_secrecy(staff.gao, TITLE)
    passes_content(staff.peng, TITLE)
    lets_out(staff.liang, TITLE, MONDAY)
    reads(staff.citizen, TITLE)
    public = downloads(staff.citizen, "下载正文").decode("utf-8")
    assert public == f"{HEAD}{good}请参训人员准时报到。\n{TAIL}"


# A joint document.


def test_a_co_signer_who_objects_is_asked_again_in_a_new_round(
    staff: People, tmp_path: Path
) -> None:
    joint = {"公文种类": "政策性文件", "联合发文单位": ["区财政局"]}
    drafts(staff.lin, notice(tmp_path, "四月举办培训。\n"), TITLE, joint)
    decides(staff.zhou, TITLE, "同意", "内容属实。")
    plans(staff.lin, TITLE)
    explains(staff.lin, TITLE)
    why = "培训经费由我局列支，没有写明。"
    sends_back(staff.luo, TITLE, "不同意", "漏了重要内容", why)
    takes(staff.lin, TITLE)
    told = staff.lin.page.locator(".gk-notice-amber")
    expect(told).to_contain_text("第 1 轮有异议")
    expect(told).to_contain_text(f"区财政局：漏了重要内容。{why}")
    fills(staff.lin, {"执行标准": "培训经费列入区财政局部门预算。"})
    submits(staff.lin, "提交材料")
    decides(staff.luo, TITLE, "同意", "与文件一致，同意。")
    decides(staff.qin, TITLE, "签发", "同意发布。")
    decides(staff.luo, TITLE, "同意会签", "同意会签。")
    decides(staff.qin, TITLE, "签发", "同意发。")
    rounds = staff.qin.page.locator(".gk-round h2")
    expect(rounds).to_have_count(2)
    expect(rounds.first).to_contain_text("第 2 轮 通过")
    expect(rounds.last).to_contain_text("第 1 轮 有异议，退回")


# A change after the review.


def test_a_change_after_the_review_voids_what_was_said_before(
    staff: People, tmp_path: Path
) -> None:
    drafts(staff.lin, notice(tmp_path, "四月举办培训。\n"), TITLE)
    is_signed(staff, TITLE)
    prepares_copy(staff.lin, TITLE)
    passes_secrecy(staff.zhou, TITLE)
    passes_secrecy(staff.gao, TITLE)
    why = "报名截止日期没有写。"
    sends_back(staff.peng, TITLE, "退回", "表述、文字要改", why)
    sends_back(staff.lin, TITLE, "退回起草", "表述、文字要改", why)
    takes(staff.lin, TITLE)
    fills(staff.lin, {"正文": notice(tmp_path, "四月举办培训，三月二十日前报名。\n")})
    submits(staff.lin, "提交审核")
    is_signed(staff, TITLE)
    assert not may_claim(staff.liang, TITLE)
    prepares_copy(staff.lin, TITLE)
    takes(staff.zhou, TITLE)
    changed = staff.zhou.page.locator(".gk-changes")
    expect(changed).to_contain_text("看的相比，改了 1 处")
    expect(changed.locator("ins")).to_contain_text("，三月二十日前报名")
    assert not may_claim(staff.liang, TITLE)


# What is not public.


def test_a_policy_is_kept_from_the_public_for_a_ground_that_is_reviewed(
    staff: People, tmp_path: Path
) -> None:
    withheld = {
        "公文种类": "政策性文件",
        "拟公开属性": "不予公开",
        "不公开的依据": (
            "条例第16条第1款　人事管理、后勤管理、内部工作流程等内部事务信息"
        ),
        "不予公开的理由": "只规定本单位的内部工作流程。",
    }
    drafts(staff.lin, notice(tmp_path, "办公用品按季度领用。\n"), TITLE, withheld)
    decides(staff.zhou, TITLE, "同意", "属于内部事务。")
    decides(staff.liang, TITLE, "同意不主动公开", "依据和理由成立。")
    decides(staff.qin, TITLE, "签发", "同意。")
    decides(staff.han, TITLE, "已用印", "核对无误，已用印。")
    expect(staff.han.page.get_by_text("登记为不予公开")).to_be_visible()
    staff.citizen.opens("/")
    expect(staff.citizen.page.get_by_text("还没有发布的信息")).to_be_visible()
    staff.citizen.page.locator("#q").fill(TITLE)
    presses(staff.citizen, "搜索")
    expect(staff.citizen.page.get_by_text("没有符合这些条件的信息")).to_be_visible()
