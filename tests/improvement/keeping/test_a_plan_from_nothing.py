"""A plan of recommendations from elsewhere, made by form from nothing until one of its actions is updated."""

import pytest
from bs4 import BeautifulSoup

from audit.models import AuditEvent
from improvement.models import Action, Event, Measure, Plan, Recommendation, Reference, Statement
from tests.pages import text, words

pytestmark = pytest.mark.django_db
BASE = "/contracts/sandwell/"
PLAN = f"{BASE}plans/childcare-sufficiency-2020/"


@pytest.fixture
def council_plan(signed_in, client_officer, contract, fill):
    """The officer's browser, with the plan begun."""
    client = signed_in(client_officer)
    answer = fill(
        client,
        f"{BASE}plans/new/",
        kind="elsewhere",
        name="Childcare sufficiency 2020",
        starts_on="2020-04",
        ends_on="2021-03",
        cadence_every="4",
        cadence_unit="month",
        owner="Director of Education",
        document="Childcare report",
        place="Section 9",
    )
    assert answer.request["PATH_INFO"] == f"{PLAN}keep/"
    return client


def test_a_whole_plan_by_form(council_plan, signed_in, trust_manager, client_officer, council, fill):
    client = council_plan
    assert "Kept by Sandwell Council" in words(client.get(f"{PLAN}keep/"))
    fill(
        client,
        f"{PLAN}owners/add/",
        role="Head of Early Years",
        side="council",
        organisation=str(council.pk),
        person=str(client_officer.pk),
    )
    fill(
        client,
        f"{PLAN}priorities/add/",
        name="Childcare for all",
        lead="Head of Early Years",
        good="Places\nFor all",
    )
    for number in range(1, 10):
        said = fill(
            client,
            f"{PLAN}priorities/1/add-recommendation/",
            references=f"cs{number}",
            title=f"Recommendation {number} of the report",
            wording="Every word of it",
            success="- It is so\n\n- And stays so",
            act="another",
        )
        assert said.request["PATH_INFO"] == f"{PLAN}priorities/1/add-recommendation/"
        assert f"Recommendation CS{number} was added" in words(said)
    fill(
        client,
        f"{PLAN}recommendations/CS1/add-action/",
        title="Ask every nursery",
        target="2020-06",
        owners=["Head of Early Years"],
    )
    fill(
        client,
        f"{PLAN}recommendations/CS1/add-action/",
        title="Go on asking",
        target_words="See school calendar",
    )
    fill(client, f"{PLAN}recommendations/CS1/add-measure/", title="Places for each hundred children")

    plan = Plan.objects.get()
    assert (plan.kept_by, plan.kind, plan.cadence_every, str(plan.ends_on)) == (
        "commissioner", "elsewhere", 4, "2021-03-01",
    )  # fmt: skip
    assert plan.priorities.get().good == ["Places", "For all"]
    row = Recommendation.objects.get(code="CS1")
    assert (row.success, row.wording) == (["It is so", "And stays so"], "Every word of it")
    assert Measure.objects.get().plan == plan
    overview = words(client.get(PLAN))
    assert all(f"CS{number}" in overview for number in range(1, 10))

    sent = client.get(f"{PLAN}actions/CS1/1/")
    assert "Ask every nursery" in words(sent)
    assert "Head of Early Years" in words(sent)
    client.post(
        f"{PLAN}actions/CS1/1/update/",
        {"version": "0", "phase1": "on_track", "phase2": "not_started", "words": "All are asked"},
    )
    assert Event.objects.filter(action__title="Ask every nursery", now="on_track").exists()
    assert Action.objects.get(title="Go on asking").target_words == "school calendar"
    # Who made it keeps it; the other party reads it.
    trust = signed_in(trust_manager)
    read = words(trust.get(f"{PLAN}recommendations/CS1/"))
    assert "Ask every nursery" in read
    assert "See school calendar" in read
    assert trust.get(f"{PLAN}keep/").status_code == 403
    entries = AuditEvent.objects.filter(action__startswith="plan.")
    assert entries.count() == 1 + 1 + 1 + 9 + 2 + 1
    assert entries.get(action="plan.owner_added").changes["person"] == client_officer.display_name
    kept = BeautifulSoup(client.get(f"{PLAN}keep/").content, "lxml").select("details:has(.kept__row)")
    assert [(text(one.summary), one.has_attr("open")) for one in kept] == [
        ("9 recommendations, 2 actions, 1 measure of priority 1", False)
    ]
    assert {entry.actor for entry in entries} == {client_officer.username}


