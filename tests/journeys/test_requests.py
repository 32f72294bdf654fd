"""依申请公开 in a real browser: asked on a telephone, answered by an office."""

from io import BytesIO
from pathlib import Path

import docx
from playwright.sync_api import expect

from tests.journeys.acts import (
    Answer,
    acknowledges,
    fills,
    passes_content,
    passes_secrecy,
    prepares_copy,
    reminders,
    submits,
    waits_for,
)
from tests.journeys.asking import (
    BY_POST,
    CONTENT,
    DIRECTLY,
    acts,
    applies,
    asks_to_correct,
    button,
    consults,
    does,
    examined,
    files_of,
    history,
    looks_for,
    opens_request,
    row_of,
    searches,
    takes_step,
    told,
    tracks,
    withholds,
)
from tests.journeys.conftest import People, Server, Visitor

#: What the section found: a report with a telephone number in it.
FOUND = (
    "石桥镇2025年高标准农田建设项目验收报告",
    "经验收，第二期工程质量合格。联系电话13900001234。",
)

EXTENDED = {"延长多少个工作日": "10", "理由": "材料多，要逐项区分报价。"}


def found(folder: Path) -> Path:
    """Write what is to be given as a Word file."""
    file = docx.Document()
    for line in FOUND:
        file.add_paragraph(line)
    path = folder / "验收报告.docx"
    file.save(str(path))
    return path


def words_of(data: bytes) -> str:
    """Read a Word file."""
    file = docx.Document(BytesIO(data))
    cells = (cell for table in file.tables for row in table.rows for cell in row.cells)
    texts = [each.text for each in file.paragraphs] + [cell.text for cell in cells]
    return "\n".join(texts)


def drafts_partial_answer(person: Visitor, file: Path) -> None:
    """拟答复: the report is given, each of its two annexes withheld for a ground."""
    takes_step(person, "拟答复")
    fills(person, {"办理结果": "D10　部分公开", "公开的部分": "验收报告正文"})
    withholds(person, 1, part="附件一报价明细", ground="D24", reason="是商业秘密")
    withholds(person, 2, part="附件二会签单", ground="D25", reason="是内部工作流程信息")
    given: dict[str, Answer] = {
        "由哪个科室送公开前审查": "云川预算科",
        "要提供的信息": file,
    }
    fills(person, given)
    submits(person, "提交")


# One request.


