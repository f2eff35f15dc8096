"""The figure for the chart library: plain JSON, the same points, nothing that leaves the page."""

import json
from pathlib import Path

import pytest
from django.conf import settings

from kpis.charts.interactive import interactive_figure
from kpis.charts.line import line_chart
from tests.kpis.charts.readings import APRIL, months, reading


@pytest.fixture
def figure():
    readings = [
        reading(APRIL, "76", provenance="illustrative"),
        reading(APRIL.next(), None),
        reading(APRIL.next(2), "48.123456789", status="failure"),
    ]
    chart = line_chart(readings, title="On target", description="Months")
    assert chart is not None
    return interactive_figure(chart)


def test_the_figure_is_strict_json_without_packed_numbers(figure):
    text = json.dumps(figure, allow_nan=False)

    assert "bdata" not in text
    assert "NaN" not in text


def test_values_are_exact_text_and_missing_ones_stay_missing(figure):
    (trace,) = figure["data"]

    assert trace["x"] == ["2018-04-01", "2018-05-01", "2018-06-01"]
    assert trace["y"] == ["76", None, "48.123457"]
    assert trace["connectgaps"] is False


def test_points_have_their_shape_and_illustrative_ones_are_hollow(figure):
    marker = figure["data"][0]["marker"]

    assert marker["symbol"][0] == "circle"
    assert marker["symbol"][2] == "square"
    assert marker["color"][0] == "#ffffff"
    assert marker["color"][2] == "#b10e1e"


def test_hover_says_month_value_status_and_provenance(figure):
    assert figure["data"][0]["text"][0] == "April 2018<br>76.0%<br>On target<br>illustrative"
    assert figure["data"][0]["text"][1] == "May 2018<br>Not reported"


def test_limits_are_labelled_at_the_end_and_gaps_say_why(figure):
    words = [annotation["text"] for annotation in figure["layout"]["annotations"]]

    assert words == ["Target: more than 70%", "Failure: less than 50%", "48.1%", "not<br>reported"]


def test_gaps_are_fixed_to_their_month_and_height_so_that_zoom_moves_them(figure):
    gap = figure["layout"]["annotations"][-1]

    # Half-way between 76 and 48.123456789.
    assert (gap["x"], gap["y"]) == ("2018-05-01", "62.061728")
    assert "yref" not in gap


def test_a_gap_of_two_months_stands_between_them():
    chart = line_chart(months("60", None, None, "70"), title="", description="")
    assert chart is not None

    assert interactive_figure(chart)["layout"]["annotations"][-1]["x"] == "2018-05-16"


def test_no_words_in_the_figure_become_inline_styles(figure):
    assert "<b>" not in json.dumps(figure)


def test_ten_years_have_one_tick_a_year():
    chart = line_chart(months(*(["60"] * 120)), title="", description="")
    assert chart is not None

    axis = interactive_figure(chart)["layout"]["xaxis"]
    assert axis["tickvals"][:2] == ["2018-04-01", "2019-04-01"]
    assert axis["ticktext"] == [f"{year}/{(year + 1) % 100:02d}" for year in range(2018, 2028)]


def test_two_years_name_every_month_and_three_name_quarters():
    two, three = (line_chart(months(*(["60"] * count)), title="", description="") for count in (24, 36))
    assert two is not None
    assert three is not None

    assert interactive_figure(two)["layout"]["xaxis"]["ticktext"][:2] == ["Apr<br>2018/19", "May"]
    assert interactive_figure(three)["layout"]["xaxis"]["ticktext"][:3] == ["Apr<br>2018/19", "Jul", "Oct"]


def test_the_page_script_offers_no_outside_service():
    script = (Path(settings.BASE_DIR) / "static" / "js" / "chart.js").read_text()

    assert "showSendToCloud: false" in script
    assert 'plotlyServerURL: ""' in script


def test_a_year_that_ends_with_the_first_month_has_no_room_for_its_label():
    march = line_chart([reading(APRIL.previous(), "60"), *months("61")], title="", description="")
    january = line_chart([reading(APRIL.previous(3), "60"), *months("61")], title="", description="")
    assert march is not None
    assert january is not None

    assert interactive_figure(march)["layout"]["xaxis"]["ticktext"] == ["Mar", "Apr<br>2018/19"]
    assert interactive_figure(january)["layout"]["xaxis"]["ticktext"][0] == "Jan<br>2017/18"


def test_a_years_label_needs_room_in_a_series_by_quarter():
    series = [reading(APRIL.previous(place), "60") for place in (3, 2, 1)] + list(months(*(["60"] * 60)))
    chart = line_chart(series, title="", description="")
    assert chart is not None

    assert interactive_figure(chart)["layout"]["xaxis"]["ticktext"][:2] == ["Jan", "Apr<br>2018/19"]
