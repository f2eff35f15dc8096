import pytest

from core.declarations import declared
from parties.roles import ROLE_KINDS, Permission, Role, label, may

# The policy, written out by hand beside the program's own lists.
BOTH = {"trust_manager", "client_officer"}
FINANCE = {"finance_lead", "council_finance"}
READERS = BOTH | FINANCE | {"board_reader"}
PLANS = READERS | {"action_owner"}
POLICY = {
    "dashboard.view": READERS,
    "indicator.view": READERS,
    "round.view": READERS,
    "figure.enter": {"trust_manager"},
    "figure.answer": {"client_officer"},
    "query.answer": {"trust_manager"},
    "calendar.view": PLANS,
    "notice.view": PLANS,
    "trail.view": READERS,
    "trail.view_own": BOTH,
    "published_checks.view": READERS,
    "definition.view": PLANS | {"scrutiny_member", "administrator"},
    "plan.view": PLANS,
    "plan.keep": BOTH,
    "action.update": BOTH | {"action_owner"},
    "action.comment": BOTH | {"action_owner"},
    "action.confirm": BOTH,
    "money.view": READERS,
    "money.enter": {"trust_manager", "finance_lead"},
    "money.answer": {"client_officer", "council_finance"},
    "report.view_issued": {"scrutiny_member"},
    "administration.use": {"administrator"},
}


@pytest.mark.parametrize("word", sorted(POLICY))
@pytest.mark.parametrize("role", sorted(ROLE_KINDS))
def test_role_may(role, word):
    assert may([role], word) is (role in POLICY[word])


def test_lists_agree():
    assert set(POLICY) == {permission.name for permission in declared(Permission)}
    assert set(ROLE_KINDS) == set(Role.values)


def test_no_role_may_nothing():
    assert not any(may([], word) for word in POLICY)


def test_roles_add_up():
    assert may(["scrutiny_member", "client_officer"], "dashboard.view")


def test_unknown_word_is_a_mistake():
    with pytest.raises(KeyError, match=r"dashboard\.veiw"):
        may(["client_officer"], "dashboard.veiw")


@pytest.mark.parametrize(
    ("roles", "words"),
    [
        ([], ""),
        (["client_officer"], "Client officer"),
        (["administrator", "client_officer"], "Client officer and administrator"),
        (
            ["administrator", "scrutiny_member", "client_officer"],
            "Client officer, scrutiny member and administrator",
        ),
    ],
)
def test_label(roles, words):
    assert label(roles) == words