def test_a_request_from_a_telephone_to_a_partial_answer(
    staff: People, served: Server, phone: Visitor, tmp_path: Path
) -> None:
    # Monday, 2 March: received.
    receipt = applies(phone, also="办理中的告知书也在网上给我")
    assert receipt.number == "500199003-2026-00001"
    expect(phone.page.get_by_text("2026年3月30日 周一").first).to_be_visible()

    # Wednesday: what is unclear is asked for, once.
    served.set_clock("2026-03-04")
    asks_to_correct(staff.wen, "2026-03-04")
    tracks(phone, receipt)
    assert "等您补正" in told(phone)
    assert "最迟 2026年3月18日 周三 补正" in told(phone)

    # Tuesday: corrected; twenty working days anew, over Qingming.
    served.set_clock("2026-03-10")
    tracks(phone, receipt)
    phone.page.get_by_role("link", name="现在补正").click()
    phone.page.get_by_label("补正的内容").fill("第二期，2025年。")
    button(phone.page, "提交补正")
    assert "2026年4月8日 周三 答复您" in told(phone)

    # The section searches; it does not learn who asks.
    examined(staff.wen, "交科室检索", 哪些科室检索=["云川预算科"])
    takes_step(staff.shen, "检索")
    assert staff.shen.page.get_by_text("查看申请人和申请原文").count() == 0
    assert "张三" not in staff.shen.page.content()
    searches(staff.shen, "2026-03-10")

    # Thursday: the firm whose prices are in it is asked, and signs on Friday.
    served.set_clock("2026-03-12")
    consults(staff.wen, "第三方（逾期不答复，由本机关决定）", "施工单位")
    does(staff.wen, "发征求意见函", "签发", BY_POST)
    served.set_clock("2026-03-13")
    does(staff.wen, "登记签收", "登记", {"对方收到日期": "2026-03-13"})
    tracks(phone, receipt)
    assert "正在征求意见" in told(phone)

    # Fifteen working days have passed on Friday, 3 April; the office decides.
    silent = "征求施工单位的意见：逾期没有答复，由本机关依照条例决定（条例第32条）。"
    served.set_clock("2026-04-03", "23:00")
    page = opens_request(staff.wen, receipt.number)
    assert silent not in history(staff.wen)
    served.set_clock("2026-04-07", "09:00")
    staff.wen.waits_until_shown(page, silent)
    staff.wen.opens(page)
    assert history(staff.wen).count(silent) == 1
    tracks(phone, receipt)
    assert "2026年4月30日 周四 答复您" in told(phone)

    # Ten more working days, approved by the head and told in time.
    acts(staff.wen, "报请延期（条例第33条）", **EXTENDED)
    does(staff.tang, "审批延期", "同意延期", {"意见": "同意。"})
    does(staff.wen, "告知延期", "签发、登记送达", BY_POST)
    tracks(phone, receipt)
    assert "2026年5月18日 周一 答复您" in told(phone)

    # Part of it is given, after the reviews of everything that leaves the house.
    does(staff.wen, "办理", "拟答复")
    drafts_partial_answer(staff.wen, found(tmp_path))
    prepares_copy(staff.shen, CONTENT)
    passes_secrecy(staff.ma, CONTENT)
    passes_secrecy(staff.he, CONTENT)
    passes_content(staff.fang, CONTENT)
    does(staff.fang, "法制审核", "同意", {"意见": "依据和理由成立。"})
    # Who has drafted it does not sign it.
    staff.wen.opens("/office/unclaimed")
    assert row_of(staff.wen, "签发答复", CONTENT).count() == 0
    does(staff.luo, "签发答复", "签发", {"意见": "同意。"})
    served.set_clock("2026-04-08")
    served_by = {"送达方式": "电子送达", "交邮或者发出日期": "2026-04-08"}
    arrived = {**served_by, "签收或者到达日期": "2026-04-08"}
    does(staff.wen, "送达答复", "登记送达", arrived)
    does(staff.wen, "归档", "归档", {"保管期限": "30年"})
    opens_request(staff.tang, receipt.number, "已办结")
    done = history(staff.tang)
    assert "文静拟答复：部分公开（D10）。" in done
    assert "罗局长签发了答复。" in done

    # The applicant reads what was decided, and what is given.
    tracks(phone, receipt)
    assert "已经办结：部分公开" in told(phone)
    answer = words_of(files_of(phone, "政府信息部分公开告知书"))
    for words in (
        "云川财公复〔2026〕1号",
        "（编号：500199003-2026-00001）",
        "第三十六条第三项、第三十七条的规定，本机关决定部分公开。",
        "第1项　附件一报价明细",
        "依据：《中华人民共和国政府信息公开条例》第十五条、第三十二条、第三十六条第三项。",
        "第2项　附件二会签单",
        "依据：《中华人民共和国政府信息公开条例》第十六条第一款、第三十六条第三项。",
        "如对本告知书中第1项、第2项不予公开的决定不服，应当自收到本告知书之日起60日内，先",
        "先向云川区政府申请行政复议（《中华人民共和国行政复议法》",
        "对本告知书的其他内容不服的，可以自收到本告知书之日起60日内向云川区政府申请行政复议",
        "也可以自收到本告知书之日起6个月内直接向本机关所在地的基层人民法院提起行政诉讼",
        "2026年4月7日",
    ):
        assert words in answer
    extension = words_of(files_of(phone, "政府信息公开申请延长答复期限告知书"))
    assert "应当在2026年4月30日前答复" in extension
    assert "延长10个工作日，延长后的答复期限为2026年5月18日" in extension
    slip = words_of(files_of(phone, "政府信息公开申请登记回执"))
    assert "答复期限\n2026年3月30日" in slip
    given = words_of(files_of(phone, FOUND[0]))
    assert given == f"{FOUND[0]}\n{FOUND[1].replace('13900001234', '139****1234')}"


