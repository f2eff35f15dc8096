"""Meetings of the boards: who adds, moves and cancels them, by the services and in the administration."""

from datetime import date, time

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from audit.models import AuditEvent
from calendars.models import Meeting
from calendars.services import add_meeting, cancel_meeting, change_meeting
from parties.services import OutOfScope, create_user, grant_membership
from tests.cast import BY

DAY = date(2026, 12, 16)
MEETINGS, ADD = "/admin/calendars/meeting/", "/admin/calendars/meeting/add/"


@pytest.fixture
def meeting(contract):
    return add_meeting(
        contract=contract, board="operational", day=DAY, starts_at=time(10), place="Room 2", by=BY
    )


@pytest.fixture
def trust_administrator(contract):
    user = create_user(username="trust-administrator", by=BY)
    grant_membership(user=user, organisation=contract.provider, role="administrator", by=BY)
    return user


@pytest.fixture
def admin_client(signed_in, administrator):
    return signed_in(administrator)


def typed(contract, **changed):
    form = {"contract": contract.pk, "board": "strategic", "day": "2026-12-18", "starts_at": "14:00"}
    return {**form, "place": "Room 1", "note": "The quarter", **changed}


def change_page(meeting):
    return reverse("admin:calendars_meeting_change", args=[meeting.pk])


def last_entry():
    return AuditEvent.objects.last()


def test_adding_is_told_in_the_trail(meeting):
    entry = last_entry()

    assert (entry.action, entry.contract_code) == ("meeting.added", "sandwell")
    assert entry.summary == "A meeting was added: Operational Partnership Board, 2026-12-16."
    assert entry.changes == {
        "board": "operational", "day": "2026-12-16", "starts_at": "10:00", "ends_at": "12:00", "place": "Room 2",
        "note": "",
    }  # fmt: skip


def test_changing_is_told_in_the_trail(meeting):
    change_meeting(
        meeting=meeting, day=date(2026, 12, 17), starts_at=None, ends_at=None, place="Room 2", by=BY
    )

    changed = Meeting.objects.get()
    assert (changed.day, changed.starts_at) == (date(2026, 12, 17), None)
    entry = last_entry()
    assert entry.summary == (
        "The meeting Operational Partnership Board, 2026-12-16 was changed: day, starts at, ends at."
    )
    assert entry.changes == {"day": ["2026-12-16", "2026-12-17"], "starts_at": ["10:00", ""], "ends_at": ["12:00", ""],
    }  # fmt: skip


def test_changing_nothing_writes_nothing(meeting):
    before = AuditEvent.objects.count()

    change_meeting(meeting=meeting, day=DAY, place="Room 2", by=BY)

    assert AuditEvent.objects.count() == before


def test_what_a_meeting_does_not_have_is_a_mistake(meeting):
    with pytest.raises(TypeError, match="contract"):
        change_meeting(meeting=meeting, contract=None, by=BY)


def test_cancelling_takes_it_away_and_the_trail_keeps_what_it_was(meeting):
    number = meeting.pk

    cancel_meeting(meeting=meeting, by=BY)

    assert not Meeting.objects.exists()
    entry = last_entry()
    assert (entry.action, entry.subject_id) == ("meeting.cancelled", str(number))
    assert entry.summary == "The meeting Operational Partnership Board, 2026-12-16 was cancelled."
    assert entry.changes["place"] == "Room 2"


def test_a_meeting_that_is_gone_is_not_changed(meeting):
    cancel_meeting(meeting=meeting, by=BY)
    gone = Meeting(pk=12345, contract=meeting.contract)

    for act in (change_meeting, cancel_meeting):
        with pytest.raises(Meeting.DoesNotExist):
            act(meeting=gone, by=BY)


def test_a_board_meets_once_a_day(meeting, contract):
    with pytest.raises(ValidationError, match="meets on that day already"):
        add_meeting(contract=contract, board="operational", day=DAY, by=BY)
    add_meeting(contract=contract, board="strategic", day=DAY, by=BY)

    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.filter(board="strategic").update(board="operational")


@pytest.mark.parametrize(
    ("starts", "ends"),
    [
        (time(10), time(12)),
        (time(21, 59), time(23, 59)),
        (time(22), time(23, 59)),
        (time(23, 58), time(23, 59)),
    ],
)
def test_without_an_end_it_takes_two_hours_within_its_day(contract, starts, ends):
    added = add_meeting(contract=contract, board="strategic", day=DAY, starts_at=starts, by=BY)

    assert Meeting.objects.get(pk=added.pk).ends_at == ends


@pytest.mark.parametrize(
    ("hours", "message"),
    [
        ({"starts_at": time(10), "ends_at": time(10)}, "ends after it starts"),
        ({"starts_at": time(10), "ends_at": time(9, 30)}, "ends after it starts"),
        ({"starts_at": time(23, 59)}, "ends after it starts"),
        ({"ends_at": time(12)}, "Say when it starts too"),
    ],
)
def test_hours_that_can_not_be_are_refused(contract, hours, message):
    with pytest.raises(ValidationError, match=message):
        add_meeting(contract=contract, board="strategic", day=DAY, by=BY, **hours)
    assert not Meeting.objects.exists()


@pytest.mark.parametrize(
    "hours",
    [
        {"ends_at": time(10)},
        {"ends_at": time(9)},
        {"ends_at": None},
        {"starts_at": None},
        {"starts_at": time(12)},
    ],
)
def test_the_database_holds_that_a_meeting_ends_after_it_starts(meeting, hours):
    with pytest.raises(IntegrityError, match="meeting_ends_after_it_starts"), transaction.atomic():
        Meeting.objects.update(**hours)


