"""The annual report's tables 3 and 4, counted from the registers.

Format of 国办公开办函〔2021〕30号. The unit is 件, one row of the register. Each number
is one clause: the tables count by it, and the list of the cases behind the number uses
the same one.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, and_, func, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from models.applications import APPLICANT_KIND_NAMES, ApplicantKind
from models.challenges import Challenge, ChallengeKind, ChallengeResult
from models.fees import ProcessingFee
from models.requests import InformationRequest
from processes.registers.decision_codes import CODES

#: Numbers by row and column, as printed.
Table = list[list[int]]
#: Which agencies a report is of, by key; None stands for all there are.
Agencies = Collection[int] | None


@dataclass(frozen=True)
class Row:
    """One row of table 3: its words at up to three levels."""

    section: str
    group: str = ""
    words: str = ""

    @property
    def in_words(self) -> str:
        """The row's name, as it stands alone."""
        return self.words or self.group or self.section


@dataclass(frozen=True)
class Label:
    """A cell of words before a row's numbers, over so many rows and columns."""

    words: str
    height: int
    width: int


_RESULTS = "三、本年度办理结果"
_WITHHELD = "（三）不予公开"
_UNAVAILABLE = "（四）无法提供"
_NOT_HANDLED = "（五）不予处理"
_OTHER = "（六）其他处理"

ROWS = (
    Row("一、本年新收政府信息公开申请数量"),
    Row("二、上年结转政府信息公开申请数量"),
    Row(_RESULTS, "（一）予以公开"),
    Row(_RESULTS, "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"),
    Row(_RESULTS, _WITHHELD, "1.属于国家秘密"),
    Row(_RESULTS, _WITHHELD, "2.其他法律行政法规禁止公开"),
    Row(_RESULTS, _WITHHELD, "3.危及“三安全一稳定”"),
    Row(_RESULTS, _WITHHELD, "4.保护第三方合法权益"),
    Row(_RESULTS, _WITHHELD, "5.属于三类内部事务信息"),
    Row(_RESULTS, _WITHHELD, "6.属于四类过程性信息"),
    Row(_RESULTS, _WITHHELD, "7.属于行政执法案卷"),
    Row(_RESULTS, _WITHHELD, "8.属于行政查询事项"),
    Row(_RESULTS, _UNAVAILABLE, "1.本机关不掌握相关政府信息"),
    Row(_RESULTS, _UNAVAILABLE, "2.没有现成信息需要另行制作"),
    Row(_RESULTS, _UNAVAILABLE, "3.补正后申请内容仍不明确"),
    Row(_RESULTS, _NOT_HANDLED, "1.信访举报投诉类申请"),
    Row(_RESULTS, _NOT_HANDLED, "2.重复申请"),
    Row(_RESULTS, _NOT_HANDLED, "3.要求提供公开出版物"),
    Row(_RESULTS, _NOT_HANDLED, "4.无正当理由大量反复申请"),
    Row(_RESULTS, _NOT_HANDLED, "5.要求行政机关确认或重新出具已获取信息"),
    Row(
        _RESULTS,
        _OTHER,
        "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
    ),
    Row(
        _RESULTS,
        _OTHER,
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
    ),
    Row(_RESULTS, _OTHER, "3.其他"),
    Row(_RESULTS, "（七）总计"),
    Row("四、结转下年度继续办理"),
)

#: Over how many columns the words of a row stand.
LEVELS = 3
#: What is printed in the corner of the table.
CORNER = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"

#: Where the rows are in the table, from 0.
RECEIVED, CARRIED_IN, FIRST_RESULT, TOTAL, CARRIED_OVER = 0, 1, 2, 23, 24
#: Where the columns are: six kinds of applicants, and their sum.
KINDS = tuple(ApplicantKind)
COLUMNS = (*(APPLICANT_KIND_NAMES[kind] for kind in KINDS), "总计")
SUM = len(KINDS)

#: Table 4: one block for each way to challenge, and five columns in each.
BLOCKS = tuple(ChallengeKind)
RESULTS = tuple(ChallengeResult)
PENDING = len(RESULTS)
RESULT_COLUMNS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")


@dataclass(frozen=True)
class FeesCollected:
    """信息处理费 that came in within a year."""

    requests: int
    amount: Decimal


def labels() -> list[list[Label]]:
    """Return the words before each row's numbers; a group's stand at its first row."""
    found: list[list[Label]] = []
    for at, row in enumerate(ROWS):
        before = ROWS[at - 1] if at else Row("")
        cells = []
        if row.section != before.section:
            height = sum(each.section == row.section for each in ROWS)
            cells.append(Label(row.section, height, 1 if row.group else LEVELS))
        if row.group and row.group != before.group:
            height = sum(each.group == row.group for each in ROWS)
            cells.append(Label(row.group, height, 1 if row.words else LEVELS - 1))
        if row.words:
            cells.append(Label(row.words, 1, 1))
        found.append(cells)
    return found


