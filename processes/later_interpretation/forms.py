"""Which published document is to be explained."""

from engine.authoring import Form, offered, outcome


class LaterInterpretationChoose(Form):
    """选文件: one of the own agency's published documents."""

    document = offered()
    outcome = outcome("chosen")
