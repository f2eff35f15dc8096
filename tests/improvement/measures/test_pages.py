"""The list of impact measures, each one's page, and what is written there."""

from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError, transaction

from audit.models import AuditEvent
from core.values.months import Month
from improvement.measures.services import Entered, add_value
from improvement.models import Measure, MeasureLink, MeasureValue, Plan
from parties.participants import participant_for
from tests.improvement.conftest import TODAY
from tests.pages import text, words

pytestmark = pytest.mark.django_db
LIST = "/contracts/sandwell/plans/small/measures/"
MEASURE = f"{LIST}OR1/1/"
VALUE = {"month": "2020-03", "value": "75.4", "source": "Audit of 20 case files"}


@pytest.fixture
def measure(plan):
    return Measure.objects.get(recommendation__code="OR1")


@pytest.fixture
def link(defined, measure):
    indicator = defined.indicators.get(code="PI9")
    return MeasureLink.objects.create(
        measure=measure, indicator=indicator, strength="same", words="Both count it"
    )


def test_a_link_stays_whoever_writes(link):
    with pytest.raises(IntegrityError, match="Nothing of a plan is deleted"), transaction.atomic():
        link.delete()


def send(client, act, page=MEASURE, **changes):
    """Sends a form as the page offers it, with changes."""
    return send_again(client, client.get(page), act, page, **changes)


def send_again(client, answer, act, page=MEASURE, **changes):
    """Sends a form of a page as it was answered."""
    soup = BeautifulSoup(answer.content, "lxml")
    form = soup.find("form", action=f"{page}{act}/")
    assert form is not None, f"no form for {act}"
    fields = {one["name"]: one.get("value", "") for one in form.find_all("input")}
    fields |= {one["name"]: one.text.strip() for one in form.find_all("textarea")}
    for one in form.find_all("select"):
        chosen = one.find("option", selected=True)
        fields[one["name"]] = chosen["value"] if chosen else ""
    return client.post(form["action"], fields | changes, follow=True)


def rows(answer):
    return [text(row) for row in BeautifulSoup(answer.content, "lxml").select(".measure-table tbody tr")]


# --- the list


def test_the_list_says_first_how_many_measures_show_nothing(signed_in, board_reader, link):
    page = words(signed_in(board_reader).get(LIST))

    assert "1 of 2 measures of this plan has neither a value nor an indicator." in page
    assert "All 2 With neither 1 With an indicator 1 With a value 0" in page


@pytest.mark.parametrize(
    ("show", "found"), [("", 2), ("none", 1), ("linked", 1), ("valued", 0), ("anything", 2)]
)
def test_the_list_is_narrowed_to_what_is_asked_for(signed_in, board_reader, link, show, found):
    answer = signed_in(board_reader).get(f"{LIST}?show={show}")

    assert len(rows(answer)) == found
    assert ("No measure here." in words(answer)) == (found == 0)


def test_the_list_gives_baseline_aim_and_the_latest_value(signed_in, trust_manager, board_reader, measure):
    client = signed_in(trust_manager)
    send(client, "terms", baseline="9 of 10", aim="All", unit="%", period="quarter")
    send(client, "value", **VALUE)
    send(client, "value", **(VALUE | {"month": "2019-12", "value": "60"}))

    assert (
        "OR1 measure 1 More of it 9 of 10 All 75.4% March 2020" in rows(signed_in(board_reader).get(LIST))[0]
    )


def test_the_latest_figure_of_an_indicator_stands_for_a_measure(
    demonstration, officer, plan_of_demonstration
):
    row = rows(officer.get(LIST))[0]

    assert "74.2% March 2020" in row
    assert "On target PI9" in row


def test_a_figure_that_is_made_up_says_so_in_the_list_and_on_the_page(
    demonstration, officer, plan_of_demonstration
):
    for page in (LIST, MEASURE):
        assert "74.2% March 2020 illustrative" in words(officer.get(page)).replace(" in March", " March")


