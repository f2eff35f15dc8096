"""The administration: who gets in, what is in scope, and one audit entry for each write."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.admin.models import LogEntry
from django.db import transaction

from audit.models import AuditEvent
from audit.services import record
from parties.models import Contract, Membership, User
from parties.services import create_user, grant_membership
from tests.cast import BY, PASSWORD
from tests.parties.administration import ADD, NO_ROLES, PEOPLE, change_page, one_role
from trail.admin import WITHHELD


@pytest.fixture
def admin_client(signed_in, administrator):
    return signed_in(administrator)


@pytest.fixture
def summaries(admin_client):
    begun_after = AuditEvent.objects.count()

    def since():
        return [entry.summary for entry in AuditEvent.objects.filter(sequence__gt=begun_after)]

    return since


def test_only_administrators_get_in(signed_in, client, client_officer, trust_manager, scrutiny_member):
    for person in (client_officer, trust_manager, scrutiny_member):
        assert signed_in(person).get("/admin/", follow=True).status_code == 403

    answer = client.get("/admin/", follow=True)
    assert answer.redirect_chain[-1][0] == "/sign-in/?next=%2Fadmin%2F"


def test_admin_uses_our_own_doors(admin_client):
    assert admin_client.get("/admin/login/").url == "/admin/"
    assert admin_client.get("/admin/password_change/").url == "/account/password/"
    assert admin_client.post("/admin/logout/").url == "/sign-in/?ended=signed-out"


def test_pages_open(admin_client, contract, client_officer):
    entry = AuditEvent.objects.last()
    pages = [
        "/admin/",
        PEOPLE,
        PEOPLE + "?q=officer&is_active__exact=1&memberships__role__exact=client_officer",
        ADD,
        change_page(client_officer),
        f"/admin/parties/user/{client_officer.pk}/password/",
        "/admin/parties/organisation/?q=trust",
        f"/admin/parties/organisation/{contract.provider_id}/change/",
        "/admin/parties/contract/?q=sandwell",
        f"/admin/parties/contract/{contract.pk}/change/",
        "/admin/audit/auditevent/?q=client-officer",
        f"/admin/audit/auditevent/{entry.pk}/change/",
    ]
    for page in pages:
        assert admin_client.get(page).status_code == 200, page


def test_add_a_person_with_a_role(admin_client, council, summaries):
    answer = admin_client.post(
        ADD,
        {
            "username": "olive",
            "home": council.pk,
            "usable_password": "true",
            "password1": PASSWORD,
            "password2": PASSWORD,
            "email": "o@example.org",
            **one_role(council, "client_officer"),
        },
    )

    assert answer.url == PEOPLE
    user = User.objects.get(username="olive")
    assert user.check_password(PASSWORD)
    assert [membership.role for membership in user.memberships.all()] == ["client_officer"]
    assert summaries() == ["olive was added.", "olive became client officer in Sandwell Council."]
    assert not LogEntry.objects.exists()


def test_add_a_person_without_a_password(admin_client, council, summaries):
    admin_client.post(ADD, {"username": "olive", "home": council.pk, "usable_password": "false", **NO_ROLES})

    assert not User.objects.get(username="olive").has_usable_password()
    assert summaries() == ["olive was added."]


def test_add_refuses_with_words(admin_client, council, client_officer, summaries):
    typed = {"home": council.pk, "usable_password": "false", **one_role(council, "trust_manager")}

    html = admin_client.post(ADD, {"username": "CLIENT-OFFICER", **typed}).content.decode()

    assert "This user name is taken" in html
    assert "Trust manager is a role in a trust, not in Sandwell Council." in html
    assert summaries() == []


def test_add_stays_in_scope(admin_client, council, other_contract, summaries):
    typed = {
        "home": council.pk,
        "usable_password": "false",
        **one_role(other_contract.commissioner, "client_officer"),
    }

    html = admin_client.post(ADD, {"username": "olive", **typed}).content.decode()

    assert "Select a valid choice" in html
    assert summaries() == []


def test_change_a_person(admin_client, client_officer, summaries):
    admin_client.post(
        change_page(client_officer), {"email": "o@example.org", "first_name": "Client officer", **NO_ROLES}
    )

    changed = User.objects.get(pk=client_officer.pk)
    assert (changed.email, changed.is_active) == ("o@example.org", False)
    assert summaries() == [
        "client-officer's details were changed: email.",
        "client-officer can no longer sign in.",
    ]


def test_change_reactivates(admin_client, client_officer, summaries):
    User.objects.filter(pk=client_officer.pk).update(is_active=False)

    admin_client.post(
        change_page(client_officer), {"is_active": "on", "first_name": "Client officer", **NO_ROLES}
    )

    assert summaries() == ["client-officer can sign in again."]


def test_saving_without_a_change_writes_nothing(admin_client, client_officer, summaries):
    admin_client.post(
        change_page(client_officer), {"is_active": "on", "first_name": "Client officer", **NO_ROLES}
    )

    assert summaries() == []


def test_end_a_role(admin_client, client_officer, summaries):
    membership = client_officer.memberships.get()

    admin_client.post(
        change_page(client_officer),
        {
            "is_active": "on",
            "first_name": "Client officer",
            "memberships-TOTAL_FORMS": "1",
            "memberships-INITIAL_FORMS": "1",
            "memberships-0-id": membership.pk,
            "memberships-0-user": client_officer.pk,
            "memberships-0-DELETE": "on",
        },
    )

    assert not client_officer.memberships.exists()
    assert summaries() == ["client-officer is no longer client officer in Sandwell Council."]


def test_nobody_changes_their_own_access(admin_client, administrator, council, summaries):
    admin_client.post(
        change_page(administrator),
        {"first_name": "Administrator", **one_role(council, "client_officer")},
    )

    assert User.objects.get(pk=administrator.pk).is_active
    assert [membership.role for membership in administrator.memberships.all()] == ["administrator"]
    assert summaries() == []


def test_nothing_is_deleted(admin_client, client_officer, contract):
    for page in (
        f"/admin/parties/user/{client_officer.pk}/delete/",
        f"/admin/parties/contract/{contract.pk}/delete/",
        f"/admin/parties/organisation/{contract.provider_id}/delete/",
        "/admin/audit/auditevent/1/delete/",
    ):
        assert admin_client.post(page, {"post": "yes"}).status_code == 403, page
    assert "delete_selected" not in admin_client.get(PEOPLE).content.decode()


@pytest.mark.parametrize("page", ["audit/auditevent", "parties/organisation", "parties/contract"])
def test_what_is_not_added_here(admin_client, page):
    assert admin_client.get(f"/admin/{page}/add/").status_code == 403


@pytest.mark.parametrize("page", ["auth/group", "knox/authtoken"])
def test_what_is_not_here_at_all(admin_client, page):
    assert admin_client.get(f"/admin/{page}/").status_code in (403, 404)
    assert page not in admin_client.get("/admin/").content.decode()


def test_scope_of_people(admin_client, client_officer, other_trust_manager, council):
    listed = admin_client.get(PEOPLE).content.decode()
    assert "client-officer" in listed and "other-trust-manager" not in listed
    assert admin_client.get(change_page(other_trust_manager)).status_code == 302

    grant_membership(user=other_trust_manager, organisation=council, role="client_officer", by=BY)

    page = admin_client.get(change_page(other_trust_manager))
    assert page.status_code == 200
    assert 'name="_save"' not in page.content.decode()  # to look at, for they sit elsewhere too
    assert admin_client.get(f"/admin/parties/user/{other_trust_manager.pk}/password/").status_code == 404


def test_scope_of_contracts_and_organisations(admin_client, contract, other_contract):
    assert admin_client.get(f"/admin/parties/contract/{other_contract.pk}/change/").status_code == 302
    assert (
        admin_client.get(f"/admin/parties/organisation/{other_contract.provider_id}/change/").status_code
        == 302
    )


def test_scope_of_the_trail(signed_in, administrator, client_officer, other_administrator):
    ours = signed_in(administrator).get("/admin/audit/auditevent/").content.decode()
    theirs = signed_in(other_administrator).get("/admin/audit/auditevent/").content.decode()

    assert "client-officer became client officer" in ours
    assert "other-administrator was added" not in ours
    assert "The contract" in ours and "Elsewhere Council" not in ours
    assert "client-officer" not in theirs
    assert "other-administrator was added" in theirs


def test_change_a_contract(admin_client, contract, summaries):
    page = f"/admin/parties/contract/{contract.pk}/change/"
    terms = {
        "name": contract.name,
        "years": "10",
        "break_after_years": "5",
        "reporting_until": "2020-03-01",
        "figures_due_working_day": "8",
        "answer_due_working_day": "15",
        "grace_months": "6",
    }

    assert admin_client.post(page, terms).status_code == 302
    refused = admin_client.post(page, {**terms, "answer_due_working_day": "7"}).content.decode()

    assert "by working day 20" in refused
    assert Contract.objects.get(pk=contract.pk).figures_due_working_day == 8
    assert summaries() == [
        "Settings of the contract Children's services contract were changed: figures due working day."
    ]


def test_set_a_password(admin_client, client_officer, summaries):
    page = f"/admin/parties/user/{client_officer.pk}/password/"

    refused = admin_client.post(page, {"new_password1": "a", "new_password2": "b"})
    assert "The password was not changed" in refused.content.decode()
    rules = BeautifulSoup(refused.content, "lxml").select("#id_new_password1_helptext li")
    assert len(rules) > 1
    answer = admin_client.post(page, {"new_password1": PASSWORD, "new_password2": PASSWORD})

    assert answer.url == change_page(client_officer)
    assert User.objects.get(pk=client_officer.pk).check_password(PASSWORD)
    assert summaries() == ["A new password was set for client-officer."]
    assert "Set a new password" in admin_client.get(change_page(client_officer)).content.decode()


def test_persona_gets_no_password(admin_client, council):
    persona = create_user(username="persona", home=council, is_persona=True, by=BY)

    assert admin_client.get(f"/admin/parties/user/{persona.pk}/password/").status_code == 404
    assert "a demonstration persona" in admin_client.get(change_page(persona)).content.decode()


def test_deactivate_and_reactivate_many(
    admin_client, administrator, client_officer, scrutiny_member, summaries, other_trust_manager, council
):
    grant_membership(user=other_trust_manager, organisation=council, role="client_officer", by=BY)
    chosen = [person.pk for person in (administrator, client_officer, scrutiny_member, other_trust_manager)]
    before = len(summaries())

    answer = admin_client.post(PEOPLE, {"action": "deactivate", "_selected_action": chosen}, follow=True)

    html = answer.content.decode()
    assert "Can no longer sign in: client-officer, scrutiny-member." in html
    assert "Not yours to change, so ask another administrator: administrator, other-trust-manager." in html
    assert summaries()[before:] == [
        "client-officer can no longer sign in.",
        "scrutiny-member can no longer sign in.",
    ]
    admin_client.post(
        PEOPLE, {"action": "reactivate", "_selected_action": [client_officer.pk, administrator.pk]}
    )
    admin_client.post(PEOPLE, {"action": "deactivate", "_selected_action": [administrator.pk]})
    assert summaries()[-1] == "client-officer can sign in again."


def test_history_is_the_trail(admin_client, client_officer):
    answer = admin_client.get(f"/admin/parties/user/{client_officer.pk}/history/", follow=True)

    html = answer.content.decode()
    assert "client-officer was added." in html
    assert "administrator was added." not in html


def test_lists_take_few_queries(admin_client, council, django_assert_max_num_queries):
    for number in range(20):
        user = create_user(username=f"person{number}", by=BY)
        grant_membership(user=user, organisation=council, role="scrutiny_member", by=BY)

    with django_assert_max_num_queries(15):
        admin_client.get(PEOPLE)
    with django_assert_max_num_queries(15):
        admin_client.get("/admin/audit/auditevent/")
    assert Membership.objects.count() == 21


def about_figures(contract, action):
    with transaction.atomic():
        return record(
            by=BY,
            action=action,
            subject=contract,
            summary="PI1 queried: the lantern is too low.",
            changes={"figures": ["PI1 2019-03: 765.4"]},
            contract=contract.code,
        )


ABOUT_FIGURES = ("figures.imported", "figure.queried", "return.submitted", "drafts.saved", "thought.of_later")


@pytest.fixture(params=ABOUT_FIGURES)
def entry(request, contract):
    """An entry that holds figures, or what the parties say about them."""
    return about_figures(contract, request.param)


def test_trail_keeps_figures_and_words_about_them_from_administrators(admin_client, entry):
    page = admin_client.get(f"/admin/audit/auditevent/{entry.pk}/change/").content.decode()
    rows = admin_client.get("/admin/audit/auditevent/").content.decode()

    assert WITHHELD in page and WITHHELD in rows
    for word in ("765.4", "lantern"):
        assert word not in page and word not in rows
        found = admin_client.get(f"/admin/audit/auditevent/?q={word}").content.decode()
        assert entry.action not in BeautifulSoup(found, "lxml").select_one("#changelist-form").text
    for lookup in ("changes__icontains=765", "changes__figures__0__contains=765", "hash__startswith=a"):
        assert admin_client.get(f"/admin/audit/auditevent/?{lookup}").status_code == 400, lookup


@pytest.mark.parametrize(
    ("days", "status"),
    [
        ("at__year=2020", 200),
        ("at__year=2020&at__month=4&at__day=20", 200),
        ("at__year=2020&at__month=2&at__day=31", 302),
        ("at__year=99999999999999999999", 400),
        ("at__year=9999", 400),
        ("at__year=0001", 400),
        ("at__year=2020&at__month=13", 400),
        ("at__year=x", 400),
    ],
)
def test_trail_is_walked_through_by_days_that_there_are(admin_client, days, status):
    assert admin_client.get(f"/admin/audit/auditevent/?{days}").status_code == status


@pytest.mark.parametrize(
    "filtered", ["username__regex=(", "email=x", "date_joined__year=99999999999999999999"]
)
def test_a_list_is_filtered_by_what_it_offers_alone(admin_client, filtered):
    assert admin_client.get(f"{PEOPLE}?{filtered}").status_code == 400


@pytest.mark.parametrize("action", ["figures.imported", "figure.queried"])
def test_trail_shows_figures_to_who_may_see_them(signed_in, administrator, council, contract, action):
    entry = about_figures(contract, action)
    grant_membership(user=administrator, organisation=council, role="client_officer", by=BY)

    client = signed_in(administrator)

    assert "765.4" in client.get(f"/admin/audit/auditevent/{entry.pk}/change/").content.decode()
    assert "lantern" in client.get("/admin/audit/auditevent/?q=lantern").content.decode()


def test_trail_keeps_drafts_from_the_council(signed_in, administrator, council, contract):
    entry = about_figures(contract, "drafts.saved")
    grant_membership(user=administrator, organisation=council, role="client_officer", by=BY)

    html = signed_in(administrator).get(f"/admin/audit/auditevent/{entry.pk}/change/").content.decode()

    assert "lantern" not in html and "765.4" not in html


def test_trail_shows_other_changes(admin_client, client_officer):
    entry = AuditEvent.objects.filter(action="membership.granted").last()

    assert (
        "client_officer" in admin_client.get(f"/admin/audit/auditevent/{entry.pk}/change/").content.decode()
    )


@pytest.mark.parametrize(
    "query", ["action=%00", "contract_code=%00&q=a", "subject_id=%00", "q=%00", "a%00=1"]
)
def test_filter_with_the_character_nul_is_a_bad_request(admin_client, query):
    assert admin_client.get(f"/admin/audit/auditevent/?{query}").status_code == 400
