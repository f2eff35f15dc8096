"""Whatever is sent when the session has ended: nothing of it is done, and nothing that was typed is lost.

Each address of a contract's pages that takes a form is tried, found from the table: a new one is tried as well.
"""

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.urls import resolve, reverse

from audit.models import AuditEvent
from core.declarations import declared
from parties.kept_typing import FORMS_OWN
from parties.sessions import SEEN
from parties.typed_fields import TypedFields, own_name
from parties.whose_form import MADE_FOR
from tests.access import routes
from tests.access.table import rows
from tests.conftest import CheckingClient
from tests.pages import sent_by, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_process")]

REFUSED = {"403", "404", "sign-in", "sign-in-again"}
ROLES = {"trust": "trust-manager", "officer": "client-officer"}
FORMS = {
    row.route: next(role for role in ROLES if row.cells[role] not in REFUSED)
    for row in rows()
    if row.method == "POST" and ":" in row.route and not row.route.startswith(routes.ADMIN)
}
OURS = ("audit", "parties", "calendars", "notices", "uploads", "kpis")
WORDS = "Which team was it?\r\nAnd when?"
WRITTEN_BY_SIGNING_IN = ("AuditEvent", "AuditHead", "User", "SignInTries")


def end_by_limit(client):
    session = client.session
    session[SEEN] -= 3601
    session.save()


def end_in_another_tab(client):
    client.post(reverse("sign-out"))


ENDINGS = pytest.mark.parametrize("end", [end_by_limit, end_in_another_tab])


@pytest.fixture
def sent_too_late(client_of):
    """The sign-in page to which a form leads that is sent when the session has ended, for each form."""

    def send(end, form, query=""):
        for route, role in FORMS.items():
            client, address = client_of(role), routes.address(route)
            end(client)
            yield role, client, address, client.post(address + query, form, follow=True)

    return send


def sign_in(client, page, username):
    carried = sent_by(page, reverse("sign-in")) | {"persona": username}
    return client.post(reverse("continue-as"), carried, follow=True)


def link_of(page):
    return BeautifulSoup(page.content, "lxml").main.select_one("a.govuk-button")["href"]


def written():
    """Every row there is, but for what signing in and out writes."""
    ours = [one for one in apps.get_models() if one.__module__.split(".")[0] in OURS]
    kept = {one.__name__: list(one._base_manager.order_by("pk").values_list()) for one in ours}
    for name in WRITTEN_BY_SIGNING_IN:
        kept.pop(name, None)
    return kept, list(AuditEvent.objects.exclude(action__startswith="session.").values_list("pk"))


@ENDINGS
def test_words_stand_behind_the_sign_in_and_go_nowhere_by_themselves(sent_too_late, end):
    before = written()
    for role, client, address, page in sent_too_late(end, {"words": WORDS, "revision": "1", "act": "submit"}):
        assert "What you typed is kept on this page" in words(page), address

        back = sign_in(client, page, ROLES[role])

        assert "What you typed is still here" in words(back), address
        carried = sent_by(back, address)
        assert (carried["words"], carried["revision"]) == ([WORDS], ["1"]), address
        assert "act" not in carried, address
    assert written() == before


@ENDINGS
def test_an_act_without_words_is_not_done_and_leads_back(sent_too_late, end):
    before = written()
    for role, client, address, page in sent_too_late(end, {"revision": "1"}, "?month=2019-03"):
        assert "was not done, and nothing was changed" in words(page), address

        back = sign_in(client, page, ROLES[role])

        assert "That was not done" in words(back), address
        there = client.get(link_of(back), follow=True)
        assert there.status_code == 200, address
        assert all("month=2019-03" in url for url, _ in there.redirect_chain), address
    assert written() == before


def test_an_act_of_an_older_page_is_not_done_either(client_of):
    """The token of its form ran out when the person signed in anew."""
    before = written()
    for route, role in FORMS.items():
        client, address = client_of(role, CheckingClient), routes.address(route)
        client.handler.enforce_csrf_checks = True

        answer = client.post(address, {"revision": "1"})

        assert answer.status_code == 403
        assert "was opened before you signed in again" in words(answer), address
        assert client.get(link_of(answer), follow=True).status_code == 200, address
    assert written() == before


