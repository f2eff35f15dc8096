"""Addresses of the month's spreadsheet, and what its pages and drafts say."""

from datetime import timedelta

from bs4 import BeautifulSoup

from core import clock
from core.values.months import Month
from kpis.returns.draft_text import DraftText
from kpis.returns.drafting import DraftEdit, current_entries, save_drafts
from tests.pages import text
from uploads.models import Upload

MARCH = Month(2020, 3)
ADDRESS = "/contracts/sandwell/"
SHEET = f"{ADDRESS}returns/2020-03/spreadsheet/"
HEAD = "indicator,month,numerator,denominator,value,commentary\n"


def problems_of(answer):
    return [text(one) for one in BeautifulSoup(answer.content, "lxml").select(".govuk-error-message")]


def kinds(upload):
    return {(one["code"], one["month"]): one["kind"] for one in upload.changes}


def page_of(client, upload):
    answer = client.get(f"{ADDRESS}uploads/{upload.pk}/")
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "lxml")


def kept_of(participant, month, code):
    return current_entries(participant, month, [participant.contract.indicators.get(code=code)])[code]


def draft(participant, code, month=MARCH, **texts):
    now = kept_of(participant, month, code)
    indicator = participant.contract.indicators.get(code=code)
    save_drafts(
        by=participant,
        month=month,
        edits=[DraftEdit(indicator, DraftText(**texts), now.text.content_hash, now.latest_id)],
    )


def left(upload, days: int) -> None:
    """Nobody has touched the file for so many days."""
    then = clock.now() - timedelta(days=days)
    read = then if upload.checked_at else None
    Upload.objects.filter(pk=upload.pk).update(uploaded_at=then, checked_at=read)


def save(client, upload):
    return client.post(f"{ADDRESS}uploads/{upload.pk}/save/")
