"""What `statuses` prints, against what the Annual Review prints and against limits met exactly."""

import csv
import io
import json
from decimal import Decimal

import pytest

from kpis.engine.models import IndicatorStatus
from tests.shell import run

pytestmark = pytest.mark.django_db

# Every printed band of the contract, copied by hand: which way is better, target, and where failure begins.
PRINTED = {
    "PI1": (">", "75", "65"),
    "PI2": ("<", "65", "80"),
    "PI3": (">", "80", "65"),
    "PI4": (">", "85", "75"),
    "PI5": ("<", "10", "30"),
    "PI6": (">", "80", "70"),
    "PI7": (">", "95", "85"),
    "PI8": (">", "65", "50"),
    "PI9": (">", "70", "50"),
    "PI10": (">", "73", "58"),
    "PI11": (">", "90", "80"),
    "PI12": (">", "80", "70"),
    "PI13": ("<", "32", "37"),
    "PI14": ("<", "18.5", "23"),
    "PI15": (">", "55", "40"),
}
STEP = Decimal("0.0001")
# One month for each of six values: at, above and below the target, then at, above and below where failure begins.
MONTHS = ("2019-01", "2019-02", "2019-03", "2019-04", "2019-05", "2019-06")
GREEN, AMBER, RED = "on_target", "within_tolerance", "failure"
JUDGED = {">": (AMBER, GREEN, AMBER, AMBER, AMBER, RED), "<": (AMBER, AMBER, GREEN, AMBER, RED, AMBER)}

# March 2019, status by status, worked out by hand from the figures of the demonstration.
MARCH = {
    "PI1": GREEN, "PI2": AMBER, "PI3": AMBER, "PI4": RED, "PI5": GREEN, "PI6": AMBER, "PI7": AMBER, "PI8": GREEN,
    "PI9": RED, "PI10": GREEN, "PI11": GREEN, "PI12": AMBER, "PI13": GREEN, "PI14": AMBER, "PI15": GREEN,
}  # fmt: skip
COLUMNS = [
    "indicator", "month", "numerator", "denominator", "value", "display", "status", "months_off_target",
    "months_in_failure", "succession_certain", "previous", "change", "direction_of_travel", "average_12", "pooled_12",
    "target", "failure_limit", "provenance", "value_provenance", "overdue", "revised_from", "provisional_until",
]  # fmt: skip


def records(month: str, **options: object) -> dict[str, dict[str, object]]:
    answer = run("statuses", month=month, format="json", **options)
    assert answer.code == 0, answer.err
    return {row["indicator"]: row for row in json.loads(answer.out)}


def test_march_2019_agrees_with_what_is_printed(demonstration):
    march = records("2019-03")

    assert {code: row["status"] for code, row in march.items()} == MARCH
    printed = {
        code: {
            name: march[code][name] for name in ("numerator", "denominator", "value", "display", "provenance")
        }
        for code in ("PI2", "PI10", "PI13")
    }
    assert printed == {
        "PI2": {
            "numerator": "584",
            "denominator": None,
            "value": "72",
            "display": "72.00",
            "provenance": "published",
        },
        "PI10": {
            "numerator": None,
            "denominator": None,
            "value": "73.2",
            "display": "73.2%",
            "provenance": "published",
        },
        "PI13": {
            "numerator": "63.31",
            "denominator": "220",
            "value": "28.77727273",
            "display": "28.8%",
            "provenance": "published",
        },
    }


@pytest.mark.parametrize(
    ("code", "month", "value", "numerator"),
    [
        ("PI2", "2018-04", "99.93", "798"),
        ("PI8", "2018-07", "36", None),
        ("PI8", "2018-12", "44", None),
        ("PI10", "2018-03", "62.7", None),
        ("PI10", "2019-03", "73.2", None),
        ("PI14", "2018-06", "20.94", None),
        ("PI14", "2018-12", "18.83", None),
        ("PI15", "2018-06", "44.1", None),
        ("PI15", "2019-02", "71.8", None),
    ],
)
def test_each_printed_month_comes_out(demonstration, code, month, value, numerator):
    row = records(month)[code]

    assert (row["value"], row["provenance"]) == (value, "published")
    assert numerator is None or row["numerator"] == numerator


