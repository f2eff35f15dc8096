"""What was typed when a session had ended goes to who typed it, and to nobody else."""

import pytest
from bs4 import BeautifulSoup
from django.core import signing
from django.test import Client

from parties.kept_typing import Typing
from parties.models import User
from parties.services import create_user, end_membership, grant_membership, set_password
from parties.sessions import SEEN
from parties.whose_form import KEPT_SECONDS, MADE_FOR, TYPED_BY, person_of, sealed_person
from tests.cast import BY, PASSWORD
from tests.conftest import CheckingClient
from tests.pages import sent_by, words

PAGE = "/contracts/sandwell/returns/2020-03/"
SIGN_IN = "/sign-in/"
TYPED = {"PI1-was": "mark", "PI1-numerator": "4321", "PI1-commentary": "Two\nlines", "PI1-value": ""}
SAVED = (["4321"], ["Two\r\nlines"])
NOT_SHOWN = "What was sent is not shown here"


@pytest.fixture
def typist(trust_manager) -> User:
    set_password(user=trust_manager, password=PASSWORD, by=BY)
    return trust_manager


@pytest.fixture
def colleague(contract) -> User:
    """Somebody else who enters the Trust's figures."""
    user = create_user(username="colleague", first_name="Colleague", by=BY)
    grant_membership(user=user, organisation=contract.provider, role="trust_manager", by=BY)
    set_password(user=user, password=PASSWORD, by=BY)
    return user


@pytest.fixture
def browser() -> Client:
    """A browser whose forms need their token, as everybody's do."""
    return CheckingClient(enforce_csrf_checks=True)


def hidden(answer, action: str) -> dict[str, str]:
    """What the form that goes to this address carries unseen, its token too."""
    form = BeautifulSoup(answer.content, "lxml").find("form", action=action)
    assert form is not None, answer.content.decode()
    return {field["name"]: field.get("value", "") for field in form.find_all("input", type="hidden")}


def token(answer) -> dict[str, str]:
    page = BeautifulSoup(answer.content, "lxml")
    return {"csrfmiddlewaretoken": page.find("input", attrs={"name": "csrfmiddlewaretoken"})["value"]}


def credentials(username: str = "trust-manager", password: str = PASSWORD) -> dict[str, str]:
    return {"username": username, "password": password}


def sign_in(browser: Client, username: str = "trust-manager"):
    return browser.post(SIGN_IN, token(browser.get(SIGN_IN)) | credentials(username))


def kept_after_limit(client: Client, user: User, typed: dict[str, str] | None = None):
    """The sign-in page to which a form led that was sent after the idle limit."""
    client.logout()
    client.force_login(user)
    session = client.session
    session[SEEN] -= 3601
    session.save()
    return client.post(PAGE, typed or TYPED | {"act": "submit"}, follow=True)


def holds_typing(answer) -> bool:
    carried = sent_by(answer, PAGE)
    return (carried["PI1-numerator"], carried["PI1-commentary"]) == SAVED and "act" not in carried


def shows_none_of_it(answer) -> bool:
    html = answer.content.decode()
    return (
        NOT_SHOWN in html and "4321" not in html and "Two" not in html and "kept" not in hidden_names(answer)
    )


def hidden_names(answer) -> set[str]:
    return {field["name"] for field in BeautifulSoup(answer.content, "lxml").find_all("input", type="hidden")}


# --- a form whose token ran out


def test_a_form_from_before_the_last_sign_in_is_given_on_with_a_token_of_its_own(browser, typist):
    sign_in(browser)
    old = token(browser.get(PAGE))
    browser.post("/sign-out/", old)
    sign_in(browser)

    answer = browser.post(PAGE, old | TYPED | {"act": "submit"})

    assert answer.status_code == 403
    assert holds_typing(answer)
    said = words(answer)
    assert "opened before you signed in again" in said
    assert "PI1 Numerator 4321 What happened, why, what next, and by when of PI1 Two lines" in said
    assert " mark" not in said and "Value" not in said
    assert "“return, March 2020” of Children's services contract, in the name of Trust manager" in said
    assert browser.post(PAGE, sent_by(answer, PAGE)).status_code == 302