# A fee.

LAPSED = "办理结果：逾期不缴费，不再处理（D52），2026年4月2日 周四。"


def test_a_fee_that_is_never_paid_ends_a_request_by_itself(
    staff: People, served: Server, phone: Visitor
) -> None:
    receipt = applies(phone)
    examined(staff.wen, DIRECTLY)
    many = {"计收方式": "按量计收", "页数": "250", "理由": "页数明显超过合理范围。"}
    acts(staff.wen, "提议收费（条例第42条）", **many)
    does(staff.tang, "审批收费", "同意收费", {"意见": "同意按量计收。"})
    served.set_clock("2026-03-03")
    sent = {"缴费方式": "到区政务服务中心窗口缴纳。", **BY_POST}
    does(staff.wen, "发收费通知", "签发", sent)
    served.set_clock("2026-03-04")
    arrived = {"申请人收到日期": "2026-03-04"}
    does(staff.wen, "登记收费通知送达", "登记", arrived)

    # Twenty working days from Thursday, 5 March, to Wednesday, 1 April.
    tracks(phone, receipt)
    assert "等您缴费" in told(phone)
    assert "信息处理费 4700元" in told(phone)
    assert "最迟 2026年4月1日 周三 缴费" in told(phone)
    notice = words_of(files_of(phone, "收费通知书"))
    assert "4700元" in notice
    served.set_clock("2026-04-01", "23:00")
    page = opens_request(staff.wen, receipt.number)
    assert LAPSED not in history(staff.wen)

    # On Thursday it is over, once, however often the runner comes by.
    served.set_clock("2026-04-02", "09:00")
    staff.wen.waits_until_shown(page, LAPSED)
    served.set_clock("2026-04-20", "09:00")
    staff.wen.page.wait_for_timeout(3_000)
    staff.wen.opens(page)
    assert history(staff.wen).count(LAPSED) == 1
    staff.wen.opens("/office/unclaimed")
    assert row_of(staff.wen, "结案告知", CONTENT).count() == 1
    tracks(phone, receipt)
    assert "已经办结：逾期不缴费" in told(phone)
    assert "2026年4月2日 周四" in told(phone)
    does(staff.wen, "结案告知", "签发、登记送达", BY_POST)
    tracks(phone, receipt)
    closing = words_of(files_of(phone, "不再处理告知书"))
    assert (
        "根据《政府信息公开信息处理费管理办法》第六条的规定，视为放弃申请。" in closing
    )
    assert "本机关自2026年4月2日起不再处理该政府信息公开申请。" in closing


# A request that nobody answers.


SOON = "区财政局 申请500199003-2026-0001 的“答复申请”3月30日到期。"
LATE = "区财政局 申请500199003-2026-0001 的“答复申请”应于3月30日办结，已经逾期。"
SLOW = "区财政局 申请500199003-2026-0001 的“办理”应于3月16日办结，已经逾期。"


