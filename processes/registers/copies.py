"""Public copies: made anew from an office version, without what was taken out."""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import PurePath

from engine.authoring import BadFile, InvalidAnswers, Work, content, files
from models.documents import PaperRole, PaperVersion
from models.reviews import Answer, Finding
from models.workflow import Case
from processes.registers import findings, marks, papers
from processes.registers.reading import reading_of

#: What a public copy never shows with its text.
_REDACTED = frozenset({Answer.REDACT})


def make(
    work: Work, case: Case, versions: Sequence[PaperVersion]
) -> list[PaperVersion]:
    """Make the public copies of office versions, and read them back.

    Properties, comments and revisions are gone even where nothing was cut. The same
    bytes are not made twice: opinions on them stand.

    Raises:
        InvalidAnswers: cuts overlap, something is left, or no copy can be made.
    """
    # Nobody reads sound and film by machine; people have heard and seen them.
    readable = [v for v in versions if v.file.media_type not in files.MEDIA]
    content.prepare_readings(work, [version.file for version in readable])
    orders = [_order(work, version) for version in readable]
    made = dict(zip(readable, content.made_copies(work, orders), strict=True))
    return [
        _kept(work, case, version, _proved(version, made[version]))
        if version in made
        else _kept(work, case, version, _as_it_is(work, version))
        for version in versions
    ]


def _order(work: Work, version: PaperVersion) -> content.CopyOrder:
    reading = reading_of(work, version)
    return content.CopyOrder(
        version.file,
        cuts_of(work, version, reading),
        _forbidden(work, version, reading),
    )


def _proved(version: PaperVersion, made: content.MadeCopy) -> content.MadeCopy:
    if made.refused:
        raise InvalidAnswers({"findings": [_of(version, made.refused)]})
    if made.found:
        places = "、".join(made.found)
        sentence = f"遮盖的内容在公开件里还找得到：{places}。把这几处也遮盖，再提交"
        raise InvalidAnswers({"findings": [_of(version, sentence)]})
    return made


def _as_it_is(work: Work, version: PaperVersion) -> content.MadeCopy:
    data = work.engine.files.get(version.file)
    return content.MadeCopy(data, unread=tuple(version.unread))


def cuts_of(
    work: Work, version: PaperVersion, reading: content.Reading
) -> list[content.Cut]:
    """Return what the answers to a version's findings change in its public copy.

    Raises:
        InvalidAnswers: a correction would stand in the middle of a redaction.
    """
    visible = {block.address for block in reading.visible}
    return joined(
        [
            each
            for each in findings.of_version(work.session, version)
            if each.address in visible and each.answer in (Answer.REDACT, Answer.REPAIR)
        ]
    )


def joined(changes: Sequence[Finding]) -> list[content.Cut]:
    """Return changes as cuts that do not overlap.

    Where two overlap the longer one stands: a line that goes takes along what is in
    it. Two redactions that meet become one.

    Raises:
        InvalidAnswers: a correction would stand in the middle of a redaction.
    """
    cuts: list[content.Cut] = []
    of_cut: list[Finding] = []
    for each in sorted(changes, key=lambda each: (each.address, each.start, -each.end)):
        cut = _cut(each)
        if not cuts or not _meet(cuts[-1], cut):
            cuts.append(cut)
            of_cut.append(each)
            continue
        cuts[-1] = _together(cuts[-1], of_cut[-1], cut, each)
    return cuts


def text_of(work: Work, copy: PaperVersion) -> Sequence[content.Block]:
    """Return the text of a public copy for a page, also where the copy is a picture.

    A page with redactions is a picture in a PDF; its text is that of the office
    version with the same changes, as long as these are the ones it was made with.
    """
    if copy.made_from is None or not copy.unread:
        return reading_of(work, copy).visible
    changed = [
        each
        for each in findings.of_version(work.session, copy.made_from)
        if each.answered_at is not None and each.answered_at > copy.made_at
    ]
    if changed:
        return reading_of(work, copy).visible
    reading = reading_of(work, copy.made_from)
    return content.cut_blocks(reading.visible, cuts_of(work, copy.made_from, reading))


def _cut(finding: Finding) -> content.Cut:
    text = finding.replacement
    if finding.answer == Answer.REDACT:
        text = text or findings.BLANK
    return content.Cut(finding.address, finding.start, finding.end, text)


def _meet(first: content.Cut, second: content.Cut) -> bool:
    return first.address == second.address and second.start < first.end


def _together(
    first: content.Cut, of_first: Finding, second: content.Cut, of_second: Finding
) -> content.Cut:
    """Return what stands for two changes that overlap."""
    both = {of_first.answer, of_second.answer}
    inside = second.end <= first.end
    if both == _REDACTED:
        if inside:
            return first
        return content.Cut(first.address, first.start, second.end, findings.BLANK)
    if inside and (of_first.answer == Answer.REDACT or not first.replacement):
        return first
    sentence = "这一处的改正和另一处遮盖重叠。先不改正，或者把整段遮盖"
    at_fault = of_first if of_first.answer == Answer.REPAIR else of_second
    raise InvalidAnswers({f"findings.{at_fault.public_id}.answer": [sentence]})


def _forbidden(
    work: Work, version: PaperVersion, reading: content.Reading
) -> list[str]:
    texts = {block.address: block.text for block in reading.blocks}
    rows = findings.of_version(work.session, version)
    return [
        *(
            marks.telling(texts[each.address], each.start, each.end)
            for each in rows
            if each.address in texts and each.answer == Answer.REDACT
        ),
        *(
            marks.value_of(work, each)
            for each in rows
            if each.code == findings.LOST_MARK and each.answer != Answer.EXPLAIN
        ),
    ]


def _kept(
    work: Work,
    case: Case,
    version: PaperVersion,
    made: content.MadeCopy,
) -> PaperVersion:
    standing = version.paper.public_copy
    if standing is not None and standing.file.sha256 == sha256(made.data).hexdigest():
        return standing
    try:
        file = files.store(
            work,
            _name(version),
            made.data,
            root_id=case.root_id,
            accepted=(version.file.media_type,),
        )
    except BadFile as bad:
        raise InvalidAnswers({"findings": [_of(version, bad.message)]}) from bad
    copy = papers.add_version(work, case, version.paper, file, made_from=version)
    copy.unread = list(made.unread)
    return copy


def _name(version: PaperVersion) -> str:
    """Call the copy as the public does; the office's file name may tell too much."""
    paper = version.paper
    title = paper.document.title if paper.role == PaperRole.TEXT else paper.title
    return f"{title[:150]}{PurePath(version.file.name).suffix.lower()}"


def _of(version: PaperVersion, sentence: str) -> str:
    return f"{version.paper.title}：{sentence}"
