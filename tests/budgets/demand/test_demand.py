"""What the money rested on, what came, what it takes and what it cost: by hand, and with every number's place."""

from datetime import date

import pytest

from budgets.demonstration.months import live_on
from budgets.models import LineMonth
from kpis.figures.models import Figure
from tests.budgets.demand.conftest import DEMAND
from tests.pages import words

pytestmark = pytest.mark.django_db


def text_of(found):
    return " ".join(found.text.split())


def cells(soup, section):
    """By the first cell of each row the others."""
    return {
        text_of(row.th): [text_of(cell) for cell in row.find_all("td")]
        for row in soup.select(f'section[aria-labelledby="{section}"] > table tbody tr')
        if row.th
    }


def folded(figure):
    return [[text_of(cell) for cell in row.find_all(["th", "td"])] for row in figure.select("tbody tr")]


def test_what_was_assumed_and_what_came_is_read_in_a_sentence(page):
    assert text_of(page().select_one(".lede")) == (
        "Costs associated with placements in 2018/19: £7.72 million over, £31.72 million spent."
        " About 720 children assumed, 778 at the start, 901 at the end. Budgeted are 5 of 6 lines."
    )


def test_a_line_of_income_is_read_by_its_side(counted, page):
    counted.lines.filter(code="external_foster_care").update(side="income")

    soup = page()

    foster = soup.find(id="together-external_foster_care").parent
    assert text_of(foster.figcaption).startswith("External Foster Care: £2.85 million above its budget")
    assert foster.select_one(".time__heading").text == "What the year was to bring, £ million"
    assert cells(soup, "child-costs")["External Foster Care"][2].startswith("£11,085,089 received in 2018/19")
    # 31,715,177 less the 11,085,089 that came in instead.
    assert "£20.63 million spent" in text_of(soup.select_one(".lede"))


def test_cost_and_children_stand_on_one_axis_of_time(page):
    whole, foster, homes = page().select('section[aria-labelledby="together"] figure')

    assert text_of(foster.figcaption) == (
        "External Foster Care: £2.85 million over 227 children at the start, 293 at the end, 317 at the most"
    )
    assert [text.text for text in foster.select(".time__heading")] == [
        "What the year was to cost, £ million", "Children",
    ]  # fmt: skip
    assert [text.text for text in foster.select(".time__number")] == [
        "£11.09m", "227", "262", "286", "317", "293",
    ]  # fmt: skip
    # Without months there is the budget and what was spent.
    assert folded(foster) == [
        ["Budget", "£8,230,100", ""],
        ["31 March 2018", "", "227"],
        ["30 June 2018", "", "262"],
        ["30 September 2018", "", "286"],
        ["31 December 2018", "", "317"],
        ["31 March 2019", "£11,085,089", "293"],
    ]
    assert folded(whole)[0] == ["Budget", "£23,992,599", "about 720 assumed"]
    # Nothing is printed between the two ends, so nothing is drawn there.
    assert not whole.select("polyline")
    assert "Annual Review 2018/19, Section (b), Table 7" in foster.text
    assert homes.figcaption.text.strip().startswith("External Residential")


def test_forecasts_lead_to_what_was_spent_and_say_that_they_are_made_up(page, counted):
    live_on(counted, date(2020, 4, 20))
    # What all lines come to is known in the months in which all have said it.
    LineMonth.objects.filter(line__code="secure_units", year=2018, period=3).update(
        latest=None, accepted=None, state="submitted"
    )

    whole, foster, _ = page().select('section[aria-labelledby="together"] figure')

    rows = {row[0]: row[1:] for row in folded(foster)}
    assert rows["30 June 2018 illustrative"] == ["£8,515,000", "262"]
    assert rows["31 March 2019"] == ["£11,085,089", "293"]
    assert len(foster.select(".time__point.point--hollow")) == 11
    assert "30 June 2018 illustrative" not in [row[0] for row in folded(whole)]
    assert len(whole.select(".time__point.point--hollow")) == 10


def test_placements_by_kind_and_quarter(page):
    figure = page().select_one('section[aria-labelledby="placements"] figure')

    assert text_of(figure.figcaption) == (
        "Foster placements, external: 227 children at the start, 293 at the end, 317 at the most"
    )
    wide = figure.select_one(".chart__drawing--wide")
    assert len(wide.select("polyline")) == 7
    assert "0 Secure accommodation" in text_of(wide)