def test_an_expired_form_of_somebody_who_may_not_use_the_page_is_not_shown(browser, typist, with_password):
    sign_in(browser)
    old = token(browser.get(PAGE))
    browser.post("/sign-out/", old)
    sign_in(browser, with_password.username)

    answer = browser.post(PAGE, old | TYPED)

    assert answer.status_code == 403
    assert shows_none_of_it(answer)


def test_a_form_from_another_site_is_not_given_on(browser, typist):
    sign_in(browser)

    answer = browser.post(PAGE, TYPED, HTTP_ORIGIN="https://evil.example")

    assert answer.status_code == 403
    assert "This form has expired" in answer.content.decode() and b"4321" not in answer.content


def test_an_expired_form_of_another_page_is_not_kept(browser, typist):
    sign_in(browser)

    answer = browser.post("/account/password/", TYPED)

    assert answer.status_code == 403
    assert "This form has expired" in answer.content.decode()


def test_an_expired_form_of_nobody_leads_through_the_sign_in(browser, typist):
    page = browser.post(PAGE, TYPED)

    assert page.status_code == 403
    assert "What you typed is kept on this page" in page.content.decode()
    assert holds_typing(browser.post(SIGN_IN, hidden(page, SIGN_IN) | credentials()))


def test_a_sign_in_form_from_before_another_tab_signed_in_still_gives_on_what_it_carries(browser, typist):
    sign_in(browser)
    old = token(browser.get(PAGE))
    browser.post("/sign-out/", old)
    page = browser.post(browser.post(PAGE, old | TYPED).url, old | TYPED)
    sign_in(browser)

    answer = browser.post(SIGN_IN, hidden(page, SIGN_IN) | credentials())

    assert answer.status_code == 403
    assert holds_typing(answer)


# --- on the way through the sign-in


@pytest.mark.parametrize("address", [SIGN_IN, "/sign-in/again/"])
def test_who_is_signed_in_already_gets_what_the_form_carries(client, typist, address):
    carried = hidden(kept_after_limit(client, typist), SIGN_IN)
    client.force_login(typist)

    assert holds_typing(client.post(address, carried | credentials()))


def test_a_form_that_comes_to_the_sign_in_after_it_is_given_on(client, typist):
    client.force_login(typist)

    assert holds_typing(client.post(f"/sign-in/again/?next={PAGE}", TYPED))


def test_a_wrong_password_and_too_many_tries_lose_nothing(client, typist, settings):
    settings.SIGN_IN_TRIES_PER_PERSON = 1
    page = kept_after_limit(client, typist)
    page = client.post(SIGN_IN, hidden(page, SIGN_IN) | credentials(password="wrong"))
    refused = client.post(SIGN_IN, hidden(page, SIGN_IN) | credentials())
    assert refused.status_code == 429
    assert "What you sent before your session ended is kept" in refused.content.decode()

    back = client.post("/sign-in/again/", hidden(refused, "/sign-in/again/"))
    settings.SIGN_IN_TRIES_PER_PERSON = 5

    assert holds_typing(client.post(SIGN_IN, hidden(back, SIGN_IN) | credentials()))


@pytest.mark.parametrize("address", ["/account/password/", "/admin/calendars/meeting/add/"])
def test_a_form_of_no_contract_is_said_to_be_lost_and_led_back_to(client, administrator, address):
    set_password(user=administrator, password=PASSWORD, by=BY)
    client.force_login(administrator)
    session = client.session
    session[SEEN] -= 3601
    session.save()

    page = client.post(address, {"new_password1": "seven herons at dawn"}, follow=True)

    assert "What you sent was not taken, and nothing was saved." in page.content.decode()
    assert "herons" not in page.content.decode()
    assert client.post(SIGN_IN, hidden(page, SIGN_IN) | credentials("administrator")).url == address


def test_the_address_of_the_sign_in_page_that_carries_something_can_be_opened_anew(client, db):
    answer = client.get(f"/sign-in/again/?next={PAGE}")

    assert answer.url.startswith("/sign-in/?next=")


# --- whose it is


