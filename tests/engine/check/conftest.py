"""How a test asks the check about a diagram."""

from collections.abc import Callable, Mapping

import pytest

from engine.check import check_definition

Refusals = Callable[..., set[str]]


@pytest.fixture
def rules() -> Refusals:
    """Answer the rules that a definition breaks, as `rule` or `rule:element`."""

    def ask(
        data: bytes,
        *,
        beside: Mapping[str, bytes] | None = None,
        elements: bool = False,
    ) -> set[str]:
        defects = check_definition({"main.bpmn": data, **(beside or {})}, None)
        for defect in defects:
            assert defect.message, defect
        return {f"{d.rule}:{d.element}" if elements else d.rule for d in defects}

    return ask