def test_assumed_actual_and_needed_stand_beside_each_other(page):
    rows = cells(page(), "needed")

    assert rows["Children in care"][:5] == ["about 720", "778 (1 April 2018)", "901 (31 March 2019)", "", ""]
    # 1,957 by 18; by 18 × (1 − 35/227.69 × 20%) with newly qualified workers.
    care_management = rows["Caseload, care management"]
    assert care_management[:5] == ["18 a worker", "21.45", "19.07", "108.7", "102.6"]
    assert care_management[5].startswith(
        "Derived: 1,957 cases in March 2019 ÷ 18; 112.2 if the 15.4% who are newly"
    )
    # 467 by 15.
    assert rows["Caseload, children in care team"][:5] == ["15 a worker", "19.68", "17.30", "31.1", "27"]
    assert rows["Caseload, assessment teams"][:5] == ["Not printed", "19.48", "30.79", "Not derived", "32.8"]
    families = rows["Mainstream fostering families"]
    assert families[:5] == [
        "16.5 a worker",
        "Not printed",
        "118 (no date printed)",
        "7.15 (printed)",
        "Not printed",
    ]
    assert families[5].startswith("118 ÷ 16.5 comes to 7.15")
    assert rows["Newly qualified share of social workers"][:3] == ["at most 20%", "16.5%", "15.4%"]
    assert all("Annual Review 2018/19" in row[5] for row in rows.values())


def test_what_a_child_cost_has_its_range_and_what_it_rests_on(page):
    soup = page()
    rows = cells(soup, "child-costs")

    # 11,085,089 by 289.5, the mean of 262, 286, 317 and 293; by 317 and by 227.
    foster = rows["External Foster Care"]
    assert foster[0] == "£38,290" and foster[1] == "£34,969 to £48,833"
    assert foster[2].startswith("£11,085,089 spent in 2018/19; 227 in March 2018, 262 in June 2018")
    # 10,787,259 by 53.5, the mean of 55, 55, 56 and 48; by 56 and by 48.
    assert rows["External Residential"][:2] == ["£201,631", "£192,630 to £224,735"]
    assert (
        "short stays between are not seen"
        in soup.select_one('section[aria-labelledby="child-costs"] dl').text
    )


def test_rates_stand_beside_those_of_others_with_their_places(page):
    groups = page().select(".rates tbody")
    found = {
        text_of(group.tr.th): [(text_of(row.th), text_of(row.td)) for row in group.find_all("tr")[1:]]
        for group in groups
    }

    assert found["Referrals per 10,000 Annual Review 2018/19, Section (b), Our referrals"] == [
        ("Here, 2017/18", "775.8"),
        ("Here, 2018/19", "782.79"),
        ("Statistical neighbours, 2017/18", "688.2"),
    ]
    assert found["Section 47 enquiries per 10,000 Annual Review 2018/19, Section (b), Our referrals"] == [
        ("Here, 2017/18", "339.00"),
        ("Here, 2018/19", "295.24"),
    ]
    assert found["Children with a protection plan per 10,000 Annual Review 2018/19, Section (c), PI2"] == [
        ("Here, April 2018", "99.93"),
        ("Here, March 2019", "72"),
        ("Statistical neighbours, 2017/18", "60"),
        ("England, 2017/18", "45.3"),
    ]
    widths = [int(rect["width"]) for rect in groups[0].select("rect")]
    assert widths == [200, 90 * 2000 // 1111, 62 * 2000 // 1111]


def test_every_number_that_is_held_here_stands_on_the_page(page, counted):
    shown = text_of(page())

    for series in counted.series.all():
        for one in series.observations.all():
            assert one.printed in shown, series.code
    assert "nearly 600 staff" in shown
    assert "Referred again within twelve months" in shown


def test_what_indicators_hold_and_nobody_reported_is_left_out(page, counted):
    from kpis.engine.models import IndicatorStatus

    held = IndicatorStatus.objects.filter(indicator__code="SM4")
    Figure.objects.filter(indicator__code="SM4").update(latest=None, accepted=None, state="submitted")
    held.delete()

    soup = page()

    assert "Caseload, children in care team" not in cells(soup, "needed")
    assert "Not known" in soup.select_one("#table-5").text


def test_a_contract_without_series_says_so(signed_in, client_officer, contract):
    assert "No book of this contract counts children or staff." in words(
        signed_in(client_officer).get(DEMAND)
    )


def test_the_page_is_found_from_the_money_and_from_a_line(counted, officer):
    money = "/contracts/sandwell/money/"

    for address in (money, f"{money}books/trust/lines/external_foster_care/"):
        assert f'href="{DEMAND}"' in officer.get(address).content.decode()


def test_the_page_costs_as_many_queries_whatever_it_shows(counted, officer, django_assert_max_num_queries):
    live_on(counted, date(2020, 4, 20))
    officer.get(DEMAND)
    with django_assert_max_num_queries(15):
        officer.get(DEMAND)
