"""Why a file is not taken in, or not saved."""

from __future__ import annotations

from core.refusals import Refused


class UploadRefused(Refused):
    """The file can't be taken, saved or withdrawn now."""


class PreviewOutdated(UploadRefused):
    """What is kept is no longer what the preview showed. The file is being read anew; nothing was saved."""
