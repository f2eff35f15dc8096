from celery.schedules import crontab

from audit.entries import OWN_PARTY, Entries, EntryGroup
from core.jobs import Job
from core.pages import Addresses

DECLARES = [
    Addresses("uploads.urls"),
    EntryGroup("files", "files handed in"),
    # An app says who may read of its own kind of file: "upload.figures." of files of figures.
    Entries(("upload.",), group="files", shown_to=OWN_PARTY),
    Job("sweep-files-that-nobody-read", task="uploads.sweep", schedule=60.0, expires=55),
    # At night; a day that beat missed is made up for on the next.
    Job(
        "drop-files-that-nobody-settled",
        task="uploads.drop_old_files",
        schedule=crontab(minute="30", hour="3"),
    ),
]
