"""The Trust manager who hands files in."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from parties.participants import participant_for
from tests.uploads.sheets import SHEET, problems_of
from uploads.models import Upload


@pytest.fixture
def participant(demonstration, persona):
    return participant_for(persona("trust-manager"), "sandwell")


@pytest.fixture
def manager(participant, signed_in):
    return signed_in(participant.user)


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def send(manager, committed):
    """Hands a file or rows in as the Trust manager, has it read, and gives the upload: send(b"...", rows="")."""

    def send(content=None, *, rows="", name="march.csv"):
        form = (
            {"rows": rows} if content is None else {"file": SimpleUploadedFile(name, content), "rows": rows}
        )
        with committed():
            answer = manager.post(SHEET, form)
        assert answer.status_code == 302, problems_of(answer)
        return Upload.objects.get(pk=int(answer["Location"].split("/")[-2]))

    return send