def test_the_months_in_succession_and_the_averages_of_march_2019(demonstration):
    march = records("2019-03")

    # Printed: 75.4, 65.1 and 92.4 as the year's averages of PI1, PI9 and PI7.
    assert [round(Decimal(str(march[code]["average_12"])), 1) for code in ("PI1", "PI9", "PI7")] == [
        Decimal("75.4"),
        Decimal("65.1"),
        Decimal("92.4"),
    ]
    for row in march.values():
        off = row["status"] != GREEN
        assert (row["months_off_target"] > 0) is off  # type: ignore[operator]
        assert (row["months_in_failure"] > 0) is (row["status"] == RED)  # type: ignore[operator]


@pytest.fixture
def at_the_limits(defined, tmp_path, settings, django_capture_on_commit_callbacks):
    """Six months of all 15 indicators, exactly at and one unit in the last place beside both limits, by import.

    Numbers have four decimals at most; children are counted whole.
    """
    lines = ["indicator,month,value,commentary"]
    for code, (_, target, failure) in PRINTED.items():
        step = Decimal(1) if code == "PI5" else STEP
        values = [Decimal(limit) + beside for limit in (target, failure) for beside in (0, step, -step)]
        lines += [f"{code},{month},{value},At a limit" for month, value in zip(MONTHS, values, strict=True)]
    path = tmp_path / "limits.csv"
    path.write_text("\n".join(lines))
    settings.CELERY_ON = False
    with django_capture_on_commit_callbacks(execute=True):
        answer = run("import_figures", path, accept_warnings="Limits, not counts")
    assert answer.out == "limits.csv: 90 new, 0 revised, 0 unchanged figures.\n"


@pytest.mark.parametrize("number", range(6), ids=MONTHS)
def test_exactly_at_a_limit_is_amber_and_beside_it_as_printed(at_the_limits, number):
    found = records(MONTHS[number])

    assert {code: row["status"] for code, row in found.items()} == {
        code: JUDGED[operator][number] for code, (operator, _, _) in PRINTED.items()
    }
    for code, row in found.items():
        assert (row["target"], row["failure_limit"]) == PRINTED[code][1:]
        assert row["provenance"] == "returned"


def test_a_ratio_that_is_exactly_the_limit_is_amber(
    defined, tmp_path, settings, django_capture_on_commit_callbacks
):
    # 13 of 20 is 65% and 29 of 40 is 72.5%; 0.65 × 100 in binary is more than 65, and 0.29 × 100 less than 29.
    path = tmp_path / "ratios.csv"
    path.write_text(
        "indicator,month,numerator,denominator,commentary\n"
        "PI1,2019-03,13,20,Why\nPI9,2019-03,7,10,Why\nPI13,2019-03,74,200,Why\nPI15,2019-03,11,20,Why\n"
        "PI14,2019-03,37,2,Why\n"
        "PI8,2019-03,0,0,As counted\n"
    )
    settings.CELERY_ON = False
    with django_capture_on_commit_callbacks(execute=True):
        run("import_figures", path, accept_warnings="Limits, not counts")

    found = records("2019-03")

    assert {code: (found[code]["value"], found[code]["status"]) for code in ("PI1", "PI9", "PI13", "PI15", "PI14")} == {
        "PI1": ("65", AMBER),
        "PI9": ("70", AMBER),
        "PI13": ("37", AMBER),
        "PI15": ("55", AMBER),
        "PI14": ("18.5", AMBER),
    }  # fmt: skip
    assert (found["PI8"]["value"], found["PI8"]["status"]) == (None, "not_applicable")
    assert (found["PI2"]["value"], found["PI2"]["status"], found["PI2"]["overdue"]) == (
        None,
        "not_reported",
        True,
    )
    assert (
        found["PI2"]["months_off_target"],
        found["PI2"]["succession_certain"],
        found["PI2"]["display"],
    ) == (
        None,
        None,
        None,
    )