def test_somebody_else_who_signs_in_sees_none_of_it(sent_too_late):
    for role, client, address, page in sent_too_late(end_by_limit, {"words": WORDS}):
        other = sign_in(client, page, "client-officer" if role == "trust" else "trust-manager")

        assert "a form of another person was sent from this browser" in words(other), address
        assert "Which team" not in other.content.decode(), address
        # A file and a plan are their own party's, which is known only once they are found.
        if address in other.content.decode() and not any(
            part in address for part in ("/uploads/", "/plans/")
        ):
            assert client.get(address, follow=True).status_code == 200, address


def test_the_address_of_an_act_opens_the_page_that_it_belongs_to(client_of):
    for route, role in FORMS.items():
        address = routes.address(route)

        answer = client_of(role).get(f"{address}?month=2019-03", follow=True)

        assert answer.status_code == 200, address
        assert answer["Content-Type"].startswith("text/html")
        last = answer.redirect_chain[-1][0] if answer.redirect_chain else address
        assert address.startswith(last.partition("?")[0])
        assert last == address or last.endswith("?month=2019-03")


def test_hidden_fields_are_marks_so_that_an_act_is_known_for_one(client_of):
    """A form whose hidden fields are no marks would be taken for one that holds what somebody typed."""
    marks = {mark for fields in declared(TypedFields) for mark in fields.marks}
    found = set()
    for _, form in forms_of_pages(client_of):
        hidden = {own_name(field["name"]) for field in form.select("input[type=hidden]")}
        assert MADE_FOR in hidden, form
        found |= hidden

    # What the return keeps beside a figure that corrects nothing is empty, or was typed.
    assert found - {*FORMS_OWN, "change_reason"} <= marks
    assert {"revision", "was"} <= found


def forms_of_pages(client_of):
    """Each form of a contract's page that is sent to one: the page, and the form."""
    for role in ROLES:
        client = client_of(role)
        for row in rows():
            if row.method != "GET" or row.cells[role] != "200" or ":" not in row.route:
                continue
            answer = client.get(routes.address(row.route))
            if answer["Content-Type"].startswith("text/html"):
                for form in BeautifulSoup(answer.content, "lxml").select("form[method=post]"):
                    yield answer, form


def test_what_was_typed_will_stand_under_the_label_that_people_know(client_of):
    """Each field of each form is shown by its page's own words for it, and by no name of the program's."""
    seen = set()
    for answer, form in forms_of_pages(client_of):
        asks = resolve((form.get("action") or answer.request["PATH_INFO"]).partition("?")[0]).func.asks
        for field in form.select("input:not([type=hidden]), select, textarea"):
            own = own_name(field["name"])
            fieldset = field.find_parent("fieldset")
            label = form.find("label", attrs={"for": field["id"]})
            on_the_page = " ".join(
                part.get_text(" ") for part in (label, fieldset and fieldset.legend) if part
            )
            # Beside two numbers a value is "or the value in %"; what a check asks is its own sentence.
            if own not in ("value",) and not own.startswith("answer-"):
                assert asks.label(own) in " ".join(on_the_page.split()), field["name"]
            seen.add(own.partition("-")[0])

    assert {"reason", "answer_by", "numerator", "commentary", "indicator", "wanted", "rows"} <= seen


@pytest.mark.parametrize("role", ["scrutiny", "admin", "officer"])
def test_a_link_to_a_page_of_another_role_leads_home_with_words(client_of, role):
    usernames = {"scrutiny": "scrutiny-member", "admin": "administrator", "officer": "client-officer"}
    client = client_of("anonymous")
    asked = routes.address("kpis:returns")
    page = client.get(asked, follow=True)

    answer = sign_in(client, page, usernames[role])

    assert answer.status_code == 200
    assert "that page is not yours" in words(answer)
    assert resolve(link_of(answer)).view_name == "home"