def test_values_that_are_made_up_say_so_wherever_they_are_told(signed_in, trust_manager, plan, measure):
    by, made_up = participant_for(trust_manager, "sandwell"), "illustrative"
    february = Entered(Month(2020, 2), Decimal(60), "Example: a report")
    add_value(by=by, measure=measure, entered=february, today=TODAY, provenance=made_up)

    def told():
        soup = BeautifulSoup(signed_in(trust_manager).get(MEASURE).content, "lxml")
        latest = soup.find("dt", string="Latest value").find_next("dd")
        return [bool(one.select(".mark")) for one in (latest, soup.find(id="chart"))]

    assert told() == [True, True]
    send(signed_in(trust_manager), "value", **VALUE)
    assert told() == [False, True], "the line begins with what is made up"


def test_columns_in_which_nothing_stands_are_left_out(signed_in, trust_manager, measure):
    client = signed_in(trust_manager)

    def heads():
        soup = BeautifulSoup(client.get(LIST).content, "lxml")
        return [text(one) for one in soup.select(".measure-table thead th")]

    assert heads() == ["Measure", "Latest value or indicator"]
    send(client, "terms", aim="All")
    assert heads() == ["Measure", "Aim", "Latest value or indicator"]
    # One of which nothing is said has their room for its title.
    bare = BeautifulSoup(client.get(LIST).content, "lxml").select("th[colspan]")
    assert [(text(one), one["colspan"]) for one in bare] == [("OR2 measure 1 More of it", "2")]
    send(client, "terms", baseline="9 of 10")
    assert heads() == ["Measure", "Baseline", "Aim", "Latest value or indicator"]


def test_who_reads_no_figures_reads_none_here(demonstration, signed_in, plan_of_demonstration, owner_there):
    client = signed_in(owner_there)

    for page in (LIST, MEASURE):
        shown = words(client.get(page))
        assert "PI9" in shown
        assert "74.2" not in shown
        assert "/indicators/PI9/" not in client.get(page).content.decode()


@pytest.mark.parametrize("measures", [1, 60])
def test_the_list_costs_the_same_whatever_its_length(
    signed_in, board_reader, measure, link, measures, django_assert_num_queries
):
    for number in range(2, measures + 1):
        more = Measure.objects.create(
            plan=measure.plan, recommendation=measure.recommendation, number=number, title="More"
        )
        MeasureLink.objects.create(measure=more, indicator=link.indicator, strength="same", words="Too")
    client = signed_in(board_reader)
    client.get(LIST)

    with django_assert_num_queries(9):
        answer = client.get(LIST)
    assert len(rows(answer)) == measures + 1


# --- a measure's page


def test_a_measure_of_the_plan_as_a_whole_has_an_address_that_no_row_can_have(signed_in, trust_manager, plan):
    Measure.objects.create(plan=plan, number=7, title="Fewer plans")
    client = signed_in(trust_manager)

    assert "Measure 7 of the plan Fewer plans" in words(client.get(f"{LIST}7/"))
    assert "Fewer plans" in rows(client.get(LIST))[0]
    assert "Measure 7 of the plan: the value is kept." in words(
        send(client, "value", page=f"{LIST}7/", **VALUE)
    )
    assert client.get(f"{LIST}OR1/7/").status_code == 404
    assert client.get(f"{LIST}1/").status_code == 404
    assert client.get(f"{LIST}OR1/{9**20}/").status_code == 404