def test_the_overview_follows_a_title_of_its_own(council_plan, fill):
    fill(council_plan, f"{PLAN}priorities/add/", name="Early help")
    row = {"references": "EH1 OR1", "title": "Offer help"}
    fill(council_plan, f"{PLAN}priorities/1/add-recommendation/", **row)

    fill(council_plan, f"{PLAN}recommendations/EH1/edit/", title="Offer help sooner")

    assert words(council_plan.get(PLAN)).count("Offer help sooner") == 2
    assert "Called in the overview" not in words(council_plan.get(f"{PLAN}recommendations/EH1/"))
    entry = AuditEvent.objects.get(action="plan.recommendation_changed")
    assert entry.changes == {
        "title": ["Offer help", "Offer help sooner"], "so called in the overview": "EH1, OR1",
    }  # fmt: skip


def test_every_page_of_a_plan_that_holds_nothing(council_plan):
    for part in ("", "keep/", "exceptions/", "edit/", "priorities/add/", "owners/add/"):
        assert council_plan.get(f"{PLAN}{part}").status_code == 200
    assert "Nobody yet" in words(council_plan.get(f"{PLAN}keep/"))


def test_an_overview_of_nothing_says_what_comes_next_to_whoever_keeps_it(
    council_plan, fill, signed_in, trust_manager
):
    fill(council_plan, f"{PLAN}priorities/add/", name="Early help")
    nothing, next_step = "Nothing is recommended in this plan yet", "Add its owners, priorities"

    read = words(signed_in(trust_manager).get(PLAN))

    assert nothing in read
    assert next_step not in read
    assert f"{nothing}. {next_step}" in words(council_plan.get(PLAN))


def test_a_contract_without_a_plan_leads_to_the_form(signed_in, client_officer, board_reader, contract):
    assert f"{BASE}plans/new/" in signed_in(client_officer).get(f"{BASE}plan/").content.decode()
    assert f"{BASE}plans/new/" not in signed_in(board_reader).get(f"{BASE}plan/").content.decode()
    assert f"{BASE}plans/new/" in signed_in(client_officer).get(f"{BASE}actions/").content.decode()


def test_codes_are_a_plans_own(council_plan, fill):
    months = {"starts_on": "2020-04", "ends_on": "2021-03"}
    fill(council_plan, f"{BASE}plans/new/", name="Childcare sufficiency 2020", **months)
    fill(council_plan, f"{BASE}plans/new/", name="New", **months)
    assert set(Plan.objects.values_list("code", flat=True)) == {
        "childcare-sufficiency-2020", "childcare-sufficiency-2020-2", "new-2",
    }  # fmt: skip
    for code in ("new", "childcare-sufficiency-2020"):
        refused = fill(council_plan, f"{BASE}plans/new/", name="Another", code=code, **months)
        assert "is taken already" in words(refused)
    for code in ("-", "__"):
        refused = fill(council_plan, f"{BASE}plans/new/", name="Another", code=code, **months)
        assert "A short name has a letter or a digit" in words(refused)
    assert Plan.objects.count() == 3


def test_faults_of_a_plan_are_listed_at_once_and_nothing_is_written(council_plan, fill):
    page = fill(
        council_plan,
        f"{BASE}plans/new/",
        name="",
        code="two words",
        starts_on="2021-13",
        ends_on="",
        cadence_every="3",
    )

    said = words(page)
    for fault in (
        "Give the plan its name",
        "letters, digits",
        "“2021-13” is not a month",
        "Give the last month",
    ):
        assert fault in said
    assert "Say how many weeks or months" in said
    backwards = fill(council_plan, f"{BASE}plans/new/", name="X", starts_on="2021-01", ends_on="2020-01")
    assert "The last month comes before the first" in words(backwards)
    assert Plan.objects.count() == 1


