"""What is typed from a notice, and what the second person says to it."""

from engine.authoring import Form, line, opinion, outcome, paragraph

#: A notice has two pages; rows of CSV for a whole year are shorter.
_LONGEST = 20_000


class EnterNotice(Form):
    """录入放假通知: the year, where it comes from, and its whole text or its days."""

    # All three are asked for unless the import is given up; the action says so.
    year = line(required=False, longest=4, conditional=True)
    source = line(required=False, longest=200, conditional=True)
    text = paragraph(required=False, longest=_LONGEST, conditional=True)
    outcome = outcome("submitted", "previewed", "stopped")


class ConfirmCalendar(Form):
    """复核放假安排: by somebody else than who typed it."""

    opinion = opinion()
    outcome = outcome("confirmed", "returned")
