"""The home page: find a document by words, issuer, kind, category, year, validity."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask import render_template, request, url_for
from markupsafe import Markup, escape
from sqlalchemy import ColumnElement, Select, extract, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, selectinload

from engine.work import Work
from models.documents import (
    DOCUMENT_KIND_NAMES,
    VALIDITY_NAMES,
    Document,
    DocumentKind,
    Paper,
    PaperRole,
    PaperVersion,
    Validity,
)
from models.people import Organisation
from models.publications import Publication, PublicationKind, PublishedPaper
from processes.registers.documents import published
from processes.registers.publications import validity_as_of, validity_on
from web.formatting import title_in_chunks
from web.public import blueprint
from web.security import gongkai

_PAGE = 20

#: How many values of a facet stand open; the rest is one click away.
_OPEN = 8

#: Nobody needs more words to find something; each is looked for in every title.
_MOST_WORDS = 8

#: Brackets that people type in a 文号 instead of 〔〕.
_BRACKETS = re.compile(r"[\[\]〔〕【】()（）［］]")
_ESCAPED = re.compile(r"[\\%_]")


@dataclass(frozen=True)
class Query:
    """What is looked for; each part narrows the others."""

    words: str = ""
    issuer: str = ""
    kind: str = ""
    category: str = ""
    year: str = ""
    validity: str = ""

    @classmethod
    def from_request(cls) -> "Query":
        """Read the address; values that can mean nothing are left out."""
        typed = request.args
        year, validity = typed.get("year", ""), typed.get("validity", "")
        kind = typed.get("kind", "")
        return cls(
            words=" ".join(typed.get("q", "")[:100].split()[:_MOST_WORDS]),
            issuer=typed.get("issuer", "")[:24],
            kind=kind if kind in set(DocumentKind) else "",
            category=typed.get("category", "")[:60],
            year=year if re.fullmatch(r"[12]\d{3}", year, re.ASCII) else "",
            validity=validity if validity in set(Validity) else "",
        )

    def address(self, **changed: Any) -> str:
        """Return the address of this query with some parts changed."""
        parts: dict[str, Any] = {
            "q": self.words,
            "issuer": self.issuer,
            "kind": self.kind,
            "category": self.category,
            "year": self.year,
            "validity": self.validity,
            **changed,
        }
        said = {key: value for key, value in parts.items() if value}
        return url_for("public.home", **said)

    @property
    def narrowed(self) -> bool:
        """Whether anything is asked for at all."""
        return self != Query()


@dataclass(frozen=True)
class Choice:
    """One value of a facet, with how many documents it leaves."""

    name: str
    count: int
    address: str
    chosen: bool


@dataclass(frozen=True)
class Facet:
    """One way to narrow the result; the first choice takes it back."""

    title: str
    all_address: str
    choices: Sequence[Choice]

    @property
    def chosen(self) -> bool:
        """Whether the result is narrowed in this way."""
        return any(choice.chosen for choice in self.choices)

    @property
    def open(self) -> Sequence[Choice]:
        """The choices that are shown at once."""
        return self.choices[:_OPEN]

    @property
    def more(self) -> Sequence[Choice]:
        """The choices that are one click away."""
        return self.choices[_OPEN:]


@blueprint.get("/")
def home() -> str:
    """List what has been published, newest first."""
    query = Query.from_request()
    with gongkai().read() as work:
        total = work.session.scalar(
            select(func.count(Document.id)).where(*_clauses(query, work.today))
        )
        last = max(-(-(total or 0) // _PAGE), 1)
        page = min(max(_number(request.args.get("page", "")), 1), last)
        rows = _rows(work, query, page)
        return render_template(
            "public/home.html",
            query=query,
            total=total or 0,
            rows=rows,
            marks={row.id: _marked(row.title, query.words) for row in rows},
            tags=_tags(work, rows),
            validity={row.id: validity_on(row, work.today) for row in rows},
            validity_names=VALIDITY_NAMES,
            page=page,
            last=last,
            facets=_facets(work, query),
        )


def _number(typed: str) -> int:
    return int(typed) if re.fullmatch(r"\d{1,9}", typed, re.ASCII) else 1


def _rows(work: Work, query: Query, page: int) -> Sequence[Document]:
    """Return one page. The keys are found by the index alone, the rows by the keys."""
    keys = (
        select(Document.id)
        .where(*_clauses(query, work.today))
        .order_by(Document.published_at.desc(), Document.id.desc())
        .offset((page - 1) * _PAGE)
        .limit(_PAGE)
    )
    return work.session.scalars(
        select(Document)
        .where(Document.id.in_(work.session.scalars(keys).all()))
        .options(selectinload(Document.issuer))
        .order_by(Document.published_at.desc(), Document.id.desc())
    ).all()


def _clauses(query: Query, today: date) -> list[ColumnElement[bool]]:
    clauses = [published()]
    clauses += [_says(word) for word in query.words.split()]
    if query.issuer:
        issuers = select(Organisation.id).where(Organisation.public_id == query.issuer)
        clauses.append(Document.issuer_id.in_(issuers))
    if query.kind:
        clauses.append(Document.kind == query.kind)
    if query.category:
        category = "" if query.category == _OTHER else query.category
        clauses.append(Document.category == category)
    if query.year:
        year = int(query.year)
        clauses.append(Document.formed_on.between(date(year, 1, 1), date(year, 12, 31)))
    if query.validity:
        clauses.append(validity_as_of(today) == query.validity)
    return clauses


def _says(word: str) -> ColumnElement[bool]:
    """A word stands in the title or in a number, whatever brackets are typed."""
    escaped = _ESCAPED.sub(lambda found: f"\\{found[0]}", word)
    number = _BRACKETS.sub("_", escaped)
    return or_(
        Document.title.ilike(f"%{escaped}%", escape="\\"),
        Document.document_number.ilike(f"%{number}%", escape="\\"),
        Document.index_number.ilike(f"%{escaped}%", escape="\\"),
    )


#: What a document without a category is found under.
_OTHER = "其他"


def _facets(work: Work, query: Query) -> list[Facet]:
    validity = validity_as_of(work.today)
    year = extract("year", Document.formed_on)
    issuers = _counted(work, replace(query, issuer=""), Document.issuer_id)
    names = {
        each.id: each
        for each in work.session.scalars(
            select(Organisation).where(Organisation.id.in_([key for key, _ in issuers]))
        )
    }
    kinds = dict(_counted(work, replace(query, kind=""), Document.kind))
    categories = _counted(work, replace(query, category=""), Document.category)
    years = _counted(work, replace(query, year=""), year)
    validities = dict(_counted(work, replace(query, validity=""), validity))
    return [
        _facet(
            query,
            "内容分类",
            "category",
            [(name or _OTHER, name or _OTHER, count) for name, count in categories],
        ),
        _facet(
            query,
            "公文种类",
            "kind",
            [
                (each.value, name, kinds[each.value])
                for each, name in DOCUMENT_KIND_NAMES.items()
                if each.value in kinds
            ],
        ),
        _facet(
            query,
            "年份",
            "year",
            [
                (str(int(each)), str(int(each)), count)
                for each, count in sorted(years, reverse=True)
                if each is not None
            ],
        ),
        _facet(
            query,
            "有效性",
            "validity",
            [
                (each.value, name, validities[each.value])
                for each, name in VALIDITY_NAMES.items()
                if each.value in validities
            ],
        ),
        _facet(
            query,
            "发布机构",
            "issuer",
            [
                (names[key].public_id, names[key].short_name, count)
                for key, count in issuers
            ],
        ),
    ]


def _facet(
    query: Query, title: str, key: str, values: list[tuple[str, str, int]]
) -> Facet:
    chosen = getattr(query, key)
    # What is chosen stands where it can be seen and taken back.
    values.sort(key=lambda each: each[0] != chosen)
    choices = [
        Choice(name, count, query.address(**{key: value}), value == chosen)
        for value, name, count in values
    ]
    return Facet(title, query.address(**{key: ""}), choices)


def _counted(
    work: Work, query: Query, column: ColumnElement[Any] | InstrumentedAttribute[Any]
) -> list[tuple[Any, int]]:
    """Count documents by a column, the most first."""
    counted: Select[Any] = (
        select(column, func.count())
        .where(*_clauses(query, work.today))
        .group_by(column)
        .order_by(func.count().desc(), column)
    )
    return [(key, count) for key, count in work.session.execute(counted)]


def _tags(work: Work, rows: Sequence[Document]) -> Mapping[int, Mapping[str, int]]:
    """Return how many interpretations and corrections each document has."""
    found: dict[int, dict[str, int]] = {row.id: {} for row in rows}
    interpreted = (
        select(Publication.document_id, func.count(Paper.id.distinct()))
        .join(PublishedPaper, PublishedPaper.publication_id == Publication.id)
        .join(PaperVersion, PaperVersion.id == PublishedPaper.version_id)
        .join(Paper, Paper.id == PaperVersion.paper_id)
        .where(Paper.role == PaperRole.INTERPRETATION)
    )
    corrected = select(Publication.document_id, func.count()).where(
        Publication.kind == PublicationKind.CORRECT
    )
    for name, counted in (("interpreted", interpreted), ("corrected", corrected)):
        for key, count in work.session.execute(
            counted.where(
                Publication.document_id.in_(found), Publication.done_at.is_not(None)
            ).group_by(Publication.document_id)
        ):
            found[key][name] = count
    return found


def _marked(title: str, words: str) -> Markup:
    """Mark the words that were looked for in a title."""
    if not words:
        return title_in_chunks(title)
    pattern = re.compile("|".join(map(re.escape, words.split())), re.IGNORECASE)
    parts, end = [], 0
    for found in pattern.finditer(title):
        parts += [escape(title[end : found.start()]), _mark(found[0])]
        end = found.end()
    return Markup("").join([*parts, escape(title[end:])])


def _mark(word: str) -> Markup:
    return Markup("<mark>{}</mark>").format(word)
