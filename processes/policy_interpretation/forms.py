"""What those who plan, write, are asked and sign fill in."""

from engine.authoring import (
    Form,
    asked_with,
    choice,
    files,
    line,
    opinion,
    outcome,
    paragraph,
    several,
    several_offered,
    uploads,
)
from models.interpretations import InterpretationForm, Timing
from processes.policy_interpretation.reasons import OBJECTIONS, REPLANNED, RETURNS
from processes.registers.channels import CHANNELS

#: The forms whose material is a file, and what such a file may be.
FILES = {
    InterpretationForm.PICTURE: (files.PNG, files.JPEG, files.PDF),
    InterpretationForm.TABLE: (files.EXCEL, files.WORD, files.PDF),
    InterpretationForm.AUDIO: (files.MP3,),
    InterpretationForm.VIDEO: (files.MP4,),
    InterpretationForm.QA: (files.WORD, files.PDF, files.TEXT),
}


class InterpretationPlan(Form):
    """拟解读方案: 重点, 时间, 形式, 渠道, and whom to ask."""

    focus = paragraph(longest=2000)
    timing = choice([value.value for value in Timing])
    days_after = asked_with(line(required=False, longest=3), "timing", Timing.AFTER)
    forms = several([value.value for value in InterpretationForm])
    channels = several(CHANNELS)
    consulted = several_offered()
    outcome = outcome("submitted")


class InterpretationMaterial(Form):
    """拟解读材料: six parts of a text, and files in the forms that the plan names.

    Which parts must be there is a setting by the document's kind.
    """

    background = paragraph(required=False, conditional=True)
    goals = paragraph(required=False, conditional=True)
    content = paragraph(required=False, conditional=True, longest=20000)
    standards = paragraph(required=False, conditional=True)
    benefits = paragraph(required=False, conditional=True)
    changes = paragraph(required=False, conditional=True)
    picture = uploads(*FILES[InterpretationForm.PICTURE])
    table = uploads(*FILES[InterpretationForm.TABLE])
    audio = uploads(*FILES[InterpretationForm.AUDIO])
    video = uploads(*FILES[InterpretationForm.VIDEO])
    qa = uploads(*FILES[InterpretationForm.QA])
    replan = choice(REPLANNED, required=False, only_for="replanned")
    outcome = outcome("submitted", "replanned")


class InterpretationConsult(Form):
    """答复解读意见: one answer for one organisation."""

    opinion = opinion()
    reason = choice(OBJECTIONS, required=False, only_for="objected")
    outcome = outcome("agreed", "objected")


class InterpretationCoSign(Form):
    """会签解读."""

    opinion = opinion()
    reason = choice(OBJECTIONS, required=False, only_for="objected")
    outcome = outcome("agreed", "objected")


class InterpretationSign(Form):
    """签发解读: the head is the first interpreter and answers for it."""

    opinion = opinion()
    reason = choice(RETURNS, required=False, only_for="returned")
    outcome = outcome("signed", "returned")
