"""What is filled in where information may be to be public to all."""

from engine.authoring import Form, line, offered, outcome, paragraph


class WeighProposal(Form):
    """研究是否转为主动公开: drafted from what was given, or why not, or where it is."""

    source = offered(required=False)
    reason = paragraph(required=False, longest=2000)
    where = paragraph(required=False, longest=500)
    told = line(required=False)
    outcome = outcome("proposed", "not_public", "already_public")