def test_values_are_a_line_and_a_table_and_what_was_replaced_stays(
    signed_in, trust_manager, board_reader, measure
):
    client = signed_in(trust_manager)
    send(client, "terms", unit="days", period="quarter")
    for month, value in (("2019-06", "31"), ("2019-09", "27.5"), ("2020-03", "1,045")):
        send(client, "value", **(VALUE | {"month": month, "value": value}))
    answer = send(
        client,
        "value",
        **(VALUE | {"value": "20", "words": "The first was a sum", "link": "example.org/audit"}),
    )
    assert "the value is kept" in words(answer)

    page = signed_in(board_reader).get(MEASURE)
    soup = BeautifulSoup(page.content, "lxml")
    assert text(soup.find(id="chart")) == "From 31 days in June 2019 to 20 days in March 2020"
    assert "In days. Where the line breaks, a value that was due is missing." in words(page)
    # December is missing where a value is due each quarter: the line ends in September.
    assert len(soup.select(".chart__drawing--wide .chart__line")) == 1
    assert len(soup.select(".chart__drawing--wide .point")) == 3
    first = text(soup.select_one("table tbody tr"))
    assert first.startswith("March 2020 20 days Audit of 20 case files The first was a sum")
    assert "In the place of (1) 1,045 days" in first
    assert "Trust manager, 20 April 2020" in first
    assert soup.find("a", href="https://example.org/audit")
    assert "What you can write" not in words(page)


def test_a_value_and_its_link_are_audited(signed_in, trust_manager, link):
    client = signed_in(trust_manager)
    send(client, "value", **VALUE)
    send(client, "terms", aim="All")

    told = list(AuditEvent.objects.filter(action__startswith="measure.").order_by("pk"))
    assert [event.action for event in told] == ["measure.valued", "measure.set"]
    assert told[0].summary == "Measure 1 of OR1 came to 75.4 in March 2020."
    assert "Measure 1 of OR1 has a new aim." in words(client.get("/contracts/sandwell/trail/"))


def test_an_indicator_is_linked_once_with_its_reason(signed_in, trust_manager, defined, measure):
    client = signed_in(trust_manager)
    wanted = {"indicator": "PI9", "strength": "overlaps", "words": "Returns alone"}

    assert "the indicator is linked" in words(send(client, "link", **wanted))
    page = words(client.get(MEASURE))
    assert "PI9 Return interviews within 72 hours" in page
    assert "Overlaps. Returns alone" in page
    assert "Choose one of the list" in words(send(client, "link", **wanted))
    assert MeasureLink.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"value": "75,4"}, "has a comma where no thousands end"),
        ({"value": "75%"}, "what is asked for here is no percentage"),
        ({"value": "-3"}, "is below zero"),
        ({"value": "many"}, "is a word or a sign, not a number"),
        ({"value": "0.1234567"}, "at most 9 digits before its point and 6 after it"),
        ({"value": "1000000000"}, "at most 9 digits before its point and 6 after it"),
        ({"value": ""}, "Give the value"),
        ({"value": "9" * 61}, "60 characters"),
        ({"source": ""}, "Say where it comes from"),
        ({"source": "?"}, "Say where the value comes from"),
        ({"month": "2020-05"}, "May 2020 is still to come"),
        ({"month": "1066-10"}, "is out of reach"),
        ({"month": "June"}, "is not a month"),
        ({"month": ""}, "Give the month"),
        ({"link": "no address"}, "Enter a valid URL"),
    ],
)
def test_a_value_that_can_not_be_is_refused_and_what_was_typed_stays(
    signed_in, trust_manager, measure, changes, says
):
    answer = send(signed_in(trust_manager), "value", **(VALUE | {"words": "Kept words"} | changes))

    assert answer.status_code == 200
    assert says in words(answer)
    assert "Kept words" in answer.content.decode()
    assert not MeasureValue.objects.exists()


def test_the_largest_and_the_finest_value_come_back_as_they_were(signed_in, trust_manager, measure):
    client = signed_in(trust_manager)
    send(client, "value", **(VALUE | {"value": "999999999.999999"}))
    send(client, "value", **(VALUE | {"month": "2020-02", "value": "0.000001"}))

    assert {str(value.value) for value in MeasureValue.objects.all()} == {"999999999.999999", "0.000001"}
    assert "999,999,999.999999" in words(client.get(MEASURE))


def test_another_value_of_a_month_says_why(signed_in, trust_manager, measure):
    client = signed_in(trust_manager)
    send(client, "value", **VALUE)

    answer = send(client, "value", **(VALUE | {"value": "76"}))

    assert "March 2020 has a value, 75.4. Say why another takes its place." in words(answer)
    assert MeasureValue.objects.count() == 1


