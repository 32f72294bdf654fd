"""Whether an annual report holds together: the checks C1 to C13, and what to mend.

The identity of C3 is printed in the official table; the others are what reports are
commonly refused for. Pure: a report is a value.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from processes.registers.annual_figures import AMOUNT, CELLS, Figures, in_digits
from processes.registers.annual_report import (
    CARRIED_IN,
    CARRIED_OVER,
    COLUMNS,
    FIRST_RESULT,
    PENDING,
    RECEIVED,
    ROWS,
    SUM,
    TOTAL,
    FeesCollected,
    Table,
)

#: The six chapters; a text chapter has the name of its text.
CHAPTERS: tuple[tuple[str, str], ...] = (
    ("一、总体情况", "overview"),
    ("二、主动公开政府信息情况", ""),
    ("三、收到和处理政府信息公开申请情况", ""),
    ("四、政府信息公开行政复议、行政诉讼情况", ""),
    ("五、存在的主要问题及改进情况", "problems"),
    ("六、其他需要报告的事项", "other"),
)
BLOCK_NAMES = ("行政复议", "行政诉讼（未经复议直接起诉）", "行政诉讼（复议后起诉）")


_NO_FEES = FeesCollected(0, Decimal(0))


@dataclass(frozen=True)
class Report:
    """One report: its tables, what was typed into it, and the one of the year before
    as far as it is known."""

    table3: Table
    table4: Table
    figures: Figures
    fees: FeesCollected = _NO_FEES
    #: The body may make 规章 (立法法: provinces, 设区的市 and their like).
    makes_rules: bool = False
    last_table3: Table | None = None
    #: Where that comes from: 定稿 that went out, or the register counted anew.
    last_basis: str = ""
    last_figures: Figures = field(default_factory=Figures)
    #: Agencies of a sum that have not typed their table 2.
    without_figures: Sequence[str] = ()


@dataclass(frozen=True)
class Check:
    """The outcome of one check; the message says what to do where it failed."""

    id: str
    ok: bool
    message: str


def checks(report: Report) -> list[Check]:
    """Check a report against all thirteen; C4 says what it compared with."""
    found = []
    for number, (fine, judge) in _CHECKS.items():
        faults = list(judge(report))
        message = _sentence(faults) if faults else fine
        if number == "C4":
            message = _with_basis(report, message)
        found.append(Check(number, not faults, message))
    return found


def _with_basis(report: Report, message: str) -> str:
    if report.last_table3 is None:
        return "没有上年的定稿，登记里也没有上年的申请，没有可以比较的数字。"
    return f"{message}比较的是{report.last_basis}。" if report.last_basis else message


def is_complete(report: Report) -> bool:
    """Tell whether no cell is blank (C8): only then it can be printed."""
    return not list(_blank_cells(report))


def _sentence(faults: Sequence[str]) -> str:
    shown = "；".join(faults[:_SHOWN])
    more = len(faults) - _SHOWN
    return f"{shown}；还有{more}处。" if more > 0 else f"{shown}。"


_SHOWN = 4


def _row_sums(report: Report) -> Iterator[str]:
    for row, numbers in zip(ROWS, report.table3, strict=True):
        summed = sum(numbers[:SUM])
        if numbers[SUM] != summed:
            yield (
                f"表三“{row.in_words}”的总计是{numbers[SUM]}，"
                f"六列之和是{summed}，两者要相等"
            )


def _column_sums(report: Report) -> Iterator[str]:
    for column, name in enumerate(COLUMNS):
        summed = sum(row[column] for row in report.table3[FIRST_RESULT:TOTAL])
        printed = report.table3[TOTAL][column]
        if printed != summed:
            yield (
                f"表三“{name}”列的（七）总计是{printed}，"
                f"21项结果之和是{summed}，两者要相等"
            )


def _balance(report: Report) -> Iterator[str]:
    for column, name in enumerate(COLUMNS):
        at = [row[column] for row in report.table3]
        came, went = at[RECEIVED] + at[CARRIED_IN], at[TOTAL] + at[CARRIED_OVER]
        if came != went:
            yield (
                f"表三“{name}”列：新收加上年结转是{came}，"
                f"办理结果总计加结转下年度是{went}，核对这一列的收到日期和办结日期"
            )


def _carried(report: Report) -> Iterator[str]:
    if report.last_table3 is None:
        return
    last, now = report.last_table3[CARRIED_OVER], report.table3[CARRIED_IN]
    for name, then, here in zip(COLUMNS, last, now, strict=True):
        if then != here:
            yield (
                f"“{name}”列：上年报告结转下年度{then}件，"
                f"本年上年结转{here}件，核对年底前后办结的申请"
            )


def _challenge_sums(report: Report) -> Iterator[str]:
    for name, numbers in zip(BLOCK_NAMES, report.table4, strict=True):
        summed = sum(numbers[: PENDING + 1])
        if numbers[-1] != summed:
            yield (f"表四“{name}”的总计是{numbers[-1]}，四项之和是{summed}，两者要相等")


def _in_force(report: Report) -> Iterator[str]:
    for name, prefix in (("规章", "regulations"), ("行政规范性文件", "normative")):
        before = report.last_figures.cells[f"{prefix}_in_force"]
        made, repealed, now = (
            report.figures.cells[f"{prefix}_{x}"]
            for x in ("made", "repealed", "in_force")
        )
        if before is None or made is None or repealed is None or now is None:
            continue
        due = before + made - repealed
        if now != due:
            yield (
                f"表二“{name}”：上年现行有效{in_digits(before)}，"
                f"加制发{in_digits(made)}，减废止{in_digits(repealed)}，"
                f"应为{in_digits(due)}，写的是{in_digits(now)}，核对这几个数"
            )


def _texts_agree(report: Report) -> Iterator[str]:
    text = "".join("".join(each.split()) for each in report.figures.texts.values())
    totals = [row[SUM] for row in report.table3]
    direct, after = report.table4[1][-1], report.table4[2][-1]
    tables = (
        (_NEW, "新收申请", totals[RECEIVED]),
        (_FROM_LAST, "上年结转", totals[CARRIED_IN]),
        (_TO_NEXT, "结转下年度", totals[CARRIED_OVER]),
        (_RECONSIDERED, "行政复议", report.table4[0][-1]),
        (_SUED, "行政诉讼", direct + after),
    )
    for pattern, name, number in tables:
        for said in pattern.findall(text):
            told = int(said.replace(",", "").replace("，", ""))
            if told != number:
                yield f"文字写{name}{told}件，表里是{number}件，改成一致"


_NUMBER = r"[^\d。；，]{0,20}?(\d[\d,]*)[件宗起]"
_NEW = re.compile(rf"(?:新收|收到|受理)[^\d。；，]{{0,20}}?申请{_NUMBER}")
_FROM_LAST = re.compile(rf"(?:上年度?|上一年度?)结转{_NUMBER}")
_TO_NEXT = re.compile(rf"结转(?:至|到)?(?:下年度?|下一年度?){_NUMBER}")
_RECONSIDERED = re.compile(rf"行政复议{_NUMBER}")
_SUED = re.compile(rf"行政诉讼{_NUMBER}")


def _blank_cells(report: Report) -> Iterator[str]:
    for name in report.without_figures:
        yield f"{name}还没有填表二，请它填好"
    if not report.figures.is_there:
        if not report.without_figures:
            yield "表二还没有填，填好每一格，没有的写 0"
        return
    blank = sum(report.figures.cells[name] is None for name in CELLS)
    if blank:
        yield f"表二还有{blank}格空着，没有的写 0"


def _whole_numbers(report: Report) -> Iterator[str]:
    negative = any(number < 0 for row in report.table3 for number in row)
    if negative or any(number < 0 for row in report.table4 for number in row):
        yield "表三、表四的数字是不小于0的整数，核对登记"
    for name, cell in report.figures.cells.items():
        if cell is None:
            continue
        broken = name != AMOUNT and cell != cell.to_integral_value()
        if cell < 0 or broken:
            yield (
                f"表二的“{in_digits(cell)}”要改成不小于0的整数，只有收费金额可以有小数"
            )


def _rules(report: Report) -> Iterator[str]:
    cells = report.figures.cells
    regulations = [name for name in CELLS if name.startswith("regulations_")]
    if not report.makes_rules and any(cells[name] for name in regulations):
        yield "只有省、设区的市一类的政府能制定规章（立法法），本机关这三格写 0"


def _problems_told(report: Report) -> Iterator[str]:
    texts = report.figures.texts
    if texts["problems"].strip(" 。.") in ("", "无", "没有"):
        yield "第五章没有写问题和改进，不能空着，也不能只写“无”"
    if report.fees.requests and "信息处理费" not in texts["other"]:
        yield (
            f"本年收取信息处理费{report.fees.requests}件，第六章没有写，补上件数和金额"
        )


def _chapters(report: Report) -> Iterator[str]:
    for title, name in CHAPTERS:
        # What chapter five must say is C11's.
        if name in ("overview", "other") and not report.figures.texts[name].strip():
            yield f"“{title}”还没有写"


def _kinds(_report: Report) -> Iterator[str]:
    """Find nothing: the database takes no applicant of a seventh kind."""
    return iter(())


_Judge = Callable[[Report], Iterator[str]]
_CHECKS: Mapping[str, tuple[str, _Judge]] = {
    "C1": ("表三每一行的总计等于六列之和。", _row_sums),
    "C2": ("表三每一列的（七）总计等于21项结果之和。", _column_sums),
    "C3": ("新收加上年结转等于办理结果总计加结转下年度，每一列都成立。", _balance),
    "C4": ("上年结转与上年报告的结转下年度一致，每一列都成立。", _carried),
    "C5": ("表四每一项的总计等于四种情形之和。", _challenge_sums),
    "C6": ("规章、规范性文件的现行有效数与上年接得上。", _in_force),
    "C7": ("文字里的数字与表一致。", _texts_agree),
    "C8": ("每一格都有数字，没有的写了 0。", _blank_cells),
    "C9": ("数量都是不小于0的整数，只有收费金额有小数。", _whole_numbers),
    "C10": ("规章的数字与制定权相符。", _rules),
    "C11": ("第五章写了问题和改进，收费情况写进了第六章。", _problems_told),
    "C12": ("六章齐全，顺序和标题符合格式。", _chapters),
    "C13": ("申请人都是六类之一；律师代理个人申请的按自然人计。", _kinds),
}
