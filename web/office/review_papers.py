"""One paper on the review desk: its texts, findings, items, and what changed."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from engine.content.findings import EXCEPTIONS, excuses
from engine.content.mangled import needs_typing
from engine.work import Work
from models.documents import PAPER_ROLE_NAMES, PaperRole, PaperVersion, VersionKind
from models.reviews import ANSWER_NAMES, Answer, Finding, Opinion, ReviewRound
from models.workflow import Case
from processes.registers import copies, findings, marks
from processes.registers.checklists import (
    content_checks,
    publication_checks,
    secrecy_items,
)
from processes.registers.reading import is_locked, reading_of
from processes.registers.reviews import LEVEL_NAMES, SECRECY_STEPS
from web.formatting import instant_in_words
from web.office.review_desk import Grid, Line, Spot, in_the_copy, shown
from web.office.text_changes import Changes, changes

_CONTENT = "content_review"
_STEP_NAMES = {
    **dict(zip(SECRECY_STEPS, LEVEL_NAMES, strict=True)),
    _CONTENT: "内容审查",
}
ITEM_ANSWERS = {
    "clear": "不涉及",
    "involved": "涉及",
    "unsure": "拿不准",
    "fit": "通过",
    "unfit": "有问题",
}

#: Answers from which others can learn how a like matter was handled.
NOTABLE = {"involved", "unsure", "unfit"}

#: How it is said what became of an earlier mark.
_LOST_ANSWERS = {
    Answer.ACCEPT: "这一版里没有了",
    Answer.REDACT: "已经重新遮盖",
    Answer.EXPLAIN: "不再遮盖",
}

#: What a kind of finding is called on its card.
_NAMES = {
    findings.MANUAL: "人工标记",
    findings.LOST_MARK: "上一版里手工遮盖、这一版没有找到的内容",
    findings.SECRET_MARK: "密级标志",
    findings.UNREAD: "未检查",
    "identity_number": "身份证号码",
    "mobile_phone": "手机号码",
    "bank_card": "银行卡号",
    "passport": "护照号码",
    "home_address": "家庭住址",
    "vehicle_plate": "车牌号码",
    "landline": "固定电话",
    "email": "电子邮箱",
    "credit_code": "统一社会信用代码",
    "half_width_punctuation": "半角标点",
    "traditional_characters": "繁体字",
    "pinyin_in_brackets": "括号里的拼音",
    "misread_bytes": "乱码",
    "lost_characters": "丢失的字",
    "invisible_characters": "看不见的字符",
    "page_debris": "网页残留",
    "missing_document_number": "没有文号",
    "missing_date": "没有日期",
    "missing_title": "没有标题",
    "missing_issuer": "没有发文机关",
}


@dataclass(frozen=True)
class FindingView:
    """A finding as its card shows it."""

    id: str
    code: str
    number: int
    name: str
    label: str
    message: str
    context: str
    suggestion: str
    replacement: str
    has_place: bool
    settled: bool
    needs_typing: bool
    #: How it may be answered, and the exceptions that excuse it: value and words.
    answers: tuple[tuple[str, str], ...]
    exceptions: tuple[tuple[str, str], ...]
    answer: str
    answer_name: str
    explanation: str
    exception: str
    why: str
    answered_by: str
    carried: bool

    @property
    def open(self) -> bool:
        """Whether somebody still has to answer it."""
        return not self.answer

    @property
    def can_explain(self) -> bool:
        """Whether it may stay for a reason."""
        return any(value == Answer.EXPLAIN for value, _ in self.answers)


@dataclass(frozen=True)
class ItemView:
    """An item that is judged, and what others have said of it on these bytes."""

    code: str
    name: str
    hint: str
    earlier: str


@dataclass(frozen=True)
class PaperView:
    """A paper with all that the desk shows of it."""

    key: str
    title: str
    role: str
    number: int
    version: PaperVersion
    copy: PaperVersion | None
    original: list[Line | Grid]
    public: list[Line | Grid]
    findings: list[FindingView]
    items: list[ItemView]
    unread: list[str]
    #: What changed since the actor last read it: a sentence, and the lines.
    changed: str
    changes: Changes | None

    @property
    def open(self) -> int:
        """How many findings still want an answer."""
        return sum(each.open for each in self.findings)


def paper_view(
    work: Work, case: Case, version: PaperVersion, element: str
) -> PaperView:
    """Return a paper as it stands on the desk, for the actor of the work."""
    paper = version.paper
    copy = paper.public_copy
    reading = reading_of(work, version)
    order = {block.address: n for n, block in enumerate(reading.blocks)}
    rows = sorted(
        findings.of_version(work.session, version),
        key=lambda row: (order.get(row.address, len(order)), row.start, row.id),
    )
    views = _numbered(work, rows)
    spots = [
        _spot(row, view)
        for row, view in zip(rows, views, strict=True)
        if not view.settled
    ]
    public: list[Line | Grid] = []
    if copy is not None:
        blocks = copies.text_of(work, copy)
        cuts = copies.cuts_of(work, version, reading)
        moved = in_the_copy(reading.visible, blocks, cuts, spots)
        public = shown(blocks, moved, "cut")
    sentence, changed = _changes(work, case, version, element)
    return PaperView(
        key=paper.public_id,
        title=paper.title,
        role=PAPER_ROLE_NAMES[PaperRole(paper.role)],
        number=version.number,
        version=version,
        copy=copy,
        original=shown(reading.visible, spots, "mark"),
        public=public,
        findings=views,
        items=_items(work, case, copy, element) if copy else [],
        unread=list(copy.unread if copy else version.unread),
        changed=sentence,
        changes=changed,
    )


def together(work: Work, case: Case, round_: ReviewRound) -> list[ItemView]:
    """Return what is judged once for all papers, with what was stated of it."""
    stated = {"wording": round_.wording, "timing": round_.timing, "way": round_.way}
    return [
        ItemView(item.code, item.name, stated.get(item.code) or item.hint, "")
        for item in publication_checks(work, case)
    ]


def name_of(finding: Finding) -> str:
    """Return what a finding's kind is called."""
    return _NAMES.get(finding.code, finding.message.partition("，")[0][:12])


