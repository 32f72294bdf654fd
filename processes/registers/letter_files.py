"""The Word templates of the letters: ours, and those that an agency put in place."""

from datetime import date
from pathlib import Path

from sqlalchemy import select

from engine.authoring import Refusal, Work, files, settings, word_letters
from models.people import Organisation
from models.records import Setting, StoredFile
from models.workflow import Label
from processes.registers.letter_kinds import letter_kind

_FOLDER = Path(__file__).with_name("letter_templates")

_SETTING = "letters.templates"


def own_template(kind: str) -> bytes:
    """Return the template of a kind that comes with the program."""
    return (_FOLDER / f"{letter_kind(kind).key}.docx").read_bytes()


def template_of(work: Work, agency: Organisation, kind: str, on: date) -> bytes:
    """Return the template by which an agency writes a kind of letter on a day."""
    chosen = settings.read(work.session, _SETTING, on=on, organisation=agency)
    public_id = chosen.get(letter_kind(kind).key)
    if public_id is None:
        return own_template(kind)
    file = work.session.scalars(
        select(StoredFile).where(
            StoredFile.public_id == public_id, StoredFile.root_id == agency.root_id
        )
    ).one()
    return work.engine.files.get(file)


def replace_template(
    work: Work,
    agency: Organisation,
    kind: str,
    template: bytes,
    *,
    valid_from: date,
    reason: str,
) -> Setting:
    """Let an agency write a kind of letter by a template of its own from a day on.

    Letters that were issued stay as they are.

    Raises:
        Refusal: it does not show what the law asks for, or cannot be used.
    """
    of = letter_kind(kind)
    refuse_unfit(kind, template)
    if valid_from < work.today:
        msg = "新模板从今天或者以后的一天起用，已经签发的文书不变。"
        raise Refusal(msg)
    file = files.store(
        work,
        f"{of.title}（模板）.docx",
        template,
        root_id=agency.root_id,
        label=Label.INTERNAL,
        accepted=(files.WORD,),
    )
    before = settings.read(work.session, _SETTING, on=valid_from, organisation=agency)
    return settings.write(
        work,
        _SETTING,
        {**before, kind: file.public_id},
        valid_from=valid_from,
        reason=reason,
        root_id=agency.root_id,
        organisation_id=agency.id,
    )


def refuse_unfit(kind: str, template: bytes) -> None:
    """Refuse a template that would let out a letter without what the law asks for.

    Raises:
        Refusal: it lacks a placeholder, names an unknown one, or is no template.
    """
    of = letter_kind(kind)
    found = word_letters.placeholders(template)
    lacking = [
        f"“{each.label}”{{{{ {each.name} }}}}"
        for each in of.elements
        if each.name in of.placeholders - found
    ]
    if lacking:
        msg = f"“{of.title}”的模板缺少占位符：{'、'.join(lacking)}。补上以后再保存。"
        raise Refusal(msg)
    unknown = sorted(found - {each.name for each in of.elements})
    if unknown:
        msg = f"模板里的占位符“{'”“'.join(unknown)}”不认识，按占位符清单改名或者删掉。"
        raise Refusal(msg)
