"""The secret address of a person's calendar: kept as a hash, made anew, ended, and shut with everything else."""

from hashlib import sha256

import pytest

from audit.models import AuditEvent
from calendars.models import CalendarLink
from calendars.selectors import calendar_link_of, whose_calendar
from calendars.services import end_calendar_link, renew_calendar_link
from parties.participants import participations_of
from parties.services import deactivate_user, grant_membership, reactivate_user, set_password
from tests.cast import BY, PASSWORD


def test_only_the_hash_is_kept(client_officer):
    secret = renew_calendar_link(user=client_officer)

    assert len(secret) == 43  # 32 random bytes
    assert CalendarLink.objects.get().digest == sha256(secret.encode()).hexdigest()
    assert whose_calendar(secret) == client_officer
    entry = AuditEvent.objects.last()
    assert (entry.action, entry.summary) == (
        "calendar_link.made",
        "client-officer made an address for their calendar.",
    )
    trail = [f"{entry.summary} {entry.changes}" for entry in AuditEvent.objects.all()]
    digest = CalendarLink.objects.get().digest
    assert not any(secret in words or digest in words for words in trail)


def test_a_new_one_ends_the_earlier_one(client_officer):
    first, second = renew_calendar_link(user=client_officer), renew_calendar_link(user=client_officer)

    assert first != second
    assert whose_calendar(first) is None
    assert whose_calendar(second) == client_officer
    assert AuditEvent.objects.last().action == "calendar_link.renewed"
    assert CalendarLink.objects.count() == 1


def test_each_person_has_their_own(client_officer, trust_manager):
    mine, theirs = renew_calendar_link(user=client_officer), renew_calendar_link(user=trust_manager)

    assert (whose_calendar(mine), whose_calendar(theirs)) == (client_officer, trust_manager)


def test_ending(client_officer):
    secret = renew_calendar_link(user=client_officer)

    assert end_calendar_link(user=client_officer)
    assert whose_calendar(secret) is None
    assert calendar_link_of(client_officer) is None
    assert AuditEvent.objects.last().summary == "client-officer ended the address of their calendar."
    before = AuditEvent.objects.count()
    assert not end_calendar_link(user=client_officer)
    assert AuditEvent.objects.count() == before


@pytest.mark.parametrize("secret", ["", "x", "é" * 50, "0" * 64])
def test_what_is_no_secret_opens_nothing(client_officer, secret):
    renew_calendar_link(user=client_officer)

    assert whose_calendar(secret) is None
    assert whose_calendar(CalendarLink.objects.get().digest) is None


def test_it_ends_with_the_persons_access(client_officer, administrator):
    secret = renew_calendar_link(user=client_officer)

    deactivate_user(user=client_officer, by=administrator)
    assert AuditEvent.objects.last().changes["calendar_address_ended"] is True
    reactivate_user(user=client_officer, by=administrator)

    assert whose_calendar(secret) is None


def test_it_opens_nothing_for_who_can_not_sign_in(client_officer):
    secret = renew_calendar_link(user=client_officer)
    client_officer.is_active = False
    client_officer.save()

    assert whose_calendar(secret) is None


def test_a_password_set_by_another_ends_it_and_ones_own_does_not(client_officer, administrator):
    secret = renew_calendar_link(user=client_officer)
    set_password(user=client_officer, password=PASSWORD, by=client_officer)
    assert whose_calendar(secret) == client_officer

    set_password(user=client_officer, password="another long walk by it", by=administrator)

    assert whose_calendar(secret) is None


def test_readers_of_a_person(client_officer, contract, other_contract, django_assert_num_queries):
    grant_membership(user=client_officer, organisation=contract.commissioner, role="administrator", by=BY)
    grant_membership(
        user=client_officer, organisation=other_contract.commissioner, role="scrutiny_member", by=BY
    )

    with django_assert_num_queries(2):
        participants = participations_of(client_officer)

    assert [(participant.contract.code, sorted(participant.roles)) for participant in participants] == [
        ("elsewhere", ["scrutiny_member"]),
        ("sandwell", ["administrator", "client_officer"]),
    ]
    client_officer.is_active = False
    assert participations_of(client_officer) == []
