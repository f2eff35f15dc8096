"""What an indicator shows as evidence is told with its figures to those alone who may read them."""

from datetime import date

import pytest
from bs4 import BeautifulSoup

from improvement.actions.evidencing import Found, add_evidence
from improvement.actions.updating import Report, update_action
from improvement.rules.status import Status
from kpis.engine.models import IndicatorStatus
from tests.improvement.sending import ACTION
from tests.pages import text, words

pytestmark = pytest.mark.django_db
WINDOWS = {
    "before_from": date(2019, 1, 1), "before_to": date(2019, 3, 1),
    "after_from": date(2019, 10, 1), "after_to": date(2019, 12, 1),
}  # fmt: skip


def test_figures_are_told_to_those_who_may_read_them(
    signed_in, demonstration, action_there, turn_there, persona, owner_there
):
    indicator = demonstration.indicators.get(code="PI9")
    done = turn_there(action_there(1), date(2019, 9, 30))
    update_action(done, reports=[Report(1, Status.COMPLETED, "Done")])
    for before, after in ((60, 75), (75, 60), (None, 75)):
        fields = {"indicator": indicator, "before_mean": before, "after_mean": after} | WINDOWS
        found = Found("indicator", "Moved", date(2020, 4, 20), date(2020, 10, 1), fields)
        add_evidence(turn_there(action_there(1)), found=found)

    manager, owner = (words(signed_in(who).get(ACTION)) for who in (persona("trust-manager"), owner_there))
    assert "mean 60.0% from January 2019 to March 2019, 75.0% from October 2019" in manager
    assert "mean too few months from January 2019" in manager
    assert "from January 2019" not in owner
    for said in ("better.", "not better.", "too few months to say."):
        assert f"PI9 {indicator.short_name}: {said}" in owner


def test_evidence_of_a_made_up_month_is_marked(
    signed_in, demonstration, action_there, turn_there, persona, owner_there
):
    """One made-up month of a window is enough; evidence of published months alone carries no mark."""
    indicator = demonstration.indicators.get(code="PI9")
    update_action(
        turn_there(action_there(1), date(2019, 9, 30)), reports=[Report(1, Status.COMPLETED, "Done")]
    )
    fields = {"indicator": indicator, "before_mean": 60, "after_mean": 75} | WINDOWS
    found = Found("indicator", "Moved", date(2020, 4, 20), date(2020, 10, 1), fields)
    add_evidence(turn_there(action_there(1)), found=found)
    months = IndicatorStatus.objects.filter(indicator=indicator)

    def marks():
        page = BeautifulSoup(signed_in(persona("trust-manager")).get(ACTION).content, "lxml")
        return [text(mark) for mark in page.select("section[aria-labelledby=evidence] .mark")]

    months.update(provenance="published")
    assert marks() == []
    months.filter(month=date(2019, 9, 1)).update(provenance="illustrative")
    assert marks() == []
    months.filter(month=date(2019, 2, 1)).update(provenance="illustrative")
    assert marks() == ["illustrative"]
    assert "better. illustrative" in words(signed_in(owner_there).get(ACTION))
