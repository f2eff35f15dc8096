"""Answers that are files."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def download(content: str | bytes, kind: str, name: str) -> HttpResponse:
    """A file to save under this name; nobody keeps it on the way."""
    return HttpResponse(content, content_type=kind, headers=_headers(name))


def streamed(lines: Iterable[str], name: str) -> StreamingHttpResponse:
    """A CSV file line by line, whatever its length."""
    return StreamingHttpResponse(lines, content_type=CSV, headers=_headers(name))


def _headers(name: str) -> dict[str, str]:
    shown = content_disposition_header(as_attachment=True, filename=name)
    return {"Content-Disposition": shown or "attachment", "Cache-Control": "private, no-store"}
