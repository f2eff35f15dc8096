"""Administrators write in their own organisations: they see the other party's people and change none of them."""

from datetime import date

import pytest
from django.urls import reverse
from knox.models import AuthToken

from audit.models import AuditEvent
from parties.models import User
from parties.services import (
    OutOfScope,
    change_contract,
    change_details,
    create_contract,
    create_organisation,
    create_token,
    create_user,
    deactivate_user,
    end_membership,
    grant_membership,
    looks_after,
    reactivate_user,
    revoke_tokens,
    set_password,
)
from tests.cast import BY, PASSWORD
from tests.parties.administration import ADD, NO_ROLES, PEOPLE, change_page, one_role


@pytest.fixture
def second_trust(contract):
    """Another trust under a contract with the same council."""
    trust = create_organisation(kind="trust", code="t2", name="Second Trust", short_name="Second", by=BY)
    create_contract(
        code="two",
        name="Second contract",
        commissioner=contract.commissioner,
        provider=trust,
        starts_on=date(2019, 4, 1),
        by=BY,
    )
    return trust


@pytest.fixture
def trust_administrator(second_trust):
    user = create_user(username="t2admin", by=BY)
    grant_membership(user=user, organisation=second_trust, role="administrator", by=BY)
    return user


def password_page(person):
    return f"/admin/parties/user/{person.pk}/password/"


def test_password_of_the_other_party_stays(signed_in, trust_administrator, client_officer):
    typed = {"new_password1": PASSWORD, "new_password2": PASSWORD}

    assert signed_in(trust_administrator).post(password_page(client_officer), typed).status_code == 404
    assert not User.objects.get(pk=client_officer.pk).has_usable_password()


def test_people_of_the_other_party_are_to_look_at(signed_in, trust_administrator, client_officer, council):
    client = signed_in(trust_administrator)
    page = client.get(change_page(client_officer))

    assert page.status_code == 200
    assert 'name="_save"' not in page.content.decode()
    assert 'name="memberships-0-role"' not in page.content.decode()
    typed = {"first_name": "Mallory", **one_role(council, "administrator")}
    assert client.post(change_page(client_officer), typed).status_code == 403
    assert User.objects.get(pk=client_officer.pk).is_active


def test_no_role_is_given_in_the_other_party(signed_in, trust_administrator, second_trust, council):
    client = signed_in(trust_administrator)
    typed = {"username": "mole", "home": second_trust.pk, "usable_password": "false"}

    html = client.post(ADD, {**typed, **one_role(council, "client_officer")}).content.decode()
    elsewhere = client.post(ADD, {**typed, "home": council.pk, **NO_ROLES}).content.decode()

    assert "Select a valid choice" in html and "Select a valid choice" in elsewhere
    assert not User.objects.filter(username="mole").exists()
    client.post(ADD, {**typed, **one_role(second_trust, "trust_manager")})
    assert str(User.objects.get(username="mole").memberships.get()) == "Trust manager, Second Trust"


def test_many_of_the_other_party_stay_active(signed_in, trust_administrator, client_officer):
    chosen = {"action": "deactivate", "_selected_action": [client_officer.pk]}

    html = signed_in(trust_administrator).post(PEOPLE, chosen, follow=True).content.decode()

    assert "Not yours to change, so ask another administrator: client-officer." in html
    assert User.objects.get(pk=client_officer.pk).is_active


def test_services_hold_the_rule_themselves(trust_administrator, client_officer, council, second_trust):
    by, officer = trust_administrator, client_officer
    mine = create_user(username="mine", home=second_trust, by=by)
    before = AuditEvent.objects.count()
    refused = [
        lambda: grant_membership(user=officer, organisation=second_trust, role="administrator", by=by),
        lambda: grant_membership(user=mine, organisation=council, role="client_officer", by=by),
        lambda: end_membership(membership=officer.memberships.get(), by=by),
        lambda: set_password(user=officer, password=PASSWORD, by=by),
        lambda: deactivate_user(user=officer, by=by),
        lambda: reactivate_user(user=officer, by=by),
        lambda: change_details(user=officer, by=by, email="", first_name="M", last_name=""),
        lambda: create_user(username="mole", home=council, by=by),
        lambda: create_user(username="mole", by=by),
        lambda: create_token(user=officer, by=by),
        lambda: revoke_tokens(user=officer, by=by),
    ]

    for write in refused:
        with pytest.raises(OutOfScope):
            write()
    assert AuditEvent.objects.count() == before


