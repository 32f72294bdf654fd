"""Tables for download: no cell is ever a formula."""

from collections.abc import Iterable, Sequence
from io import BytesIO

from flask import send_file
from openpyxl import Workbook
from werkzeug.wrappers import Response

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def table_file(name: str, title: str, rows: Iterable[Sequence[str]]) -> Response:
    """Send rows as a workbook with one sheet."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    for row in rows:
        sheet.append(row)
    data = BytesIO()
    book.save(data)
    data.seek(0)
    return send_file(data, mimetype=_XLSX, as_attachment=True, download_name=name)


def plain(text: str) -> str:
    """Return a text that a spreadsheet takes for no formula."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@"} else text