def answer_in_words(finding: Finding) -> str:
    """Return how a finding was answered."""
    if finding.answer is None:
        return ""
    return _answer_name(finding, Answer(finding.answer))


def _answer_name(finding: Finding, answer: Answer) -> str:
    if finding.code == findings.MANUAL and answer == Answer.ACCEPT:
        return "取消遮盖"
    if finding.code == findings.LOST_MARK:
        return _LOST_ANSWERS[answer]
    if finding.code == findings.UNREAD:
        return "已人工查看"
    if finding.suggestion == "explain":
        # What is missing cannot be kept.
        return "说明"
    return ANSWER_NAMES[answer]


def _numbered(work: Work, rows: Sequence[Finding]) -> list[FindingView]:
    """Return findings with numbers; what no copy ever has needs none."""
    number, views = 0, []
    for row in rows:
        number += not findings.is_settled(row)
        views.append(_finding(work, row, number))
    return views


def _finding(work: Work, row: Finding, number: int) -> FindingView:
    who = row.answerer.name if row.answerer else ""
    at = instant_in_words(row.answered_at, work.today)
    return FindingView(
        id=row.public_id,
        code=row.code,
        number=number,
        name=name_of(row),
        label=row.label,
        message=row.message,
        context=_context(work, row),
        suggestion=row.suggestion,
        replacement=row.replacement,
        has_place=bool(row.address),
        settled=findings.is_settled(row),
        needs_typing=needs_typing(row.replacement),
        answers=tuple(
            (each.value, _answer_name(row, each)) for each in findings.allowed(row)
        ),
        exceptions=tuple(
            (code, words)
            for code, words in EXCEPTIONS.items()
            if excuses(code, row.code)
        ),
        answer=row.answer or "",
        answer_name=answer_in_words(row),
        explanation=row.explanation,
        exception=row.exception,
        why=row.explanation or EXCEPTIONS.get(row.exception, ""),
        answered_by=f"{who}，{at}" if who else "",
        carried=row.carried,
    )


def _context(work: Work, row: Finding) -> str:
    """Return the text around a finding; of an earlier mark, what was marked."""
    if row.code != findings.LOST_MARK:
        return row.context
    return marks.words_of(work, row) or "上一版已经封存，不能再看。持原件核对。"


def _spot(row: Finding, view: FindingView) -> Spot:
    state = "open" if view.open else "kept"
    return Spot(view.id, view.number, row.address, row.start, row.end, state)


def _items(work: Work, case: Case, copy: PaperVersion, element: str) -> list[ItemView]:
    found = (
        content_checks(work, case)
        if element == _CONTENT
        else secrecy_items(work, case, copy)
    )
    given = work.session.scalars(
        select(Opinion)
        .where(
            Opinion.case_id == case.id,
            Opinion.sha256 == copy.file.sha256,
            Opinion.aspect != "",
        )
        .order_by(Opinion.id)
    ).all()
    newest = {(each.aspect, each.step): each for each in given}
    return [
        ItemView(item.code, item.name, item.hint, _earlier(item.code, newest))
        for item in found
    ]


def _earlier(code: str, newest: dict[tuple[str, str], Opinion]) -> str:
    said = [
        f"{_STEP_NAMES.get(step, '')} {each.giver.name}："
        f"{ITEM_ANSWERS.get(each.outcome, '')}"
        + (f"（{each.text}）" if each.text else "")
        for (aspect, step), each in newest.items()
        if aspect == code
    ]
    return "；".join(said)


def _changes(
    work: Work, case: Case, version: PaperVersion, element: str
) -> tuple[str, Changes | None]:
    """Return what changed since the actor's last word on this paper."""
    read = _last_read(work, case, version, element)
    now = version.paper.public_copy if element != "prepare_copy" else version
    if read is None or now is None:
        return "", None
    before, when = read
    said = f"您{when}看的" if when else "上次制作公开件用的"
    if before.file.sha256 == now.file.sha256:
        return f"和{said}是同一份，没有改动", None
    if is_locked(work.session, before.file):
        return "", None
    found = changes(_lines(work, before), _lines(work, now))
    if not found.places:
        return f"和{said}相比，文字没有改动，文件重新制作过", None
    return f"和{said}相比，改了 {found.places} 处", found


def _last_read(
    work: Work, case: Case, version: PaperVersion, element: str
) -> tuple[PaperVersion, str] | None:
    if element == "prepare_copy":
        made = version.paper.newest(VersionKind.PUBLIC)
        return (made.made_from, "") if made and made.made_from else None
    opinion = work.session.scalars(
        select(Opinion)
        .join(PaperVersion)
        .where(
            Opinion.case_id == case.id,
            Opinion.given_by == work.actor.person_id,
            Opinion.aspect == "",
            PaperVersion.paper_id == version.paper_id,
            PaperVersion.kind == VersionKind.PUBLIC,
        )
        .order_by(Opinion.id.desc())
        .limit(1)
    ).one_or_none()
    if opinion is None:
        return None
    return opinion.version, instant_in_words(opinion.given_at, work.today)


def _lines(work: Work, version: PaperVersion) -> Sequence[str]:
    if version.kind == VersionKind.PUBLIC:
        return [block.text for block in copies.text_of(work, version)]
    return [block.text for block in reading_of(work, version).visible]
