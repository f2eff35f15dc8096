"""Which printed totals do not come out: these, none more and none less. And what documents state beside lines."""

from __future__ import annotations

from budgets.books.folders import BookFolder
from budgets.rules.assertions import Cell
from budgets.rules.printed import read_printed
from budgets.rules.savings import Reading, read_as, saved_in_all

# Book, printed total, year, as printed, and the computed amount with its difference, in pounds.
DIFFERS = [
    ("directorate", "DIR.premises", "2019/20", "1,114", 1_113_000, -1_000),
    ("directorate", "DIR.transport", "2019/20", "2,936", 2_935_000, -1_000),
    # Two divisions lack £1,000 each, so from the lines up the directorate lacks both.
    ("directorate", "DIR.gross", "2019/20", "98,996", 98_994_000, -2_000),
    ("directorate", "DIR.net", "2019/20", "71,678", 71_676_000, -2_000),
    ("directorate", "ESS.gross", "2019/20", "6,292", 6_291_000, -1_000),
    ("directorate", "ESS.net", "2019/20", "2,641", 2_640_000, -1_000),
    ("directorate", "IL.gross", "2019/20", "3,571", 3_570_000, -1_000),
    ("directorate", "IL.net", "2019/20", "3,095", 3_094_000, -1_000),
    ("trust", "leaving_care.overspend", "2018/19", "£2.312m", 2_311_000, -1_000),
    ("trust", "contract_sum", "2018/19", "£58.33m", 58_230_000, -100_000),
    ("trust", "contract_sum.directorate_line", "2018/19", "48,779", 58_330_000, 9_551_000),
    ("trust", "partner_money", "2018/19", "£5.898m", 5_140_000, -758_000),
    ("trust", "carried_forward", "2018/19", "£1.579m", 1_400_000, -179_000),
]


def test_what_does_not_come_out(book):
    found = [
        (code, total, result)
        for code in ("directorate", "trust", "solihull")
        for total, result in book(code).outcomes()
        if not result.agrees
    ]

    assert [
        (code, total.code, total.year, total.printed, result.computed // 100, result.difference // 100)
        for code, total, result in found
    ] == DIFFERS
    assert all(total.explanation and total.source.place for _, total, _ in found)


def test_every_other_total_comes_out_exactly(book):
    agreeing = {
        code: sum(result.agrees for _, result in book(code).outcomes())
        for code in ("directorate", "trust", "solihull")
    }

    # Of 124, 20 and 4 printed totals.
    assert agreeing == {"directorate": 116, "trust": 15, "solihull": 4}
    assert all(
        total.asserted.tolerance == 0
        for code in ("directorate", "trust", "solihull")
        for total in book(code).totals()
    )


def test_leaving_care_is_exact_beneath_its_rounding(book):
    [result] = [
        result for total, result in book("trust").outcomes() if total.code == "leaving_care.overspend"
    ]

    assert (result.exact, result.computed) == (231_121_700, 231_100_000)


def test_leftovers_are_notes_and_no_money(book):
    leftovers = [note for note in book("directorate").notes() if note.kind == "leftover"]
    rows = [(row.label, row.printed["2017/18"]) for note in leftovers for row in note.rows]

    assert rows.count(("Total FTE", "438.4")) == 6
    assert ("Grand Total Annual Budget", "19,460") in rows
    assert ("Staffing Levels", "540") in rows
    assert not {"19,460", "540", "438.4"} & {cell.printed for cell in book("directorate").cells.values()}


def test_the_directorates_line_is_the_one_in_its_own_book(book):
    in_trust = book("trust").amounts[Cell("directorate_line", "stated", "2018/19")]

    assert in_trust == book("directorate").amounts[Cell("SCT.third_party", "budget", "2018/19")]


def stated(found: BookFolder) -> dict[str, str | None]:
    return {one.code: one.printed for one in found.figures()}


def test_what_the_documents_state(book):
    assert stated(book("trust")) == {
        "contract_sum_review": "£58.23m",
        "contract_sum_cabinet": "£58.33m",
        "directorate_line": "48,779",
        "partner_money": "£5.898m",
        "grants_and_partner_money": "£5.14m",
        "vat": "£1.66m",
        "additional_funding": "£5 million",
        "workforce_grant": None,
        "support_services": "£2.15m",
        "accommodation": "£0.63m",
        "overspend_before": "£6.9m",
        "carried_forward": "£1.4m",
        "overspend_reported": "£1.579m",
        "second_year_overspend": None,
        "council_reserves": None,
        "trust_reserves": None,
        "major_overspend_from": "£500k",
        "resource_panel_from": "£500",
    }
    assert stated(book("solihull")) == {
        "health_services": "£4.7m",
        "savings_to_find": "£4.8m",
        "in_year_pressures": "£1m",
    }


def test_bridge_says_what_is_not_printed(book):
    trust = book("trust")
    amounts = stated(trust)

    steps = [
        (step.kind, amounts[step.stated], [amounts[code] for code in step.also])
        for step in trust.bridge.steps
    ]

    assert steps == [
        ("opening", "£6.9m", []),
        ("funding", "£5 million", []),
        ("reserve", None, []),
        ("reserve", None, []),
        ("closing", "£1.579m", ["£1.4m"]),
    ]  # fmt: skip


def test_savings_are_read_in_both_ways(book):
    plan = book("trust").savings

    printed = [(one.year, read_printed(one.printed, plan.unit).hundredths) for one in plan.savings]
    yearly, cumulative = read_as(Reading.YEARLY, printed), read_as(Reading.CUMULATIVE, printed)

    assert [(one.contract_year, one.year, one.printed) for one in plan.savings] == [
        (2, "2019/20", "£612,051"),
        (3, "2020/21", "£2,646,757"),
        (4, "2021/22", "£5,818,910"),
        (5, "2022/23", "£7,334,781"),
    ]
    assert plan.reading is None
    assert saved_in_all(yearly) == 1_641_249_900
    assert [year.added for year in cumulative] == [61_205_100, 203_470_600, 317_215_300, 151_587_100]
    assert saved_in_all(cumulative) == 733_478_100
