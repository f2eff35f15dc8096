"""Answers that are files.

A spreadsheet program takes CSV for UTF-8 only where it begins with the byte order mark, so every CSV file does.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BYTE_ORDER_MARK = "\ufeff"


def download(content: bytes, kind: str, name: str) -> HttpResponse:
    """A file to save under this name; nobody keeps it on the way."""
    return HttpResponse(content, content_type=kind, headers=_headers(name))


def csv_file(text: str, name: str) -> HttpResponse:
    """A CSV file of this text (see core.values.cells.csv_lines)."""
    return download(f"{BYTE_ORDER_MARK}{text}".encode(), CSV, name)


def csv_stream(lines: Iterable[str], name: str) -> StreamingHttpResponse:
    """A CSV file line by line, whatever its length."""
    return StreamingHttpResponse(chain([BYTE_ORDER_MARK], lines), content_type=CSV, headers=_headers(name))


def _headers(name: str) -> dict[str, str]:
    shown = content_disposition_header(as_attachment=True, filename=name)
    return {"Content-Disposition": shown or "attachment", "Cache-Control": "private, no-store"}
