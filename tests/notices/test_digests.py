"""One e-mail a day to each person who is to be told something: to whom, when and what it says."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.utils import timezone

from core import clock
from kpis.figures.models import Figure
from kpis.review.services import accept_figures, explain_figure, query_figure
from notices import digests
from notices.creating import create_notices
from notices.digests import claim_digests, send_digests
from notices.emails import MOST_LISTED, subject
from notices.falling_due import tell_what_falls_due
from notices.models import Digest, Notice
from notices.sweeping import sweep_notices
from notices.tasks import send_notices
from parties.participants import participant_for
from parties.services import change_details, deactivate_user, grant_membership
from sandwell.celery import app
from tests.cast import BY
from tests.returning import returned
from tests.shell import run

pytestmark = pytest.mark.django_db

# Summer time: eight o'clock on the clocks of London.
EIGHT = datetime(2026, 6, 2, 7, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def addresses(settings):
    settings.SITE_URL = "https://performance.example"
    settings.DEFAULT_FROM_EMAIL = "Performance <performance@council.example>"


@pytest.fixture
def manager(trust_manager):
    return with_address(trust_manager)


@pytest.fixture
def officer(client_officer):
    return with_address(client_officer)


def with_address(user, email: str | None = None):
    email = f"{user.username}@council.example" if email is None else email
    change_details(user=user, by=BY, email=email, first_name=user.first_name, last_name="")
    return user


def notify(
    contract,
    *people,
    key="step 1",
    kind="queried",
    words="The council asks about PI9.",
    at=EIGHT,
    mailed=True,
):
    create_notices(
        people=people, contract=contract, kind=kind, key=key, words=words, path="/contracts/sandwell/review/"
    )
    Notice.objects.filter(key=key).update(at=at, by_mail=mailed)


def test_one_mail_says_all_that_waits(contract, manager):
    notify(contract, manager, key="1", words="The council asks about PI9.")
    notify(contract, manager, key="2", kind="accepted", words="The council accepted 3 figures.")
    notify(contract, manager, key="3", kind="queried", words="The council asks about <PI2> & PI3.")

    assert send_digests(now=EIGHT).sent == 1

    (letter,) = mail.outbox
    assert letter.to == ["trust-manager@council.example"]
    assert letter.from_email == "Performance <performance@council.example>"
    assert letter.subject == "2 queries, figures accepted: Children's services contract"
    assert letter.extra_headers["Message-ID"] == f"<notices.2026-06-02.{manager.pk}@performance.example>"
    assert letter.body == (
        "Trust manager,\n\n3 notices for you:\n\nChildren's services contract\n\n"
        "- The council asks about PI9.\n  https://performance.example/contracts/sandwell/review/\n\n"
        "- The council accepted 3 figures.\n  https://performance.example/contracts/sandwell/review/\n\n"
        "- The council asks about <PI2> & PI3.\n  https://performance.example/contracts/sandwell/review/\n\n"
        "You get at most one of these e-mails a day. All notices, and the choice of what you are told by e-mail:\n"
        "https://performance.example/contracts/sandwell/notices/\n"
    )
    html = BeautifulSoup(letter.alternatives[0].content, "lxml")
    assert [item.get_text() for item in html.find_all("li")] == [
        "The council asks about PI9.",
        "The council accepted 3 figures.",
        "The council asks about <PI2> & PI3.",
    ]
    assert not html.find_all(style=True)


@pytest.mark.parametrize("how", ["explained", "withdrawn", "asked anew"])
def test_a_query_that_is_settled_by_then_is_not_mailed(demonstration, persona, settings, how):
    settings.CELERY_ON = False
    council, trust = (
        participant_for(persona(name), "sandwell") for name in ("client-officer", "trust-manager")
    )
    with_address(trust.user)
    with_address(council.user, "")
    month = date(2020, 3, 1)

    def seen(code):
        figures = Figure.objects.select_related("latest__figure__indicator")
        return figures.get(indicator__code=code, month=month).latest

    def ask(code):
        query_figure(
            by=council,
            seen=seen(code),
            reason="?",
            answer_by=date(2030, 1, 1),
            today=date(2026, 6, 1),
        )

    ask("PI8")
    ask("PI4")
    if how == "withdrawn":
        accept_figures(by=council, seen=[seen("PI8")], withdraws=True)
    else:
        explain_figure(by=trust, seen=seen("PI8"), words="So it is.", disputes=False)
    if how == "asked anew":
        ask("PI8")
    now = clock.local_now().replace(hour=12)

    assert send_digests(now=now).sent == 1

    due = [line for line in mail.outbox[0].body.splitlines() if "an answer is due" in line]
    assert len(due) == (2 if how == "asked anew" else 1)
    assert sum("PI4" in line for line in due) == 1
    kept = Notice.objects.filter(user=trust.user, kind="queried").order_by("pk")
    first = kept[0]
    assert (first.digest_id is None, first.by_mail) == (True, False)
    assert send_digests(now=now + DAY).sent == 0


def test_where_all_is_settled_no_mail_goes_out_and_none_is_tried_again(demonstration, persona, settings):
    settings.CELERY_ON = False
    council, trust = (
        participant_for(persona(name), "sandwell") for name in ("client-officer", "trust-manager")
    )
    with_address(trust.user)
    with_address(council.user, "")
    figures = Figure.objects.select_related("latest__figure__indicator")
    seen = figures.get(indicator__code="PI8", month=date(2020, 3, 1)).latest
    query_figure(by=council, seen=seen, reason="?", answer_by=date(2030, 1, 1), today=date(2026, 6, 1))
    explain_figure(by=trust, seen=seen, words="So it is.", disputes=False)

    assert send_digests(now=clock.local_now().replace(hour=12)).sent == 0

    assert mail.outbox == [] and not Digest.objects.exists()
    assert Notice.objects.get(user=trust.user).by_mail is False


def test_what_no_app_declares_any_longer_is_left_on_its_page(demonstration, persona):
    manager = with_address(persona("trust-manager"))
    Notice.objects.create(
        user=manager, contract=demonstration, kind="planted", key="1", words="A rose.", path="/", by_mail=True
    )

    assert send_digests(now=clock.local_now().replace(hour=12)) == digests.Sent(0, 0)

    assert mail.outbox == []


def deadlines_told(demonstration, persona, today: date) -> None:
    """The Trust manager, who alone has an address, has notices that March's figures and a query are due."""
    with_address(persona("trust-manager"))
    with_address(persona("client-officer"), "")
    seen = Figure.objects.select_related("latest__figure__indicator")
    query_figure(
        by=participant_for(persona("client-officer"), "sandwell"),
        seen=seen.get(indicator__code="PI8", month=date(2020, 3, 1)).latest,
        reason="?",
        answer_by=date(2020, 4, 20),
        today=date(2020, 4, 14),
    )
    tell_what_falls_due(today=today)
    # When they arose decides whether they are mailed still.
    Notice.objects.update(at=noon(today))


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 11, tzinfo=UTC)


