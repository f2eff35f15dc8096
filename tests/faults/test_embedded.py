"""Without Redis: whoever writes recomputes, so a figure is there at once."""

import json

WITH_REDIS = False
DASHBOARD = "/contracts/sandwell/?month=2020-03"


def test_a_figure_is_on_the_dashboard_at_once(site, officer, enter):
    assert "77.3%" not in officer(DASHBOARD)[1]

    enter("PI1", 773, 1000)

    assert "77.3%" in officer(DASHBOARD)[1]


def test_the_installation_is_ready(site):
    status, _, body = site.get("/health/ready")

    assert (status, json.loads(body)["status"]) == (200, "ok")
