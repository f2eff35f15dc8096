"""The pages that rest on figures and measures read them in as many queries, however much there is of them."""

from datetime import date

import pytest

from improvement.actions.evidencing import Found, add_evidence
from improvement.actions.updating import Report, update_action
from improvement.models import Evidence
from improvement.rules.status import Status
from tests.improvement.conftest import TODAY
from tests.improvement.sending import ACTION, BASE

pytestmark = pytest.mark.django_db
ROW = f"{BASE}/plans/small/recommendations/OR1/"
# Session, person, contract, roles and plan; the row with its references, actions, owners, measures and links; the
# actions as they stood; what was said and stated.
OF_ROW = 14
# Session, person, contract and roles; the action with owners, events and evidence; the figures of all its
# indicators, and which of them are made up; the indicators that new evidence may name.
OF_ACTION = 11


@pytest.mark.parametrize("day", ["", "?as-at=2020-01-10"])
def test_a_recommendation_and_its_links(officer, plan_of_demonstration, django_assert_num_queries, day):
    officer.get(ROW + day)

    with django_assert_num_queries(OF_ROW):
        officer.get(ROW + day)


def test_an_action_and_the_evidence_of_six_indicators(
    signed_in, demonstration, action_there, turn_there, persona, django_assert_num_queries
):
    done = turn_there(action_there(1), date(2019, 9, 30))
    update_action(done, reports=[Report(1, Status.COMPLETED, "Done")])
    indicators = demonstration.indicators.filter(kind="contract")[:6]
    client = signed_in(persona("trust-manager"))

    for indicator in indicators:
        means = (60, 75) if indicator.polarity == "higher" else (75, 60)
        fields = {
            "indicator": indicator,
            "before_from": date(2019, 1, 1), "before_to": date(2019, 3, 1), "before_mean": means[0],
            "after_from": date(2019, 10, 1), "after_to": date(2019, 12, 1), "after_mean": means[1],
        }  # fmt: skip
        found = Found("indicator", "Moved", TODAY, date(2020, 10, 1), fields)
        add_evidence(turn_there(action_there(1)), found=found)
        client.get(ACTION)
        with django_assert_num_queries(OF_ACTION):
            client.get(ACTION)

    assert Evidence.objects.count() == 6
