"""Documents for the demonstration office, at different steps of their way."""

from engine.authoring import Work


def fill(work: Work) -> None:
    """Nothing yet."""