def test_it_goes_to_who_was_signed_in(client, typist):
    page = kept_after_limit(client, typist)

    answer = client.post(SIGN_IN, hidden(page, SIGN_IN) | credentials())

    assert holds_typing(answer)
    assert "You typed it yourself" in answer.content.decode()


@pytest.mark.parametrize("form", [TYPED, {"PI1-was": "mark", "act": "submit"}], ids=["words", "an act"])
def test_a_colleague_who_signs_in_instead_is_told_and_shown_none_of_it(client, typist, colleague, form):
    page = kept_after_limit(client, typist, form)

    answer = client.post(SIGN_IN, hidden(page, SIGN_IN) | credentials("colleague"))

    assert answer.status_code == 200
    assert shows_none_of_it(answer)
    said = words(answer)
    assert "a form of another person was sent from this browser. Nothing of it was done or saved" in said
    assert "again at its page: “return, March 2020”" in said
    assert BeautifulSoup(answer.content, "lxml").main.find("a", href=PAGE)


def test_nothing_is_kept_for_who_typed_it_once_another_signed_in(client, typist, colleague):
    page = kept_after_limit(client, typist)
    client.post(SIGN_IN, hidden(page, SIGN_IN) | credentials("colleague"))
    client.post("/sign-out/")

    back = client.post(SIGN_IN, credentials() | {"next": PAGE}, follow=True)

    assert back.redirect_chain == [(PAGE, 302)]
    assert "4321" not in back.content.decode()


def test_the_page_of_the_form_is_named_to_nobody_who_may_not_open_it(client, typist, with_password):
    page = kept_after_limit(client, typist)

    answer = client.post(SIGN_IN, hidden(page, SIGN_IN) | credentials(with_password.username))

    assert shows_none_of_it(answer) and "again at its page, which isn’t open to you" in words(answer)
    assert PAGE not in answer.content.decode() and "return, March 2020" not in words(answer)


def test_a_page_that_is_closed_to_its_typist_by_now_is_said_to_be(client, typist):
    page = kept_after_limit(client, typist)
    end_membership(membership=typist.memberships.get(), by=BY)

    answer = client.post(SIGN_IN, hidden(page, SIGN_IN) | credentials())

    assert shows_none_of_it(answer) and "a page that isn’t open to you any more" in words(answer)


def test_a_form_is_of_whom_it_was_made_for_whoever_sends_it(browser, typist, colleague):
    """Typed by one, sent when another had signed in in the same browser; the session knows the other alone."""
    sign_in(browser)
    form = hidden(browser.get(PAGE), PAGE)
    browser.post("/sign-out/", form)
    sign_in(browser, "colleague")

    answer = browser.post(PAGE, form | TYPED)

    assert answer.status_code == 403
    assert shows_none_of_it(answer)
    assert "This form was opened by another person, before you signed in" in words(answer)


def test_where_nobody_knows_whose_it_is_it_goes_to_who_may_use_the_page(client, typist, with_password):
    page = client.post(PAGE, TYPED, follow=True)

    council = client.post(SIGN_IN, hidden(page, SIGN_IN) | credentials(with_password.username))
    assert shows_none_of_it(council)
    assert "a page that isn’t open to you" in council.content.decode()
    client.logout()
    ours = client.post(SIGN_IN, hidden(page, SIGN_IN) | credentials())
    assert holds_typing(ours)
    assert "if somebody else typed it, leave it" in ours.content.decode()


def test_it_is_not_given_to_a_stranger_to_the_contract(client, typist, other_trust_manager):
    set_password(user=other_trust_manager, password=PASSWORD, by=BY)
    page = client.post(PAGE, TYPED, follow=True)

    answer = client.post(SIGN_IN, hidden(page, SIGN_IN) | credentials(other_trust_manager.username))

    assert shows_none_of_it(answer)


# --- a text that is not ours


