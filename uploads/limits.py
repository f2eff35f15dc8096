"""How much a handed-in file may hold, and what opening it may take, as this installation says."""

from __future__ import annotations

from django.conf import settings

from uploads.tables.refusal import Limits

MB = 1_048_576


def upload_limits() -> Limits:
    return Limits(
        file_bytes=settings.IMPORT_MAX_BYTES,
        unpacked_bytes=settings.IMPORT_MAX_UNPACKED_BYTES,
        rows=settings.IMPORT_MAX_ROWS,
        seconds=settings.IMPORT_SECONDS,
        memory_bytes=settings.IMPORT_MEMORY_MB * MB,
    )
