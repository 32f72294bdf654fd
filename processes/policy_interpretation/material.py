"""解读材料: a text in six parts, always, and files in the forms that the plan names."""

from collections.abc import Sequence
from typing import Any

from engine.authoring import InvalidAnswers, Work, content, files, settings
from models.documents import DocumentKind, Paper, PaperRole, PaperVersion, VersionKind
from models.interpretations import (
    INTERPRETATION_FORM_NAMES,
    SECTION_NAMES,
    Interpretation,
    InterpretationForm,
    Section,
)
from models.records import StoredFile
from processes.policy_interpretation.forms import FILES
from processes.registers import papers
from processes.registers.interpretations import papers_of, title_of
from processes.registers.reading import LOCKED_SENTENCE


def keep_parts(found: Interpretation, values: dict[str, Any]) -> None:
    """Keep what was written, finished or not."""
    for section in Section:
        setattr(found, section, values[section])


def refuse_incomplete(
    work: Work, found: Interpretation, values: dict[str, Any]
) -> None:
    """Material has the parts that the setting asks for and the forms of the plan.

    Raises:
        InvalidAnswers: by field, what is missing.
    """
    errors = {
        section.value: [f"写明{SECTION_NAMES[section]}"]
        for section in _required(work, found)
        if not found.section(section)
    }
    for form in FILES:
        if form in found.forms and not values[form]:
            name = INTERPRETATION_FORM_NAMES[form]
            errors[form.value] = [f"方案里有{name}：传上文件，或者改方案"]
    if not any(values[form] for form in FILES) and _needs_other_form(work, found):
        sentence = "除了文字，至少还要有一种形式：图解、表格、音频、视频或者问答"
        errors.setdefault(InterpretationForm.PICTURE.value, [sentence])
    if errors:
        raise InvalidAnswers(errors)


def _required(work: Work, found: Interpretation) -> list[Section]:
    by_kind = _setting(work, found, "interpretation.required_sections")
    normative = found.document.kind == DocumentKind.NORMATIVE
    return [Section(name) for name in by_kind["normative" if normative else "other"]]


def _needs_other_form(work: Work, found: Interpretation) -> bool:
    return bool(_setting(work, found, "interpretation.needs_other_form"))


def _setting(work: Work, found: Interpretation, key: str) -> Any:
    return settings.read(
        work.session, key, on=work.today, organisation=found.organisation
    )


def keep_files(work: Work, found: Interpretation, values: dict[str, Any]) -> None:
    """Keep the text as a Word file made of its parts, and the files of other forms.

    A file of the same name is the next version of its paper; what is no longer among
    them leaves the document.
    """
    _keep_text(work, found)
    for form in FILES:
        _keep_form(work, found, form, values[form])
    used = [form.value for form in FILES if values[form]]
    found.forms = list(dict.fromkeys([*found.forms, *used]))
    work.session.flush()


def take_out(found: Interpretation) -> None:
    """Let no material leave with the document: by the plan it follows, signed anew.

    What was written stays for whoever goes on with it.
    """
    for paper in papers_of(found):
        paper.removed = True


def _keep_text(work: Work, found: Interpretation) -> None:
    title = title_of(found.document)
    written = [
        (SECTION_NAMES[section], found.section(section))
        for section in Section
        if found.section(section)
    ]
    data = content.word_document(title, written)
    paper = next(iter(_papers(found, InterpretationForm.TEXT)), None)
    if paper is None:
        paper = _add(work, found, InterpretationForm.TEXT, title)
    file = files.store(
        work, f"{title[:180]}.docx", data, root_id=found.document.root_id
    )
    _add_version(work, found, paper, file, field=Section.BACKGROUND.value)
    paper.title = title[:300]


def _keep_form(
    work: Work, found: Interpretation, form: InterpretationForm, chosen: Sequence[str]
) -> None:
    here = {_newest(paper).file.public_id: paper for paper in _papers(found, form)}
    kept = [here.pop(each) for each in chosen if each in here]
    new = [each for each in chosen if each not in {_file_id(paper) for paper in kept}]
    by_name = {_newest(paper).file.name: paper for paper in here.values()}
    for public_id in dict.fromkeys(new):
        file = papers.chosen_file(work, found.document, public_id)
        paper = by_name.pop(file.name, None)
        if paper is None:
            title = f"{INTERPRETATION_FORM_NAMES[form]}：{file.name.rpartition('.')[0]}"
            paper = _add(work, found, form, title)
        _add_version(work, found, paper, file, field=form.value)
    for paper in by_name.values():
        paper.removed = True


def _papers(found: Interpretation, form: InterpretationForm) -> list[Paper]:
    return [paper for paper in papers_of(found) if paper.form == form]


def _newest(paper: Paper) -> PaperVersion:
    version = paper.newest(VersionKind.OFFICE)
    if version is None:
        msg = f"paper {paper.id} has no version"
        raise LookupError(msg)
    return version


def _file_id(paper: Paper) -> str:
    return _newest(paper).file.public_id


def _add(
    work: Work, found: Interpretation, form: InterpretationForm, title: str
) -> Paper:
    return papers.add_paper(
        work, found.document, PaperRole.INTERPRETATION, title[:300], form=form
    )


def _add_version(
    work: Work, found: Interpretation, paper: Paper, file: StoredFile, *, field: str
) -> None:
    """Add a version unless the newest one has the same bytes.

    Raises:
        InvalidAnswers: it bears a mark of secrecy, and is not taken in at all.
    """
    newest = paper.newest(VersionKind.OFFICE)
    if newest is not None and newest.file.sha256 == file.sha256:
        return
    version = papers.add_version(work, found.case, paper, file)
    if version.locked_at is not None:
        raise InvalidAnswers({field: [LOCKED_SENTENCE]})