@pytest.mark.parametrize(
    "kept",
    [
        "[" * 100_000,
        '[["a","\\ud800"]]',
        "a:b:c",
        "\0é:ü",
        signing.dumps([PAGE, [["PI1-numerator", "4321"]], None]),
    ],
    ids=["deep", "surrogate", "no signature", "no letters", "signed for something else"],
)
def test_a_forged_text_gives_nothing_and_says_so(client, typist, kept):
    answer = client.post(SIGN_IN, credentials() | {"kept": kept})

    assert answer.status_code == 200
    assert shows_none_of_it(answer)
    assert "can’t be read again" in answer.content.decode()
    assert client.get("/account/").status_code == 200


@pytest.mark.parametrize("person", ["17", "a:b:c", "["])
def test_a_forged_person_is_nobody(client, typist, person):
    page = client.post(f"/sign-in/again/?next={PAGE}&typed_by={person}", TYPED)

    assert Typing.unsealed(hidden(page, SIGN_IN)["kept"]).typed_by is None


@pytest.mark.parametrize("path", ["/account/", "//evil.example/", "https://evil.example" + PAGE, ""])
def test_nothing_is_kept_for_a_page_that_does_not_ask_for_it(client, db, path):
    page = client.post(f"/sign-in/again/?next={path}", TYPED)

    assert "kept" not in hidden(page, SIGN_IN)


def a_day_later(monkeypatch):
    now = signing.time.time()
    monkeypatch.setattr(signing.time, "time", lambda: now + KEPT_SECONDS + 5)


def test_the_seal_keeps_every_text_for_a_day(monkeypatch):
    typing = Typing(PAGE, [("a", "\0 é\r\n “12%” 😀"), ("a", ""), ("b", "\ud800")], 7)
    sealed = typing.sealed()
    assert Typing.unsealed(sealed) == typing

    a_day_later(monkeypatch)
    assert Typing.unsealed(sealed) is None


@pytest.mark.parametrize(("name", "other"), [(MADE_FOR, TYPED_BY), (TYPED_BY, MADE_FOR)])
def test_the_mark_of_a_person_is_good_for_a_day_and_in_its_own_place(monkeypatch, name, other):
    """What stands in addresses stands in logs as well: it makes no form somebody's."""
    sealed = sealed_person(7, name)
    assert person_of(sealed, name) == 7
    assert person_of(sealed, other) is None

    a_day_later(monkeypatch)
    assert person_of(sealed, name) is None


def test_a_page_that_went_with_an_older_release_takes_nothing(client_officer):
    from parties.kept_typing import participant_at

    assert participant_at(client_officer, "/no/such/page/") is None


def shown(client, address: str, form: dict):
    """The page that shows the form again after the sign-in."""
    page = client.post(address, form, follow=True)
    return client.post(SIGN_IN, hidden(page, SIGN_IN) | credentials())


def test_what_was_chosen_is_said_in_words(client, typist):
    form = {"PI1-standing": "provisional", "PI1-answer-steep-change": "Two of nine"}

    answer = shown(client, PAGE, form)

    assert "This is Provisional figure A word about what is unusual" in words(answer)


@pytest.mark.parametrize("order", [1, -1], ids=["many words first", "one word first"])
@pytest.mark.parametrize("short", ["Flood", "A flood"], ids=["one word", "two words"])
def test_answers_of_one_label_stand_each_for_itself(client, typist, short, order):
    answers = [("PI1-answer-steep-change", "Two of nine"), ("PI1-answer-over-target", short)][::order]

    answer = shown(client, PAGE, dict(answers))

    rows = BeautifulSoup(answer.content, "lxml").select(".govuk-summary-list__row")
    assert [row.dd.get_text().strip() for row in rows] == [said for _, said in answers]
    assert all(row.dt.get_text().strip().startswith("A word about what is unusual") for row in rows)
    sent = sent_by(answer, PAGE)
    assert [sent[name] for name, _ in answers] == [[said] for _, said in answers]


def test_ticked_boxes_stand_in_one_line(client, typist):
    boxes = {"wanted": ["queried", "accepted", "no such kind"]}

    answer = shown(client, "/contracts/sandwell/notices/", boxes)

    heads = "Queried by the council, Accepted by the council, no such kind"
    assert f"Tell me by e-mail when … {heads}" in words(answer)
    assert sent_by(answer, "/contracts/sandwell/notices/")["wanted"] == boxes["wanted"]