def return_march(contract) -> None:
    """PI12, the one that is missing."""
    returned(contract, "PI12,2020-03,41,60,,Late,returned\n")


@pytest.mark.parametrize("what", ["nothing", "returned", "answered"])
def test_a_deadline_that_is_met_by_then_is_not_mailed(demonstration, persona, settings, what):
    settings.CELERY_ON = False
    today = date(2020, 4, 16)
    deadlines_told(demonstration, persona, today)
    if what == "returned":
        return_march(demonstration)
    if what == "answered":
        trust = participant_for(persona("trust-manager"), "sandwell")
        seen = Figure.objects.select_related("latest__figure__indicator")
        latest = seen.get(indicator__code="PI8", month=date(2020, 3, 1)).latest
        explain_figure(by=trust, seen=latest, words="So it is.", disputes=False)

    assert send_digests(now=noon(today)).sent == 1

    body = mail.outbox[0].body if mail.outbox else ""
    assert ("The figures of March 2020 are due on 16 April 2020, today" in body) == (what != "returned")
    assert ("The answer to the council’s query about PI8" in body) == (what != "answered")
    left_out = Notice.objects.filter(kind="due", by_mail=False, digest=None, user__username="trust-manager")
    assert left_out.count() == (what != "nothing")
    assert send_digests(now=noon(today) + DAY).sent == 0


def test_what_is_past_by_then_is_mailed_as_overdue_alone(demonstration, persona, settings):
    """The mail server failed for some days: nobody is told then that something is due within three working days."""
    settings.CELERY_ON = False
    deadlines_told(demonstration, persona, date(2020, 4, 16))
    later = date(2020, 4, 21)
    tell_what_falls_due(today=later)
    Notice.objects.filter(kind="overdue").update(at=noon(later))

    assert send_digests(now=noon(later)).sent == 1

    body = mail.outbox[0].body
    assert "The figures of March 2020 were due on 16 April 2020; 1 indicator" in body
    assert "query about PI8" in body and "was due on 20 April 2020" in body
    assert "are due on" not in body and "is due on" not in body


