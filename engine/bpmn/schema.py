"""BPMN's own schema: whether a file is in the form that the standard gives it."""

import re
from copy import deepcopy
from functools import lru_cache

from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnValidator

from engine.bpmn.reading import Definition


def schema_errors(definition: Definition) -> list[tuple[str | None, str]]:
    """Answer where the file departs from BPMN's schema: an element's id and why.

    The schema lets elements and attributes of other namespaces pass.
    """
    # The validator renames an element that bpmn-js writes wrongly.
    root = deepcopy(definition.root)
    validator = _validator()
    validator.preprocess(root)
    schema = validator.validator
    if schema.validate(root):
        return []
    lines = {node.sourceline: node.get("id") for node in root.iter("{*}*")}
    return [
        (lines.get(error.line), re.sub(r"\{[^}]*\}", "", error.message))
        for error in schema.error_log
    ]


@lru_cache(maxsize=1)
def _validator() -> BpmnValidator:
    return BpmnValidator()
