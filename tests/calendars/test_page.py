"""The calendar's page for each role, and the feed behind a secret address, read back as a calendar program reads it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from icalendar import Calendar

from audit.models import AuditEvent
from calendars.models import CalendarLink, Meeting
from calendars.presenters import calendar_page
from calendars.selectors import contract_calendar
from calendars.services import add_meeting, cancel_meeting
from core import clock
from core.values.working_days import is_working_day
from kpis.figures.models import Figure
from kpis.review.services import query_figure
from parties.models import Membership
from parties.participants import participant_for
from parties.services import deactivate_user, grant_membership
from tests.cast import BY
from tests.pages import words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_process")]

CALENDAR = "/contracts/sandwell/calendar/"
LINK, END = f"{CALENDAR}link/", f"{CALENDAR}link/end/"


def subscribed(client) -> str:
    """The path of the address that the page shows once."""
    page = BeautifulSoup(client.post(LINK).content, "lxml")
    return page.find(id="address")["value"].removeprefix("http://testserver")


def events(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    return Calendar.from_ical(answer.content).events


def titles(client, path):
    return [str(event["summary"]) for event in events(client, path)]


# --- the page


def test_each_party_sees_what_is_next_and_overdue(officer, manager, demonstration):
    tomorrow = clock.today() + timedelta(days=1)
    add_meeting(
        contract=demonstration, board="strategic", day=tomorrow, starts_at=time(14), note="Money", by=BY
    )

    for client in (officer, manager):
        seen = words(client.get(CALENDAR))
        assert "Next: Strategic Partnership Board, " in seen
        assert "2 things are overdue." in seen
        assert "Reporting under this contract ended" not in seen
        assert "The Trust returns PI12 of March 2020 Was due on Thursday 16 April 2020, " in seen
        assert "14:00 to 16:00. Money" in seen


def test_roles_without_the_word_are_refused(demonstration, persona, signed_in):
    for who in ("scrutiny-member", "administrator"):
        client = signed_in(persona(who))
        assert client.get(CALENDAR).status_code == 403
        assert client.post(LINK).status_code == 403
    assert not CalendarLink.objects.exists()


def test_an_empty_calendar_says_what_will_be_here(contract, client_officer, signed_in):
    seen = words(signed_in(client_officer).get(CALENDAR))

    assert "Nothing falls due, and no board meets, in the year ahead." in seen
    assert "Meetings stand here once an administrator has added them" in seen
    assert "Overdue" not in seen


def test_queries_of_the_page_are_few(officer, demonstration, django_assert_max_num_queries):
    for after in range(40):
        add_meeting(
            contract=demonstration,
            board="operational",
            day=clock.today() + timedelta(days=after),
            by=BY,
        )
    officer.post(LINK)

    with django_assert_max_num_queries(14):
        assert officer.get(CALENDAR).status_code == 200


# --- the address


def test_the_address_is_shown_once_and_can_be_renewed_and_ended(officer, client):
    first = subscribed(officer)
    assert first.startswith("/calendar/") and first.endswith(".ics")
    assert titles(client, first)
    again = words(officer.get(CALENDAR))
    assert "You have an address since" in again
    assert first not in officer.get(CALENDAR).content.decode()

    second = subscribed(officer)
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200

    answer = officer.post(END, follow=True)
    assert "Your calendar’s address has ended." in words(answer)
    assert client.get(second).status_code == 404
    assert "There was no address to end." in words(officer.post(END, follow=True))
    assert [entry.action for entry in AuditEvent.objects.filter(action__startswith="calendar_link")] == [
        "calendar_link.made",
        "calendar_link.renewed",
        "calendar_link.ended",
    ]


def test_the_page_says_what_the_address_is(officer):
    answer = officer.post(LINK)

    assert "Whoever holds it can read your calendar without signing in" in words(answer)
    assert "It replaces any earlier one." in words(answer)
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("secret", ["sandwell", "x" * 500, "%00", "é", "0" * 64])
def test_an_unknown_address_is_not_there(officer, client, secret):
    subscribed(officer)

    assert client.get(f"/calendar/{secret}.ics").status_code == 404


def test_who_can_no_longer_sign_in_has_no_calendar(officer, client, persona):
    path = subscribed(officer)

    deactivate_user(user=persona("client-officer"), by=BY)

    assert client.get(path).status_code == 404


def test_a_role_that_ended_leaves_an_empty_calendar(officer, client, persona):
    """An error would leave what a calendar program knew where it was."""
    path = subscribed(officer)
    assert events(client, path)

    Membership.objects.filter(user=persona("client-officer")).delete()
    assert events(client, path) == []
    grant_membership(
        user=persona("client-officer"),
        organisation=participant_for(persona("trust-manager"), "sandwell").contract.commissioner,
        role="scrutiny_member",
        by=BY,
    )
    assert events(client, path) == []


# --- what a calendar program reads


def test_the_answer_is_kept_by_nobody_and_tells_nobody(officer, client):
    answer = client.get(subscribed(officer))

    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["X-Robots-Tag"] == "noindex"
    assert not answer.cookies
    assert client.head(subscribed(officer)).status_code == 200
    assert client.post(subscribed(officer)).status_code == 405


def test_due_days_are_all_day_and_meetings_have_their_hour(officer, client, demonstration):
    day = clock.today() + timedelta(days=40)
    meeting = add_meeting(
        contract=demonstration,
        board="operational",
        day=day,
        starts_at=time(10, 30),
        ends_at=time(11, 15),
        place="Room 2; west, top",
        by=BY,
    )
    add_meeting(contract=demonstration, board="cabinet", day=day, note="Annual\nReview", by=BY)

    read = {str(event["summary"]): event for event in events(client, subscribed(officer))}

    due = read["The Trust returns PI12 of March 2020"]
    assert due["dtstart"].dt == date(2020, 4, 16)
    assert due["transp"] == "TRANSPARENT"
    board = read["Operational Partnership Board"]
    assert board["dtstart"].dt == datetime.combine(day, time(10, 30), tzinfo=ZoneInfo("Europe/London"))
    assert board["dtend"].dt == datetime.combine(day, time(11, 15), tzinfo=ZoneInfo("Europe/London"))
    assert {board[name].params["TZID"] for name in ("dtstart", "dtend")} == {"Europe/London"}
    assert str(board["location"]) == "Room 2; west, top"
    assert board["uid"] == f"meeting-{meeting.pk}@sandwell.sandwell-performance"
    assert read["Cabinet"]["dtstart"].dt == day
    assert "dtend" not in read["Cabinet"]
    assert "http://testserver/contracts/sandwell/calendar/" in str(read["Cabinet"]["description"])


def test_identities_last_and_moments_are_universal(officer, client):
    path = subscribed(officer)
    first, second = events(client, path), events(client, path)

    assert [event["uid"] for event in first] == [event["uid"] for event in second]
    assert len({event["uid"] for event in first}) == len(first)
    assert all(event["dtstamp"].dt.utcoffset() == timedelta(0) for event in first)
    assert {(event["dtstamp"].dt.hour, event["dtstamp"].dt.minute) for event in first} == {(0, 0)}


def test_the_file_keeps_to_the_format(officer, client, demonstration):
    add_meeting(
        contract=demonstration,
        board="operational",
        day=clock.today(),
        starts_at=time(10),
        note="é" * 150,
        by=BY,
    )

    file = client.get(subscribed(officer)).content

    lines = file.split(b"\r\n")
    assert lines[0] == b"BEGIN:VCALENDAR" and lines[-2:] == [b"END:VCALENDAR", b""]
    assert all(len(line) <= 75 and b"\n" not in line for line in lines)
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT6H" in lines
    assert file.count(b"BEGIN:VTIMEZONE") == 1
    assert len(file) < 10_000


def test_a_meeting_that_was_cancelled_or_is_long_over_is_gone(officer, client, demonstration):
    today = clock.today()
    gone = add_meeting(contract=demonstration, board="operational", day=today, by=BY)
    add_meeting(contract=demonstration, board="strategic", day=today - timedelta(days=365), by=BY)
    add_meeting(contract=demonstration, board="improvement", day=today - timedelta(days=366), by=BY)
    path = subscribed(officer)
    assert "Operational Partnership Board" in titles(client, path)

    cancel_meeting(meeting=gone, by=BY)

    assert "Operational Partnership Board" not in titles(client, path)
    assert "Strategic Partnership Board" in titles(client, path)
    assert "Improvement Board" not in titles(client, path)


def test_neither_figures_nor_what_was_said_leave_by_it(officer, client, persona):
    today = clock.today()
    participant = participant_for(persona("client-officer"), "sandwell")
    figures = list(Figure.objects.filter(month="2020-03-01").select_related("latest"))
    for figure in figures:
        query_figure(
            by=participant,
            seen=figure.latest,
            reason="A walrus counted 7193864",
            answer_by=today,
            today=today,
        )

    file = client.get(subscribed(officer)).content.decode().replace("\r\n ", "")

    assert "The Trust answers the council’s query on 14 figures of March 2020" in file
    assert "walrus" not in file and "7193864" not in file
    held = {str(figure.latest.numerator.normalize()) for figure in figures if figure.latest.numerator}
    unlikely = {number for number in held if len(number) > 3}
    assert unlikely
    assert not any(number in file for number in unlikely)


def test_another_contracts_days_are_not_in_it(officer, client, other_contract):
    add_meeting(contract=other_contract, board="scrutiny", day=clock.today(), by=BY)

    assert not any("Scrutiny" in title for title in titles(client, subscribed(officer)))


def test_titles_name_the_contract_where_there_are_several(
    client, officer, persona, other_contract, demonstration
):
    person = persona("client-officer")
    grant_membership(user=person, organisation=other_contract.provider, role="trust_manager", by=BY)
    add_meeting(contract=other_contract, board="scrutiny", day=clock.today(), by=BY)

    seen = titles(client, subscribed(officer))

    assert "Children’s Services and Education Scrutiny Board (Children's services contract)" in seen


# --- the demonstration's meetings


def test_the_demonstration_has_a_year_of_meetings_once(demonstration):
    call_command("load_demonstration", verbosity=0)
    loaded = list(Meeting.objects.values_list("board", "day", "note"))
    today = clock.today()

    assert {board for board, _, _ in loaded} == set(Meeting.Board.values)
    assert all(today <= day <= today + timedelta(days=366) and is_working_day(day) for _, day, _ in loaded)
    assert all(note.startswith("Example") for _, _, note in loaded)
    assert sum(1 for board, _, _ in loaded if board == "operational") in (11, 12)

    Meeting.objects.order_by("day").last().delete()
    call_command("load_demonstration", verbosity=0)
    assert Meeting.objects.count() == len(loaded) - 1


def test_a_demonstration_of_long_ago_gets_a_new_year(demonstration):
    add_meeting(contract=demonstration, board="operational", day=clock.today() - timedelta(days=1), by=BY)

    call_command("load_demonstration", verbosity=0)

    assert Meeting.objects.filter(day__gte=clock.today()).count() > 10


def test_a_contract_without_anything(contract, client_officer):
    today = date(2020, 6, 1)
    participant = participant_for(client_officer, "sandwell")
    shown = calendar_page(
        contract_calendar(participant, meetings_from=today, today=today, until=today), today
    )

    assert shown.summary == "Nothing falls due, and no board meets, in the year ahead."
    assert (shown.overdue, shown.soon, shown.later) == ([], [], [])