def test_the_value_reads_as_it_does_a_month_later(
    defined, tmp_path, settings, django_capture_on_commit_callbacks
):
    # Two thirds, and 25,600 of 131,072, which is 19.53125 exactly; 1 of 512 has nine decimals, so it is a tie.
    path = tmp_path / "ratios.csv"
    path.write_text(
        "indicator,month,numerator,denominator,commentary\n"
        "PI1,2019-02,2,3,As counted\nPI9,2019-02,25600,131072,As counted\nPI14,2019-02,1,512,As counted\n"
    )
    settings.CELERY_ON = False
    with django_capture_on_commit_callbacks(execute=True):
        run("import_figures", path, accept_warnings="Limits, not counts")

    february, march = records("2019-02"), records("2019-03")

    values = {code: february[code]["value"] for code in ("PI1", "PI9", "PI14")}
    assert values == {"PI1": "66.66666667", "PI9": "19.53125", "PI14": "0.00195312"}
    assert {code: march[code]["previous"] for code in values} == values


def test_csv_says_the_same_as_json(demonstration):
    answer = run("statuses", month="2019-03", format="csv")

    rows = list(csv.DictReader(io.StringIO(answer.out)))

    assert answer.out.splitlines()[0].split(",") == COLUMNS
    assert len(rows) == 15
    spelled = {None: "", True: "true", False: "false"}
    for code, record in records("2019-03").items():
        (row,) = [row for row in rows if row["indicator"] == code]
        assert row == {name: spelled.get(value, str(value)) for name, value in record.items()} | {
            name: str(record[name])
            for name in ("months_off_target", "months_in_failure")
            if record[name] is not None
        }


def test_the_table_has_a_line_for_each_indicator(demonstration):
    answer = run("statuses", month="2019-03")

    assert "March 2019" in answer.out
    for code, status in MARCH.items():
        (line,) = [line for line in answer.out.splitlines() if f" {code} " in line]
        assert status in line
    assert "None" not in answer.out


def test_the_table_is_read_by_people(demonstration):
    (line,) = [line for line in run("statuses", month="2019-03").out.splitlines() if " PI2 " in line]

    assert [cell.strip() for cell in line.split("│")[1:-1]] == [
        "PI2", "72.00", "per 10,000", "within_tolerance", "less than 65", "12", "worse by 0.27", "81.58",
        "published",
    ]  # fmt: skip


def test_supporting_measures_come_when_asked_for(demonstration):
    found = records("2019-03", supporting=True)

    assert len(found) == 20
    assert (found["SM1"]["numerator"], found["SM1"]["denominator"], found["SM1"]["target"]) == (
        "35",
        "227.69",
        None,
    )


@pytest.mark.parametrize(("month", "words"), [("2017-03", "March 2017"), ("2031-01", "January 2031")])
def test_a_month_without_statuses_is_told(demonstration, month, words):
    answer = run("statuses", month=month)

    assert (answer.code, answer.out) == (1, "")
    assert answer.err == (
        f"Nothing is computed for {words}. Import figures or run recompute_rag; the month may also lie outside the"
        " contract, which began in April 2018.\n"
    )


def test_a_month_that_is_none_is_told(demonstration):
    answer = run("statuses", month="March")

    assert answer.code == 1
    assert "“March” is not a month. Write the year and the month like 2019-03." in answer.err


def test_it_reads_what_was_computed_and_computes_nothing(demonstration, django_assert_num_queries):
    IndicatorStatus.objects.filter(indicator__code="PI1", month="2019-03-01").update(status=RED)

    with django_assert_num_queries(3):
        assert records("2019-03")["PI1"]["status"] == RED