def test_being_an_officer_there_gives_no_power_to_write(client_officer, scrutiny_member):
    with pytest.raises(OutOfScope):
        set_password(user=scrutiny_member, password=PASSWORD, by=client_officer)


def test_own_details_and_password_are_ones_own(client_officer):
    set_password(user=client_officer, password=PASSWORD, by=client_officer)
    change_details(user=client_officer, by=client_officer, email="", first_name="Olive", last_name="")

    assert User.objects.get(pk=client_officer.pk).first_name == "Olive"


def test_who_has_no_role_belongs_to_the_organisation_that_added_them(
    signed_in, administrator, trust_administrator, other_administrator, council
):
    newcomer = create_user(username="newcomer", home=council, by=administrator)
    typed = {"new_password1": PASSWORD, "new_password2": PASSWORD}

    for stranger in (trust_administrator, other_administrator):
        assert signed_in(stranger).post(password_page(newcomer), typed).status_code == 404
    assert "newcomer" not in signed_in(other_administrator).get(PEOPLE).content.decode()
    assert signed_in(administrator).post(password_page(newcomer), typed).status_code == 302


def test_who_lost_the_last_role_belongs_where_they_held_it(
    administrator, client_officer, other_administrator
):
    end_membership(membership=client_officer.memberships.get(), by=administrator)
    person = User.objects.get(pk=client_officer.pk)

    assert looks_after(administrator, person) and not looks_after(other_administrator, person)
    assert person in User.objects.visible_to(administrator)


def test_person_is_added_to_an_organisation(signed_in, administrator):
    page = signed_in(administrator)
    typed = {"username": "nobodys", "usable_password": "false", **NO_ROLES}

    assert "This field is required" in page.post(ADD, typed).content.decode()
    html = page.get(ADD).content.decode()
    assert "User name:" in html and "Not yet" in html
    assert "Single Sign-On" not in html and "Username" not in html


def test_settings_are_changed_by_the_commissioner_alone(signed_in, trust_administrator, second_trust):
    two = second_trust.provisions.get()
    page = reverse("admin:parties_contract_change", args=[two.pk])
    client = signed_in(trust_administrator)

    assert client.get(page).status_code == 200
    assert 'name="_save"' not in client.get(page).content.decode()
    assert client.post(page, {"name": "Mine", "grace_months": "99"}).status_code == 403
    with pytest.raises(OutOfScope):
        change_contract(contract=two, by=trust_administrator, grace_months=99)


def test_filter_offers_organisations_in_scope(signed_in, administrator, other_contract):
    html = signed_in(administrator).get(PEOPLE).content.decode()

    assert "Sandwell Council" in html
    assert "Elsewhere Council" not in html


def test_list_is_not_filtered_by_stored_passwords(signed_in, administrator):
    assert signed_in(administrator).get(PEOPLE + "?password__startswith=argon2").status_code == 400


def test_password_set_by_another_shuts_everything_of_theirs(signed_in, administrator, client_officer):
    set_password(user=client_officer, password="the old one of the officer", by=BY)
    client = signed_in(User.objects.get(pk=client_officer.pk))
    create_token(user=client_officer, by=BY)
    typed = {"new_password1": PASSWORD, "new_password2": PASSWORD}

    assert client.get("/account/").status_code == 200
    signed_in(administrator).post(password_page(client_officer), typed)

    assert client.get("/account/").status_code == 302
    assert not AuthToken.objects.exists()
    assert AuditEvent.objects.last().changes == {"tokens_revoked": 1}


def test_own_new_password_keeps_own_tokens(client_officer):
    create_token(user=client_officer, by=BY)
    set_password(user=client_officer, password=PASSWORD, by=client_officer)

    assert AuthToken.objects.count() == 1
