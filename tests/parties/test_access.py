import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse

from kpis.versions.services import move_on
from parties.gate import contract_page, signed_in_page
from parties.models import Contract, Organisation, User
from parties.participants import first_participation, participant_for
from parties.services import create_user, deactivate_user, end_membership, grant_membership
from tests.cast import BY


@contract_page("dashboard.view")
def page(request, participant, **rest):
    return HttpResponse(f"{participant.role_label} {rest}")


@signed_in_page
def own_page(request):
    return HttpResponse("yours")


def ask(rf, user, view=page, method="get", path="/contracts/sandwell/?month=2019-03", **kwargs):
    request = getattr(rf, method)(path)
    request.user = user
    return request, view(request, **kwargs)


def test_reader_knows_roles_and_party(client_officer, trust_manager):
    officer, manager = participant_for(client_officer, "sandwell"), participant_for(trust_manager, "sandwell")

    assert (officer.party, officer.roles, officer.role_label) == (
        "commissioner",
        {"client_officer"},
        "Client officer",
    )
    assert (manager.party, manager.roles) == ("provider", {"trust_manager"})
    assert officer.may("indicator.view") and not officer.may("query.answer")
    assert manager.may("query.answer") and not manager.may("administration.use")


def test_reader_takes_two_queries(client_officer, django_assert_num_queries):
    with django_assert_num_queries(2):
        participant = participant_for(client_officer, "sandwell")
        assert participant.contract.commissioner.name and participant.contract.provider.name


def test_roles_elsewhere_do_not_count(client_officer, other_contract):
    grant_membership(user=client_officer, organisation=other_contract.provider, role="trust_manager", by=BY)

    assert participant_for(client_officer, "sandwell").roles == {"client_officer"}
    assert participant_for(client_officer, "elsewhere").roles == {"trust_manager"}
    assert participant_for(client_officer, "elsewhere").party == "provider"


def test_who_sits_in_both_parties_reads_for_the_commissioner(client_officer, trust):
    grant_membership(user=client_officer, organisation=trust, role="administrator", by=BY)

    participant = participant_for(client_officer, "sandwell")

    assert participant.party == "commissioner"
    assert participant.role_label == "Client officer and administrator"


def test_stranger_finds_nothing(contract, other_trust_manager):
    for user in (other_trust_manager, AnonymousUser()):
        with pytest.raises(Http404):
            participant_for(user, "sandwell")
    assert first_participation(AnonymousUser()) is None


def test_visible_to_is_membership_and_nothing_else(contract, other_contract, client_officer, administrator):
    loner = create_user(username="loner", by=BY)

    assert list(Contract.objects.visible_to(client_officer)) == [contract]
    assert list(Contract.objects.visible_to(administrator)) == [contract]
    assert list(Contract.objects.visible_to(loner)) == []
    assert list(Contract.objects.visible_to(AnonymousUser())) == []


def test_membership_ended_or_person_deactivated_ends_the_view(client_officer, administrator, trust_manager):
    end_membership(membership=client_officer.memberships.get(), by=administrator)
    deactivate_user(user=trust_manager, by=BY)

    assert not Contract.objects.visible_to(client_officer).exists()
    assert not Contract.objects.visible_to(trust_manager).exists()
    assert not Organisation.objects.visible_to(trust_manager).exists()
    assert not User.objects.visible_to(trust_manager).exists()


def test_organisations_and_people_in_view(
    contract, administrator, trust_manager, other_trust_manager, client_officer
):
    loner = create_user(username="loner", by=BY)

    assert set(Organisation.objects.visible_to(administrator)) == {contract.commissioner, contract.provider}
    assert set(Organisation.objects.visible_to(trust_manager)) == {contract.commissioner, contract.provider}
    assert set(User.objects.visible_to(administrator)) == {
        administrator,
        trust_manager,
        client_officer,
    }
    assert loner not in User.objects.visible_to(administrator)  # belongs to no organisation yet
    assert not Organisation.objects.visible_to(AnonymousUser()).exists()
    assert not User.objects.visible_to(AnonymousUser()).exists()


def test_page_gives_the_reader(rf, client_officer):
    request, answer = ask(rf, client_officer, contract_code="sandwell", indicator="PI1")

    assert answer.content.decode() == "Client officer {'indicator': 'PI1'}"
    assert request.participant.contract.code == "sandwell"
    assert page.permission == "dashboard.view"


def test_page_fetches_what_apps_declare_along_with_the_contract(
    rf, client_officer, django_assert_num_queries
):
    move_on(client_officer.memberships.get().organisation.commissions.get())

    @contract_page("dashboard.view")
    def view(request, participant):
        return HttpResponse(participant.contract.figures_version.current)

    with django_assert_num_queries(2):
        ask(rf, client_officer, view, contract_code="sandwell")


def test_page_sends_the_anonymous_to_sign_in_and_back(rf, contract):
    _, answer = ask(rf, AnonymousUser(), contract_code="sandwell")

    assert answer.status_code == 302
    assert answer.url == "/sign-in/?next=%2Fcontracts%2Fsandwell%2F%3Fmonth%3D2019-03"


def test_page_sends_an_anonymous_form_to_sign_in_with_what_it_holds(rf, contract):
    _, answer = ask(rf, AnonymousUser(), method="post", contract_code="sandwell")

    assert answer.status_code == 307
    assert answer.url == "/sign-in/again/?next=%2Fcontracts%2Fsandwell%2F%3Fmonth%3D2019-03"


def test_page_is_not_there_for_a_stranger(rf, contract, other_trust_manager):
    with pytest.raises(Http404):
        ask(rf, other_trust_manager, contract_code="sandwell")


def test_page_is_refused_to_a_role_without_the_word(rf, scrutiny_member):
    with pytest.raises(PermissionDenied, match="Scrutiny member"):
        ask(rf, scrutiny_member, contract_code="sandwell")


def test_signed_in_page(rf, client_officer):
    assert ask(rf, client_officer, own_page)[1].content == b"yours"
    assert ask(rf, AnonymousUser(), own_page, path="/account/")[1].url == "/sign-in/?next=%2Faccount%2F"


def test_first_reader_is_of_the_first_contract_by_code(client_officer, other_contract):
    grant_membership(
        user=client_officer, organisation=other_contract.commissioner, role="client_officer", by=BY
    )

    assert first_participation(client_officer).contract.code == "elsewhere"
