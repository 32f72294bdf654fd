"""Fills a Word template in; says which values it names."""

import io
from collections.abc import Mapping
from functools import cache, lru_cache
from hashlib import sha256

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, UndefinedError

from engine.content.package import Package, zipped
from engine.letters.safety import BadTemplate, TemplateLanguage, refuse_unsafe
from engine.letters.values import Value, markup


@lru_cache(maxsize=64)
def placeholders(template: bytes) -> frozenset[str]:
    """Return the names of the values that a template asks for.

    Raises:
        BadTemplate: it cannot be used as a template.
    """
    refuse_unsafe(template)
    document = DocxTemplate(io.BytesIO(template))
    return frozenset(document.get_undeclared_template_variables(_language()))


def render(template: bytes, fields: Mapping[str, Value]) -> bytes:
    """Return the Word file that a template makes of values; the same ones, each time.

    Raises:
        BadTemplate: it cannot be used, or asks for a value that nobody gives.
        Refusal: a value holds control characters.
    """
    unknown = sorted(placeholders(template) - fields.keys())
    if unknown:
        msg = (
            f"模板里的占位符“{'”“'.join(unknown)}”没有对应的内容。"
            "按占位符清单改名，或者删掉。"
        )
        raise BadTemplate(msg)
    document = DocxTemplate(io.BytesIO(template))
    values = {name: markup(value) for name, value in fields.items()}
    try:
        document.render(values, _language())
    except UndefinedError as error:
        msg = f"模板里的占位符没有对应的内容：{error.message}。按占位符清单改名。"
        raise BadTemplate(msg) from error
    stream = io.BytesIO()
    document.save(stream)
    made = Package(stream.getvalue())
    return zipped({name: made.data(name) for name in _in_order(made.names)})


def digest(template: bytes) -> str:
    """Return by what a template is known again: the sha256 of its bytes."""
    return sha256(template).hexdigest()


@cache
def _language() -> TemplateLanguage:
    language = TemplateLanguage(undefined=StrictUndefined, autoescape=True)
    language.globals.clear()
    language.filters.clear()
    language.tests.clear()
    return language


def _in_order(names: tuple[str, ...]) -> list[str]:
    """Return the parts with the list of types first, where readers look for it."""
    return sorted(names, key=lambda name: (name != "[Content_Types].xml", name))
