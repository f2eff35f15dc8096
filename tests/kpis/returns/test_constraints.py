"""What the database itself refuses about drafts, statements, answers to checks, files and notices."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from core import clock
from kpis.figures.models import CheckAnswer, Figure, FigureRevision, Omission
from kpis.returns.models import Draft, Ownership
from kpis.review.models import Step
from notices.models import Digest, Notice, NoticeChoice
from tests.kpis.rows import REVISION, refused
from uploads.models import Upload

pytestmark = pytest.mark.django_db

MONTH = date(2019, 3, 1)


def draft(indicator, user, **fields):
    return Draft.objects.create(
        **{"indicator": indicator, "month": MONTH, "changed_by": user, "changed_as": "x"} | fields
    )


def omission(indicator, user, **fields):
    wanted = {"month": MONTH, "reason": "Lost.", "expected_on": date(2026, 1, 1), "stated_as": "x"} | fields
    return Omission.objects.create(indicator=indicator, stated_by=user, **wanted)


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"month": date(2019, 3, 2)}, "draft_month_is_a_first"),
        ({"standing": "guessed"}, "draft_standing_is_known"),
        ({"numerator": "1" * 41}, "draft_numbers_are_short"),
        ({"denominator": "1" * 41}, "draft_numbers_are_short"),
        ({"value": "1" * 41}, "draft_numbers_are_short"),
        ({"commentary": "x" * 5001}, "draft_commentary_has_its_length"),
        ({"reason": "x" * 501}, "draft_reason_has_its_length"),
        ({"change_reason": "x" * 301}, "draft_change_reason_has_its_length"),
        ({"expected_on": "x" * 21}, "draft_day_is_short"),
    ],
    ids=lambda value: value if isinstance(value, str) else str(value)[:30],
)
def test_draft(indicator, trust_manager, fields, constraint):
    with pytest.raises(DatabaseError) as refusal, transaction.atomic():
        draft(indicator, trust_manager, **fields)
    # PostgreSQL refuses a text that is too long for its column before it comes to the constraint.
    assert constraint in str(refusal.value) or "too long" in str(refusal.value)


def test_a_month_has_one_draft(indicator, trust_manager):
    draft(indicator, trust_manager)

    refused(lambda: draft(indicator, trust_manager))


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"month": date(2019, 3, 2)}, "omission_month_is_a_first"),
        ({"reason": ""}, "omission_gives_its_reason"),
        ({"reason": "x" * 501}, "omission_reason_has_its_length"),
    ],
    ids=lambda value: value if isinstance(value, str) else str(value)[:30],
)
def test_omission(indicator, trust_manager, fields, constraint):
    with pytest.raises(DatabaseError) as refusal, transaction.atomic():
        omission(indicator, trust_manager, **fields)
    assert constraint in str(refusal.value) or "too long" in str(refusal.value)


def test_a_statement_is_written_once_and_only_without_a_figure(indicator, trust_manager):
    stated = omission(indicator, trust_manager)

    refused(lambda: Omission.objects.filter(pk=stated.pk).update(reason="Other."))
    refused(stated.delete)
    omission(indicator, trust_manager, reason="Still lost.")
    Figure.objects.create(indicator=indicator, month=MONTH, state="submitted")
    refused(lambda: omission(indicator, trust_manager), "has a figure already")


def test_an_answer_to_a_check_is_written_once_with_words(revision):
    answer = {"revision": revision, "code": "scale-slip", "message": "Odd.", "words": "Yes."}
    kept = CheckAnswer.objects.create(**answer)

    refused(lambda: CheckAnswer.objects.create(**answer))
    refused(lambda: CheckAnswer.objects.filter(pk=kept.pk).update(words="No."))
    refused(kept.delete)
    refused(
        lambda: CheckAnswer.objects.create(**answer | {"code": "other", "words": ""}),
        "check_answer_has_words",
    )


def test_a_revision_replaces_one_of_its_own_figure(indicator, figure, revision):
    other = Figure.objects.create(indicator=indicator, month=date(2019, 4, 1), state="submitted")

    refused(
        lambda: FigureRevision.objects.create(figure=other, **REVISION, replaces=revision),
        "of the same figure",
    )
    FigureRevision.objects.create(figure=figure, **REVISION | {"number": 2}, replaces=revision)


def test_the_words_of_figures_and_steps_have_their_length(figure, revision, trust_manager):
    refused_or_too_long(
        lambda: FigureRevision.objects.create(figure=figure, **REVISION | {"number": 2}, reason="x" * 301)
    )
    refused_or_too_long(
        lambda: FigureRevision.objects.create(
            figure=figure, **REVISION | {"number": 2}, commentary="x" * 5001
        )
    )
    step = {"figure": figure, "revision": revision, "kind": "explained", "party": "provider", "taken_as": "x"}
    refused_or_too_long(lambda: Step.objects.create(**step, taken_by=trust_manager, words="x" * 2001))


def refused_or_too_long(write):
    with pytest.raises(DatabaseError), transaction.atomic():
        write()


def test_triggers_stand_after_the_tables_were_altered(revision):
    """SQLite builds an altered table anew, without its triggers; they were put back."""
    with connection.cursor() as cursor:
        for statement in ("UPDATE kpis_figurerevision SET number = 9", "DELETE FROM kpis_figurerevision"):
            with pytest.raises(DatabaseError), transaction.atomic():
                cursor.execute(statement)
    assert FigureRevision.objects.get().numerator == Decimal(13)


def test_an_indicator_is_owned_once_by_a_person(indicator, trust_manager):
    Ownership.objects.create(indicator=indicator, user=trust_manager)

    refused(lambda: Ownership.objects.create(indicator=indicator, user=trust_manager))


def test_a_file_is_in_a_known_state(contract, trust_manager):
    file = {"contract": contract, "file_name": "march.csv", "content": b"x", "uploaded_by": trust_manager}

    refused(lambda: Upload.objects.create(**file, uploaded_as="x", state="lost"), "upload_state_is_known")
    refused(
        lambda: Upload.objects.create(**file, uploaded_as="x", state="expired"), "upload_expired_is_empty"
    )


def test_only_rows_that_were_withdrawn_have_others_in_their_place(contract, trust_manager):
    file = {"contract": contract, "content": b"x", "uploaded_by": trust_manager, "uploaded_as": "x"}
    later = Upload.objects.create(**file)

    refused(lambda: Upload.objects.create(**file, replaced_by=later), "upload_replaced_is_withdrawn")
    refused_or_too_long(lambda: Upload.objects.create(**file, given_for="x" * 41))
    assert Upload.objects.create(**file, replaced_by=later, state="withdrawn").replaced_by == later


def test_a_notice_is_told_once_and_sent_only_by_mail(contract, trust_manager):
    notice = {
        "user": trust_manager, "contract": contract, "kind": "queried", "key": "1", "words": "Asked.", "path": "/",
    }  # fmt: skip
    digest = Digest.objects.create(user=trust_manager, day=clock.today())
    Notice.objects.create(**notice, by_mail=True)

    refused(lambda: Notice.objects.create(**notice, by_mail=True))
    refused(
        lambda: Notice.objects.create(**notice | {"key": "2", "kind": ""}, by_mail=True),
        "notice_is_of_a_kind",
    )
    refused(
        lambda: Notice.objects.create(**notice | {"key": "3"}, by_mail=False, digest=digest),
        "notice_sent_only_by_mail",
    )
    refused(lambda: Digest.objects.create(user=trust_manager, day=clock.today()))
    NoticeChoice.objects.create(user=trust_manager, kind="due")
    refused(lambda: NoticeChoice.objects.create(user=trust_manager, kind="due"))