def test_faults_of_references_say_where_they_stand(signed_in, trust_manager, plan, fill):
    client, address = signed_in(trust_manager), f"{BASE}plans/small/priorities/1/add-recommendation/"

    said = words(fill(client, address, references="OR1, ors, OR3, MV7; mv7, 12", title="Twice"))

    assert "OR1 exists already: it stands in row OR1 of priority 1" in said
    assert "“ORS” is no reference" in said
    assert "OR3 exists already: it stands in no row of the plan" in said
    assert "MV7 is given twice" in said
    assert "“12” is no reference" in said
    for code in ("ß1", "é1", "ﬁ1", "OR\u0661"):
        assert f"“{code}” is no reference" in words(fill(client, address, references=code, title="Odd"))
    assert Recommendation.objects.count() == 2
    fill(client, address, references="MV7 O3", title="Practice is heard of")
    row = Recommendation.objects.get(code="MV7")
    assert [one.code for one in Reference.objects.filter(recommendation=row).order_by("in_row")] == [
        "MV7",
        "O3",
    ]
    assert "MV7" in words(client.get(f"{BASE}plans/small/"))


def test_the_part_of_the_overview_is_chosen_where_a_priority_has_several(
    signed_in, trust_manager, plan, fill
):
    priority = plan.priorities.get()
    priority.blocks.create(position=1, name="Partners")
    client, address = signed_in(trust_manager), f"{BASE}plans/small/priorities/1/add-recommendation/"

    refused = fill(client, address, references="P1", title="Work together")
    done = fill(client, address, references="P2", title="Work together", block="Partners")
    assert "was added" in words(done)

    assert "Choose the part of the overview: “Leadership” or “Partners”" in words(refused)
    assert Reference.objects.get(code="P2").block.name == "Partners"
    assert not Reference.objects.filter(code="P1").exists()


def test_numbers_are_proposed_and_taken_once(signed_in, trust_manager, plan, fill):
    client = signed_in(trust_manager)
    for address, kind in (
        ("priorities/add/", "priority"),
        ("recommendations/OR1/add-action/", "action"),
        ("recommendations/OR1/add-measure/", "measure"),
    ):
        typed = {"name": "Taken"} if kind == "priority" else {"title": "Taken"}
        refused = fill(client, f"{BASE}plans/small/{address}", number="1", **typed)
        assert f"There is {kind} 1 already" in words(refused)
        assert "number" in words(fill(client, f"{BASE}plans/small/{address}", number="", **typed)).lower()
    fill(client, f"{BASE}plans/small/recommendations/OR1/add-action/", title="The third")
    assert Action.objects.get(title="The third").number == 3
    assert not Action.objects.filter(title="Taken").exists()


def test_an_action_has_a_month_or_words(signed_in, trust_manager, plan, fill):
    address = f"{BASE}plans/small/recommendations/OR1/add-action/"
    both = fill(
        signed_in(trust_manager), address, title="Both", target="2020-06", target_words="the workbook"
    )
    assert "Give a month, or say where the date stands: not both" in words(both)
    assert not Action.objects.filter(title="Both").exists()


def test_lines_have_their_length(signed_in, trust_manager, plan, fill):
    client, address = signed_in(trust_manager), f"{BASE}plans/small/priorities/add/"
    assert "Line 2 has 201 characters" in words(
        fill(client, address, name="Long", what="Short\n" + "a" * 201)
    )
    assert "There is room for 40 lines" in words(fill(client, address, name="Long", what="a\n" * 41))
    assert plan.priorities.count() == 1


def test_nothing_is_stated_of_a_plan_by_keeping_it(council_plan):
    assert not Statement.objects.exists()


def test_a_button_that_is_pressed_twice_begins_one_plan(council_plan, signed_in, trust_manager):
    sent = {
        "kind": "elsewhere", "name": "Childcare sufficiency 2020", "starts_on": "2020-04", "ends_on": "2021-03",
        "cadence_every": "4", "cadence_unit": "month", "owner": "Director of Education",
        "document": "Childcare report", "place": "Section 9",
    }  # fmt: skip
    begun = Plan.objects.get()

    assert council_plan.post(f"{BASE}plans/new/", sent)["Location"] == f"{PLAN}keep/"
    refused = [
        council_plan.post(f"{BASE}plans/new/", sent | {"owner": "Head of Early Years"}),
        council_plan.post(f"{BASE}plans/new/", sent | {"code": "childcare"}),
        signed_in(trust_manager).post(f"{BASE}plans/new/", sent),
    ]

    assert ["of this name and these months already" in words(answer) for answer in refused] == [True] * 3
    assert Plan.objects.get() == begun
    assert AuditEvent.objects.filter(action="plan.made").count() == 1
    council_plan.post(f"{BASE}plans/new/", sent | {"ends_on": "2022-03"})
    assert {plan.code for plan in Plan.objects.all()} == {begun.code, f"{begun.code}-2"}
