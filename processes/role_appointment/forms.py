"""What the administrator fills in."""

from engine.authoring import Form, line, opinion, outcome


class Appoint(Form):
    """任命: who takes the role, by login; the role and the agency are given."""

    login = line(longest=60)
    opinion = opinion()
    outcome = outcome("appointed")