def test_every_rung_of_an_overdue_request_is_found_once_by_whom_it_concerns(
    staff: People, served: Server, phone: Visitor
) -> None:
    # On Monday, 2 March: 办理 has ten working days, to Monday, 16 March; the answer
    # has twenty, to Monday, 30 March.
    receipt = applies(phone)
    examined(staff.wen, DIRECTLY)
    takes_step(staff.wen, "办理")

    served.set_clock("2026-03-16", "09:00")  # The last day: who has it in hand.
    staff.wen.waits_until_shown("/office/inbox", "提醒 1")
    assert reminders(staff.tang) == []
    served.set_clock("2026-03-17", "09:00")  # Tuesday: the head of disclosure.
    waits_for(staff.tang, SLOW)
    assert reminders(staff.tang) == [SLOW]
    assert reminders(staff.luo) == []
    acknowledges(staff.tang, SLOW)
    served.set_clock("2026-03-19", "09:00")  # Thursday: the head of the bureau.
    waits_for(staff.luo, SLOW)
    assert reminders(staff.luo) == [SLOW]
    acknowledges(staff.luo, SLOW)

    served.set_clock("2026-03-24", "09:00")  # Five working days before it is too late.
    waits_for(staff.tang, SOON)
    assert reminders(staff.tang) == [SOON]
    served.set_clock("2026-03-30", "09:00")  # The last day: told again, found once.
    waits_for(staff.tang, "提醒 2")
    assert reminders(staff.tang) == [SOON]
    assert reminders(staff.luo) == []
    served.set_clock("2026-03-31", "09:00")  # Tuesday: the head of the bureau.
    waits_for(staff.luo, LATE)
    assert reminders(staff.luo) == [LATE]
    assert reminders(staff.liang) == []
    served.set_clock("2026-04-02", "09:00")  # Thursday: the superior's office.
    waits_for(staff.liang, LATE)
    assert reminders(staff.liang) == [LATE]
    assert reminders(staff.luo) == [LATE]
    for other in (staff.wen, staff.qin, staff.lu, staff.gu):
        assert reminders(other) == []
    acknowledges(staff.liang, LATE)

    # The register, the bar and the applicant's page say how late it is.
    looks_for(staff.tang, "逾期")
    line = staff.tang.page.locator("tr", has_text=receipt.number)
    expect(line).to_contain_text("逾期 3 日")
    opens_request(staff.wen, receipt.number)
    bar = staff.wen.page.locator("svg.gk-clock")
    expect(bar).to_have_attribute(
        "aria-label", "3月2日收到；3月30日最迟答复；到4月2日已经逾期。"
    )
    expect(bar.locator("rect.gk-clock-late")).to_be_visible()
    tracks(phone, receipt)
    assert "超过了答复期限" in told(phone)
    assert "答复期限是 2026年3月30日 周一，已经过了" in told(phone)


# Another agency.


#: Clerks, handlers, reviewers and heads of the government and of its office.
STRANGERS = ("dai", "lin", "zhou", "gao", "peng", "han", "qin", "liang", "lu", "gu")
LISTS = (
    *("/office/inbox", "/office/unclaimed", "/office/done"),
    *("/office/requests?standing=all", "/office/annual-report", f"/?q={CONTENT[:7]}"),
)


def addresses(person: Visitor, part: str) -> set[str]:
    """Return the addresses on a page that lie below a path."""
    found = person.page.locator(f"a[href*='{part}']")
    return set(found.evaluate_all("all => all.map(each => each.href)"))


def test_staff_of_another_agency_find_nothing(
    staff: People, phone: Visitor, tmp_path: Path
) -> None:
    receipt = applies(phone)
    takes_step(staff.wen, "初步审查")
    task = staff.wen.page.url
    asks_to_correct(staff.wen, "2026-03-02")
    brought: dict[str, Answer] = {
        "收到补正的日期": "2026-03-02",
        "补正的材料": found(tmp_path),
    }
    does(staff.wen, "等待补正", "已补正", brought)
    page = opens_request(staff.wen, receipt.number)
    (letter, *letters) = addresses(staff.wen, "/office/letters/")
    files = addresses(staff.wen, "/office/files/")
    assert (len(letters), len(files)) == (1, 1)
    closed = {
        *(task, f"{staff.wen.address}{page}", letter, f"{letter}/word", *letters),
        *files,
    }
    for address in closed:
        assert staff.wen.page.request.get(address).status == 200
    for login in STRANGERS:
        other: Visitor = getattr(staff, login)
        for path in LISTS:
            other.opens(path)
            assert CONTENT not in other.page.content()
            assert receipt.number not in other.page.content()
        for address in closed:
            assert other.page.request.get(address).status == 404
    # Nor does a visitor without a login.
    for address in closed:
        phone.page.goto(address)
        expect(phone.page.get_by_label("密码")).to_be_visible()
