"""Refuses what is handed in while it arrives, where it is larger than anything that is read here."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

CHUNK = 1024 * 1024
# A body of up to so many times the limit is let run past unread, so that its sender gets to see the answer.
PATIENCE = 5


class SizeLimit(FileUploadHandler):
    """Looks at what the request says of its size before anything is kept of it, on disk or in memory."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803 - the framework names it so
        content_length: int,
        boundary: Any,
        encoding: Any = None,
    ) -> None:
        most = settings.IMPORT_MAX_BYTES + settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if content_length <= most:
            return
        if content_length <= PATIENCE * most:
            while input_data.read(CHUNK):
                pass
        raise RequestDataTooBig("What was handed in is larger than any file that is read here.")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> UploadedFile | None:
        return None