def requests_behind(row: int, year: int) -> ColumnElement[bool]:
    """Return the clause on InformationRequest for what a row of table 3 counts.

    Received is what Art 31 says; what nobody confirmed is counted nowhere, nor what
    was registered by mistake.
    """
    return InformationRequest.is_counted & _in_row(row, year)


def _in_row(row: int, year: int) -> ColumnElement[bool]:
    begins, after = date(year, 1, 1), date(year + 1, 1, 1)
    request = InformationRequest
    if row == RECEIVED:
        return (request.received_on >= begins) & (request.received_on < after)
    if row == CARRIED_IN:
        return _open_at(begins)
    if row == CARRIED_OVER:
        return _open_at(after)
    closed = and_(
        request.closed_on >= begins,
        request.closed_on < after,
        request.received_on < after,
    )
    if row == TOTAL:
        return closed
    codes = [each.code for each in CODES.values() if _row_of(each.row) == row]
    return closed & request.decision_code.in_(codes)


def table3(session: Session, year: int, agencies: Agencies = None) -> Table:
    """Count the requests of a year: 25 rows of 7 numbers."""
    kind, code = InformationRequest.applicant_kind, InformationRequest.decision_code
    of = _of(InformationRequest.agency_id, agencies)
    counted = [[0] * SUM for _ in ROWS]
    for row in (RECEIVED, CARRIED_IN, CARRIED_OVER):
        clause = requests_behind(row, year)
        found = select(kind, func.count()).where(clause, of).group_by(kind)
        for who, count in session.execute(found):
            counted[row][_column(who)] += count
    closed = requests_behind(TOTAL, year)
    results = select(kind, code, func.count()).where(closed, of).group_by(kind, code)
    for who, what, count in session.execute(results):
        for row in (_row_of(CODES[what].row), TOTAL):
            counted[row][_column(who)] += count
    return [[*numbers, sum(numbers)] for numbers in counted]


def challenges_behind(
    block: ChallengeKind, column: int, year: int
) -> ColumnElement[bool]:
    """Return the clause on Challenge for what a cell of table 4 counts: what ended in
    the year by its result, and what was pending when the year was over."""
    of_block = Challenge.kind == block
    if column == PENDING:
        return of_block & _pending_after(year)
    if column > PENDING:
        return of_block & (_ended_in(year) | _pending_after(year))
    return of_block & _ended_in(year) & (Challenge.result == RESULTS[column])


def table4(session: Session, year: int, agencies: Agencies = None) -> Table:
    """Count the challenges of a year: 3 rows of 5 numbers."""
    kind, result = Challenge.kind, Challenge.result
    of = _of(Challenge.agency_id, agencies)
    counted = [[0] * (PENDING + 1) for _ in BLOCKS]
    ended = select(kind, result, func.count()).where(_ended_in(year), of)
    for block, how, count in session.execute(ended.group_by(kind, result)):
        column = RESULTS.index(ChallengeResult(how or ""))
        counted[BLOCKS.index(ChallengeKind(block))][column] += count
    pending = select(kind, func.count()).where(_pending_after(year), of)
    for block, count in session.execute(pending.group_by(kind)):
        counted[BLOCKS.index(ChallengeKind(block))][PENDING] += count
    return [[*numbers, sum(numbers)] for numbers in counted]


def fees_collected(
    session: Session, year: int, agencies: Agencies = None
) -> FeesCollected:
    """Return what was paid in a year (chapter six states it)."""
    count, amount = session.execute(
        select(func.count(), func.sum(ProcessingFee.amount))
        .join(InformationRequest, InformationRequest.id == ProcessingFee.request_id)
        .where(
            ProcessingFee.paid_on >= date(year, 1, 1),
            ProcessingFee.paid_on < date(year + 1, 1, 1),
            _of(InformationRequest.agency_id, agencies),
        )
    ).one()
    return FeesCollected(count, Decimal(amount or 0))


def _open_at(morning: date) -> ColumnElement[bool]:
    """Return the clause for what had been received and not closed before a day."""
    # No index serves the first half, on purpose: a plan then goes by what was closed
    # since, or is open, and not by all that was ever received.
    received_before = func.coalesce(InformationRequest.received_on, date.max) < morning
    return received_before & or_(
        InformationRequest.closed_on.is_(None), InformationRequest.closed_on >= morning
    )


def _ended_in(year: int) -> ColumnElement[bool]:
    begins, after = date(year, 1, 1), date(year + 1, 1, 1)
    return (Challenge.result_on >= begins) & (Challenge.result_on < after)


def _pending_after(year: int) -> ColumnElement[bool]:
    after = date(year + 1, 1, 1)
    return (Challenge.notified_on < after) & or_(
        Challenge.result_on.is_(None), Challenge.result_on >= after
    )


def _row_of(counted_row: int) -> int:
    """Return where one of the 21 results stands in the table."""
    return FIRST_RESULT + counted_row - 1


def _column(kind: str) -> int:
    return KINDS.index(ApplicantKind(kind))


def _of(column: InstrumentedAttribute[int], agencies: Agencies) -> ColumnElement[bool]:
    return true() if agencies is None else column.in_(agencies)
