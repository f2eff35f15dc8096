"""The plan as a document: what is printed of it, and what is odd about it."""

import pytest

from improvement.models import Plan
from tests.improvement.document.conftest import CODES, PARTS
from tests.pages import text

pytestmark = pytest.mark.django_db


def said(page, heading):
    """What a list says of a name."""
    return next(text(term.find_next("dd")) for term in page.select(".said dt") if text(term) == heading)


def rows(page, heading):
    table = page.find("table", attrs={"aria-labelledby": heading})
    return [[text(cell) for cell in row.select("th, td")] for row in table.select("tbody tr")]


def test_the_source_is_named_once(read, plans):
    cabinet = "Report to Cabinet of 19 September 2018"

    assert text(read("2018", "document")).count(f"{cabinet}, paragraphs") == 1
    assert f"{cabinet} Place" not in text(read("2018", "document"))
    assert text(read("2018", "")).count(cabinet) == 1
    assert "Source: Scrutiny pack of 23 September 2019, Improvement Plan 2019-22" in text(read("2019-22", ""))


def test_what_shows_nothing_made_up_says_nothing_of_it(read, plans):
    plan = Plan.objects.get(code="2019-22")
    plan.about["illustrative"] = "October 2019 to April 2020"
    plan.save()

    assert "is made up" in text(read("2019-22", "exceptions"))
    for part in ("milestones", "thread"):
        assert "made up" not in text(read("2019-22", part))


def test_the_plan_of_2019_says_who_made_it_and_when(read, plans):
    page = read("2019-22", "document")

    assert "from April 2019 to March 2022, and aims at Requires Improvement by 2020 and Good by 2022" in text(
        page
    )
    assert [text(tile) for tile in page.select(".tile")] == [
        "8 priorities",
        "45 recommendations",
        "59 references",
        "148 actions",
        "139 impact measures",
    ]
    assert (said(page, "Organisation"), said(page, "Subject"), said(page, "Marking")) == (
        "Sandwell Children's Trust",
        "Improvement plan",
        "ILO",
    )
    assert said(page, "Last review") == "July 2019"
    assert said(page, "Goes to").count(";") == 6
    assert rows(page, "versions") == [["1.0", "23 July 2019", "Plan refreshed as a whole; a new document"]]
    approvals = rows(page, "approvals")
    assert [day for _, day, *_ in approvals] == ["Not printed"] * 3 + ["27 August 2019", "Not printed"]


def test_its_approach_has_three_phases_and_one_runs_now(read, plans):
    phases = read("2019-22", "document").select(".phases__phase")

    assert [text(phase.p) for phase in phases] == [
        "April 2018 to March 2019",
        "April 2019 to September 2020 now",
        "October 2020 to March 2022",
    ]
    assert [len(phase.select("li")) for phase in phases] == [6, 7, 5]
    undated = read("2018", "document").select(".phases__phase")
    assert text(undated[1].p) == "No months are printed"


def test_who_governs_it_and_what_informed_it(read, plans):
    page = read("2019-22", "document")

    assert said(page, "Trust board").startswith("Has commented on the plan")
    assert "Reports go to Improvement Board; Trust board;" in text(page)
    assert (
        said(page, "Monitoring visits 30 May 2018, 5 September 2018, 29 January 2019 and 16 April 2019")
        == "No judgement."
    )
    assert (
        said(page, "Voluntary Adoption Agency inspection 8 January 2019").count("Requires Improvement") == 3
    )


def test_every_reference_stands_with_its_origin_its_aliases_and_its_row(read, plans):
    page = read("2019-22", "document")
    by_code = {
        row["id"]: [text(cell) for cell in row.select("td")]
        for row in page.select("table.references tbody tr")
    }

    assert len(by_code) == 59
    assert by_code["C5"] == by_code["O16"] == ["–", "none", "not shown"]
    assert by_code["OR5"][0] == "ORS"
    assert by_code["S9"] == ["SIF9", "its own", "shown"]
    assert by_code["IFA8"] == ["–", "that of IFA1", "not shown"]
    assert "C5 and O16 stand in no row. 12 share the row of another. 9 are not in the overview." in text(page)
    assert [text(head) for head in page.select("#references ~ h3")][:2] == [
        "Ofsted inspection of 2017, repeated from the inspection before 10",
        "Ofsted inspection of 2017 7",
    ]


def test_contradictions_stand_here_and_not_on_the_overview(read, plans):
    note = "In the overview grid no reference is delayed, and its colour appears nowhere."

    assert note in text(read("2019-22", "document"))
    assert note not in text(read("2019-22", ""))


def test_the_overview_leads_to_other_plans_and_to_priorities(read, plans):
    overview = read("2019-22", "")

    others = [link["href"] for link in overview.select(".other-plans a")]
    assert others == [
        f"/contracts/sandwell/plans/{code}/" for code in ("2021-24", "childcare-2019-20", "2018")
    ]
    assert len(overview.select(".plan-grid h2 a")) == 9


def test_the_plan_of_2021_has_headings_enablers_and_measures_of_its_own(read, plans):
    page = read("2021-24", "document")

    assert [text(tile) for tile in page.select(".tile")] == [
        "12 priorities",
        "12 recommendations",
        "58 actions",
        "24 impact measures",
    ]
    assert said(page, "Leadership").startswith("A shared vision")
    assert said(page, "Partnerships Partnership and Prevention").startswith("Priority 11")
    assert len(page.select(".measures li")) == 24
    assert said(page, "Reviewed every") == "12 weeks"


def test_the_childcare_report_tells_the_fate_of_eleven_before_its_nine(read, plans):
    page = read("childcare-2019-20", "document")

    assert len(page.select("table.references tbody tr")) == 9
    told = rows(page, "earlier")
    assert len(told) == 11
    assert (
        "11 earlier recommendations, from 1 September 2018 to 31 July 2019: 3 done, 2 in progress,"
        in text(page)
    )
    assert told[0][1:3] == ["In progress", "CS1 derived"]
    assert told[2][1:3] == ["Done", "Nothing"]


@pytest.mark.parametrize("code", CODES)
def test_every_plan_can_be_read(read, plans, code):
    for part in PARTS:
        assert read(code, part).h1


def test_a_plan_that_says_little_of_itself_can_be_read(read, plan):
    plan.about = {}
    plan.save()

    page = read("small", "document")

    assert "It runs from April 2019 to March 2021." in text(page)
    assert "OR3 stands in no row. 1 is not in the overview." in text(page)


def test_milestones_are_those_printed(read, plans, signed_in, client_officer):
    periods = read("2019-22", "milestones").select(".periods__period")

    assert [
        [text(period.h2), *(len(found.select("li")) for found in period.select("ul"))] for period in periods
    ] == [
        ["By July 2018", 6, 8],
        ["By October 2018", 10, 8],
        ["By January 2019", 7, 7],
        ["By April 2019", 10, 7],
    ]
    assert "33 milestones reached and 30 outputs made in 4 periods." in text(read("2019-22", "milestones"))
    client = signed_in(client_officer)
    assert client.get("/contracts/sandwell/plans/2018/milestones/").status_code == 404


def test_the_document_leads_to_them_where_there_are_some(read, plans):
    led = [link["href"].split("/")[-2] for link in read("2019-22", "document").select(".jump a[href^='/']")]

    assert led == ["milestones", "thread"]
    assert not read("2018", "document").select(".jump a[href^='/']")