def test_leaving_out_what_is_settled_asks_little(
    demonstration, persona, settings, django_assert_max_num_queries
):
    settings.CELERY_ON = False
    deadlines_told(demonstration, persona, date(2020, 4, 16))
    claim_digests(now=noon(date(2020, 4, 16)))
    return_march(demonstration)
    (digest,) = Digest.objects.all()
    notices = list(digest.notices.select_related("contract"))

    with django_assert_max_num_queries(9):
        kept = digests._without_settled(notices, date(2020, 4, 16))

    assert len(kept) == len(notices) - 1


def test_the_subject_says_the_pressing_first(contract, officer):
    for number, kind in enumerate(("accepted", "answered", "due", "queried", "overdue")):
        notify(contract, officer, key=str(number), kind=kind)

    assert subject(Notice.objects.order_by("pk")) == (
        "Overdue, due soon, 1 query, 1 answer, figures accepted: Children's services contract"
    )


def test_one_a_day_and_the_rest_the_next_day(contract, manager):
    notify(contract, manager, key="1")
    send_digests(now=EIGHT)
    notify(contract, manager, key="2", words="The council asks about PI2.", at=EIGHT)

    for hour in range(1, 15):
        assert send_digests(now=EIGHT + timedelta(hours=hour)).sent == 0
    Digest.objects.update(sent_at=EIGHT)
    assert send_digests(now=EIGHT + DAY).sent == 1

    assert len(mail.outbox) == 2
    assert "PI2" in mail.outbox[1].body
    assert "PI9" not in mail.outbox[1].body
    assert send_digests(now=EIGHT + 2 * DAY).sent == 0


@pytest.mark.parametrize(
    ("hour", "now", "sent"),
    [
        # London is an hour ahead of UTC in June, and not in January.
        (7, datetime(2026, 6, 2, 5, 59, tzinfo=UTC), 0),
        (7, datetime(2026, 6, 2, 6, 0, tzinfo=UTC), 1),
        (7, datetime(2026, 1, 2, 6, 59, tzinfo=UTC), 0),
        (7, datetime(2026, 1, 2, 7, 0, tzinfo=UTC), 1),
        (7, datetime(2026, 6, 1, 23, 30, tzinfo=UTC), 0),
        (0, datetime(2026, 6, 1, 23, 30, tzinfo=UTC), 1),
    ],
)
def test_nothing_goes_out_before_the_hour(contract, manager, settings, hour, now, sent):
    settings.NOTICES_FROM_HOUR = hour
    notify(contract, manager, at=now)

    done = send_digests(now=now)

    assert (done.sent, len(mail.outbox)) == (sent, sent)
    assert done.why_none == ("" if sent else f"E-mails go out from {hour}:00 on.")
    assert not sent or Digest.objects.get().day == timezone.localtime(now).date()


def test_who_is_not_to_be_mailed_gets_none(contract, manager, officer, other_contract, other_trust_manager):
    """No address, not wanted, deactivated, role ended, another contract's."""
    notify(contract, manager, key="1", mailed=False)
    notify(contract, officer, key="2")
    with_address(officer, "")
    notify(contract, with_address(other_trust_manager), key="3")

    assert send_digests(now=EIGHT).sent == 0

    with_address(officer)
    deactivate_user(user=officer, by=BY)
    assert send_digests(now=EIGHT).sent == 0
    assert not Digest.objects.exists()


def test_an_ended_role_ends_the_mail_also_of_a_claimed_digest(contract, manager, officer):
    digest = Digest.objects.create(user=manager, day=date(2026, 6, 1))
    notify(contract, manager)
    Notice.objects.update(digest=digest)
    manager.memberships.all().delete()

    assert send_digests(now=EIGHT).sent == 0

    assert not Digest.objects.exists()
    assert Notice.objects.get().digest is None
    grant_membership(user=manager, organisation=contract.provider, role="trust_manager", by=BY)
    assert send_digests(now=EIGHT).sent == 1


def test_an_address_that_comes_late_is_not_sent_everything(contract, trust_manager):
    notify(contract, trust_manager, key="1", at=EIGHT - 15 * DAY, words="Long ago.")
    notify(contract, trust_manager, key="2", at=EIGHT - 13 * DAY, words="Lately.")
    with_address(trust_manager)

    send_digests(now=EIGHT)

    assert "Lately." in mail.outbox[0].body
    assert "Long ago." not in mail.outbox[0].body