def test_an_unknown_board_is_refused(contract):
    with pytest.raises(ValidationError):
        add_meeting(contract=contract, board="weekly", day=DAY, by=BY)


def test_administrators_of_either_party_look_after_them(contract, administrator, trust_administrator):
    theirs = add_meeting(contract=contract, board="improvement", day=DAY, by=trust_administrator)
    change_meeting(meeting=theirs, place="Room 3", by=administrator)
    cancel_meeting(meeting=theirs, by=trust_administrator)

    assert [entry.actor for entry in AuditEvent.objects.all()][-3:] == [
        "trust-administrator",
        "administrator",
        "trust-administrator",
    ]


@pytest.mark.parametrize("who", ["other_administrator", "client_officer", "trust_manager"])
def test_nobody_else_writes(request, meeting, contract, who):
    by = request.getfixturevalue(who)
    before = AuditEvent.objects.count()

    for write in (
        lambda: add_meeting(contract=contract, board="cabinet", day=DAY, by=by),
        lambda: change_meeting(meeting=meeting, place="Elsewhere", by=by),
        lambda: cancel_meeting(meeting=meeting, by=by),
    ):
        with pytest.raises(OutOfScope):
            write()
    assert AuditEvent.objects.count() == before
    assert Meeting.objects.get().place == "Room 2"


def test_contracts_that_one_administers(contract, other_contract, administrator, client_officer):
    from parties.models import Contract

    assert list(Contract.objects.administered_by(administrator)) == [contract]
    assert not Contract.objects.administered_by(client_officer).exists()


# --- the administration


def test_pages_open(admin_client, meeting):
    for page in (MEETINGS, f"{MEETINGS}?q=room&board__exact=operational", ADD, change_page(meeting)):
        assert admin_client.get(page).status_code == 200, page
    assert "Operational Partnership Board" in admin_client.get(MEETINGS).content.decode()


def test_add_in_the_administration(admin_client, contract):
    assert admin_client.post(ADD, typed(contract)).url == MEETINGS

    added = Meeting.objects.get()
    assert (added.board, added.day) == ("strategic", date(2026, 12, 18))
    assert (added.starts_at, added.ends_at) == (time(14), time(16))
    assert (last_entry().action, last_entry().actor) == ("meeting.added", "administrator")


def test_the_form_says_which_hours_can_not_be(admin_client, contract):
    for hours, message in (
        ({"ends_at": "13:30"}, "A meeting ends after it starts, on the same day."),
        ({"starts_at": "", "ends_at": "16:00"}, "Say when it starts too, or leave the end empty."),
    ):
        assert message in admin_client.post(ADD, typed(contract, **hours)).content.decode()
    assert not Meeting.objects.exists()


def test_the_form_says_that_a_board_meets_already(admin_client, meeting, contract):
    second = add_meeting(contract=contract, board="strategic", day=DAY, by=BY)
    before = AuditEvent.objects.count()

    for page in (ADD, change_page(second)):
        html = admin_client.post(page, typed(contract, board="operational", day=str(DAY))).content.decode()
        assert "This board meets on that day already." in html
    assert AuditEvent.objects.count() == before


def test_change_in_the_administration_keeps_the_contract(admin_client, meeting, contract, other_contract):
    admin_client.post(change_page(meeting), typed(other_contract, board="operational", day=str(DAY)))

    changed = Meeting.objects.get()
    assert (changed.contract, changed.place) == (contract, "Room 1")
    assert last_entry().action == "meeting.changed"


def test_cancel_in_the_administration_asks_first(admin_client, meeting):
    page = reverse("admin:calendars_meeting_delete", args=[meeting.pk])

    assert "Cancel this meeting" in admin_client.get(change_page(meeting)).content.decode()
    assert "The audit trail keeps what it was" in admin_client.get(page).content.decode()
    assert Meeting.objects.exists()
    done = admin_client.post(page, {"post": "yes"}, follow=True)
    assert done.redirect_chain[-1][0] == MEETINGS
    assert "The meeting Operational Partnership Board, 2026-12-16 is cancelled." in done.content.decode()
    assert not Meeting.objects.exists()
    assert last_entry().action == "meeting.cancelled"
    assert "delete_selected" not in admin_client.get(MEETINGS).content.decode()


def test_scope_of_meetings(signed_in, meeting, other_administrator, other_contract, contract):
    stranger = signed_in(other_administrator)

    assert "Room 2" not in stranger.get(MEETINGS).content.decode()
    assert stranger.get(change_page(meeting)).status_code == 302
    html = stranger.post(ADD, typed(contract)).content.decode()
    assert "Select a valid choice" in html
    assert Meeting.objects.count() == 1


def test_a_contract_that_one_only_sees_is_to_look_at(signed_in, meeting, other_administrator, council):
    grant_membership(user=other_administrator, organisation=council, role="client_officer", by=BY)
    client = signed_in(other_administrator)

    page = client.get(change_page(meeting))
    assert page.status_code == 200
    assert 'name="_save"' not in page.content.decode()
    assert client.post(change_page(meeting), {"place": "Mine"}).status_code == 403
    assert client.post(reverse("admin:calendars_meeting_delete", args=[meeting.pk])).status_code == 403


@pytest.mark.parametrize("day", [date(1, 1, 1), date(2200, 1, 1), date(9999, 12, 31)])
def test_a_meeting_is_within_reach(contract, day):
    with pytest.raises(ValidationError, match="This day is out of reach"):
        add_meeting(contract=contract, board="strategic", day=day, by=BY)
