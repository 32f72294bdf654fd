"""What a head answers who has interpreted nothing this year."""

from engine.authoring import Form, outcome, paragraph


class InterpretationArrange(Form):
    """安排本年度解读: which document, when, how."""

    arrangement = paragraph(longest=1000)
    outcome = outcome("arranged")