def test_a_long_list_is_cut_and_counted(contract, manager):
    for number in range(MOST_LISTED + 3):
        notify(contract, manager, key=str(number), words=f"Notice {number}.")

    send_digests(now=EIGHT)

    (letter,) = mail.outbox
    assert letter.body.startswith("Trust manager,\n\n43 notices for you:")
    assert letter.body.count("Notice ") == MOST_LISTED
    assert "And 3 more on the page below." in letter.body
    assert Notice.objects.filter(digest=None).count() == 0


def test_contracts_of_one_person_share_a_mail(contract, manager, other_contract):
    type(manager).objects.filter(pk=manager.pk).update(home=None)
    manager.memberships.create(organisation=other_contract.provider, role="trust_manager")
    notify(contract, manager, key="1")
    notify(other_contract, manager, key="2")

    assert send_digests(now=EIGHT).sent == 1

    assert mail.outbox[0].subject == "2 queries: Children's services contract"
    type(contract).objects.filter(pk=other_contract.pk).update(name="Elsewhere")
    notify(contract, manager, key="3")
    notify(other_contract, manager, key="4")
    Digest.objects.update(sent_at=EIGHT)
    send_digests(now=EIGHT + DAY)
    assert mail.outbox[1].subject == "2 queries: 2 contracts"


def test_a_name_of_odd_lines_breaks_no_header(contract, manager):
    type(contract).objects.filter(pk=contract.pk).update(name="Two\nlines")
    notify(contract, manager)

    assert send_digests(now=EIGHT).sent == 1
    assert mail.outbox[0].subject == "1 query: Two lines"


def test_what_was_not_sent_yesterday_goes_first_and_alone(contract, manager):
    digest = Digest.objects.create(user=manager, day=date(2026, 6, 1))
    notify(contract, manager, key="1", words="Of yesterday.", at=EIGHT - DAY)
    Notice.objects.update(digest=digest)
    notify(contract, manager, key="2", words="Of today.")

    assert send_digests(now=EIGHT).sent == 1
    Digest.objects.update(sent_at=EIGHT)
    assert send_digests(now=EIGHT + timedelta(hours=2)).sent == 0

    assert [("Of yesterday." in one.body, "Of today." in one.body) for one in mail.outbox] == [(True, False)]
    assert f"notices.2026-06-01.{manager.pk}@" in mail.outbox[0].extra_headers["Message-ID"]
    assert send_digests(now=EIGHT + DAY).sent == 1
    assert "Of today." in mail.outbox[1].body


def test_a_sweep_with_nothing_to_do_writes_nothing_and_opens_no_connection(
    contract, manager, settings, django_assert_max_num_queries
):
    settings.EMAIL_BACKEND = "nowhere.to.be.found"

    with django_assert_max_num_queries(12):
        sweep_notices(now=EIGHT)

    assert not Digest.objects.exists()


def test_the_command_says_what_it_did(demonstration, settings):
    settings.NOTICES_FROM_HOUR = 0

    first, second = run("send_notices"), run("send_notices")

    assert first.out == "2 notices of deadlines written; 2 e-mails sent, 0 failed\n"
    assert second.out == "0 notices of deadlines written; 0 e-mails sent, 0 failed\n"
    assert sorted(letter.to for letter in mail.outbox) == [
        ["client-officer@demonstration.example"],
        ["trust-manager@demonstration.example"],
    ]
    assert sorted(email.subject for email in mail.outbox) == [
        "Due soon: Children's services contract",
        "Overdue: Children's services contract",
    ]


def test_the_command_says_why_it_sent_nothing(demonstration, settings):
    settings.NOTICES_FROM_HOUR = 24

    assert run("send_notices").out.splitlines() == [
        "2 notices of deadlines written; 0 e-mails sent, 0 failed",
        "E-mails go out from 24:00 on.",
    ]


def test_the_task_does_the_same_and_beat_sends_it(demonstration, settings):
    settings.NOTICES_FROM_HOUR = 0

    send_notices()
    send_notices()

    assert len(mail.outbox) == 2
    entry = app.conf.beat_schedule["send-notices"]
    assert (entry["task"], entry["schedule"]) == (send_notices.name, 300)
    assert entry["options"]["expires"] < entry["schedule"]