def test_a_value_sent_twice_is_kept_once(signed_in, trust_manager, measure):
    client = signed_in(trust_manager)
    for _ in range(2):
        client.post(f"{MEASURE}value/", VALUE | {"version": "0"})

    assert MeasureValue.objects.count() == 1


def test_two_people_enter_one_month_and_the_second_sees_both(
    signed_in, trust_manager, second_manager, measure
):
    send(signed_in(second_manager), "value", **VALUE)

    answer = signed_in(trust_manager).post(
        f"{MEASURE}value/", VALUE | {"version": "0", "value": "80", "words": "From the audit"}
    )

    assert answer.status_code == 409
    assert "was entered by somebody else since you opened it: 75.4" in words(answer)
    assert "From the audit" in answer.content.decode()
    # Whoever has seen both may save theirs.
    trust = signed_in(trust_manager)
    assert "the value is kept" in words(send_again(trust, answer, "value"))
    assert [value.words for value in MeasureValue.objects.order_by("pk")] == ["", "From the audit"]


def test_two_people_set_one_aim_and_the_second_writes_over_nothing(
    signed_in, trust_manager, second_manager, measure
):
    begun = BeautifulSoup(signed_in(trust_manager).get(MEASURE).content, "lxml").find(id="terms-version")[
        "value"
    ]
    send(signed_in(second_manager), "terms", aim="All", period="quarter")
    sent = {"version": begun, "baseline": "", "aim": "Half", "unit": "", "period": ""}

    answer = signed_in(trust_manager).post(f"{MEASURE}terms/", sent)

    assert answer.status_code == 409
    assert "was changed by somebody else" in words(answer)
    assert "As it reads now Aim All A value is due Every quarter What you typed" in words(answer)
    measure.refresh_from_db()
    assert measure.aim == "All"
    # What stands there already is nobody's conflict.
    client = signed_in(trust_manager)
    stands = sent | {"aim": "All", "period": "quarter"}
    assert client.post(f"{MEASURE}terms/", stands).status_code == 302
    # Whoever has seen both may save theirs.
    assert "baseline and aim are kept" in words(send_again(client, answer, "terms"))
    measure.refresh_from_db()
    assert (measure.aim, measure.period) == ("Half", "")


@pytest.mark.parametrize("act", ["value", "terms", "link"])
def test_only_who_keeps_the_plan_writes(signed_in, trust_manager, client_officer, board_reader, measure, act):
    assert signed_in(board_reader).post(f"{MEASURE}{act}/", VALUE).status_code == 403
    officer = signed_in(client_officer)
    answer = officer.post(f"{MEASURE}{act}/", VALUE)
    assert answer.status_code == 403
    assert "Sandwell Children's Trust keeps this plan, and alone writes to it." in words(answer)
    assert "What you can write" not in words(officer.get(MEASURE))

    Plan.objects.update(kept_by="commissioner")

    assert officer.post(f"{MEASURE}{act}/", {"baseline": "x" * 201}).status_code == 200
    assert signed_in(trust_manager).post(f"{MEASURE}{act}/", VALUE).status_code == 403
    assert not MeasureValue.objects.exists()


def test_people_of_another_contract_find_nothing(signed_in, other_trust_manager, plan):
    client = signed_in(other_trust_manager)

    assert client.get(LIST).status_code == 404
    assert client.get(MEASURE).status_code == 404


def test_the_evidence_of_its_actions_stands_on_its_page(signed_in, board_reader, measure, shown_to_work):
    page = words(signed_in(board_reader).get(MEASURE))

    assert "Action 1 : Document , 20 April 2020" in page
    assert "All leaders are trained" in page


def test_a_measures_page_costs_the_same_whatever_it_holds(
    signed_in, trust_manager, measure, link, shown_to_work, django_assert_num_queries
):
    client = signed_in(trust_manager)
    for month in range(1, 10):
        send(client, "value", **(VALUE | {"month": f"2019-0{month}"}))

    with django_assert_num_queries(10):
        client.get(MEASURE)
