"""Importing figures from a file, through the command: what gets in, what is told, and that nothing is guessed."""

import hashlib
import os
import tracemalloc
from datetime import date, datetime
from decimal import Decimal

import pytest

from audit.models import AuditEvent
from kpis.definitions.models import Indicator
from kpis.engine.models import IndicatorStatus
from kpis.figures.models import Figure, FigureRevision
from kpis.figures.services import Entry, FigureRefused, save_figures
from parties.models import Contract
from tests.cast import BY
from tests.shell import Answer, everything_kept, run
from tests.spreadsheets import HEADER, SHEET, with_part, workbook

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("years_later")]


HEAD = ",".join(HEADER)


@pytest.fixture
def enter(defined, tmp_path):
    """Imports these rows of CSV, under the usual header, or this file."""

    def enter(content: str | bytes, name: str = "march.csv", **options: object) -> Answer:
        if isinstance(content, str):
            content = f"{HEAD}\n{content}".encode()
        path = tmp_path / name
        path.write_bytes(content)
        return run("import_figures", path, **options)

    return enter


def kept(code: str, month: str = "2019-03-01") -> FigureRevision:
    revision = Figure.objects.get(indicator__code=code, month=month).latest
    assert revision is not None
    return revision


def test_each_shape_of_figure_is_kept_as_it_is_given(enter):
    answer = enter(
        "PI1,2019-03,13,20,,Thirteen of twenty,returned\n"
        "PI2,2019-03,584,,72,,published\n"
        "PI4,2019-03,,,93.1234,,\n"
        "PI5,2019-03,,,14,,illustrative\n"
        " pi14 , 2019-03 , 2345 , 150.5 , , , Derived \n"
    )

    assert (answer.code, answer.err) == (0, "")
    assert answer.out == "march.csv: 5 new, 0 revised, 0 unchanged figures.\n"
    shapes = {
        code: (kept(code).numerator, kept(code).denominator, kept(code).value, kept(code).provenance)
        for code in ("PI1", "PI2", "PI4", "PI5", "PI14")
    }
    assert shapes == {
        "PI1": (Decimal(13), Decimal(20), None, "returned"),
        "PI2": (Decimal(584), None, Decimal(72), "published"),
        "PI4": (None, None, Decimal("93.1234"), "returned"),
        "PI5": (None, None, Decimal(14), "illustrative"),
        "PI14": (Decimal(2345), Decimal("150.5"), None, "derived"),
    }
    assert kept("PI1").commentary == "Thirteen of twenty"
    assert kept("PI1").entered_as == "import_figures command"
    states = dict(Figure.objects.values_list("indicator__code", "state"))
    assert states == {
        "PI1": "submitted", "PI2": "accepted", "PI4": "submitted", "PI5": "accepted", "PI14": "accepted"
    }  # fmt: skip


def test_what_is_imported_is_judged_at_once(enter, settings, django_capture_on_commit_callbacks):
    settings.CELERY_ON = False
    with django_capture_on_commit_callbacks(execute=True):
        enter("PI1,2019-03,13,20,,,\n")

    row = IndicatorStatus.objects.get(indicator__code="PI1", month="2019-03-01")

    assert (row.value, row.status) == (Decimal(65), "within_tolerance")


def test_a_second_import_changes_nothing(enter):
    rows = "PI1,2019-03,13,20,,Said once,\nPI2,2019-03,584,,72,,published\n"
    enter(rows)
    before = everything_kept()

    answer = enter(rows)

    assert answer.out == "march.csv: 0 new, 0 revised, 2 unchanged figures.\n"
    assert everything_kept() == before


def test_one_import_leaves_one_line_in_the_audit_trail(enter):
    enter("PI1,2019-03,13,20,,,\nPI1,2019-02,14,20,,,\n")

    event = AuditEvent.objects.get(action="figures.imported")

    assert event.actor == "import_figures command"
    assert event.summary == "Imported from march.csv: 2 new figures, February 2019 to March 2019."
    assert event.changes["figures"][0] == "PI1 2019-03: 13 of 20 (returned)"


def test_a_correction_is_a_revision_beside_the_first(enter):
    enter("PI1,2019-03,13,20,,,\nPI1,2019-02,13,20,,,\n")

    answer = enter("PI1,2019-03,14,20,,Counted again,\nPI1,2019-02,13,20,,,\n", "corrected.csv")

    assert answer.out == "corrected.csv: 0 new, 1 revised, 1 unchanged figures.\n"
    march = FigureRevision.objects.filter(figure__month="2019-03-01")
    assert list(march.values_list("number", "numerator", "reason")) == [
        (1, Decimal(13), "Imported from march.csv"),
        (2, Decimal(14), "Imported from corrected.csv"),
    ]
    assert kept("PI1").number == 2


def test_ten_faults_are_told_at_once_and_nothing_is_written(enter):
    before = everything_kept()

    answer = enter(
        "PI99,2019-03,1,2,,,\n"
        "PI1,2019-13,1,2,,,\n"
        'PI1,2019-03,"1,234",2000,,,\n'
        "PI1,2019-02,75%,80,,,\n"
        "PI1,2019-01,-3,80,,,\n"
        "PI1,2018-12,9,8,,,\n"
        "PI1,2018-11,9,0,,,\n"
        "PI1,2018-10,,,,,\n"
        "PI1,2018-09,9,10,,,guessed\n"
        "PI1,2018-08,9,10,90,,\n"
        "PI4,2019-03,9,10,,This row is right,\n"
    )

    assert answer.code == 1
    assert answer.out == ""
    assert answer.errors == [
        "march.csv, row 2, indicator: “PI99” is not an indicator of this contract.",
        "march.csv, row 3, month: “2019-13” is not a month. There is no month 13: months run from 1 to 12.",
        "march.csv, row 4, numerator: “1,234” has a comma. Write thousands without commas and decimals with a point.",
        "march.csv, row 5, numerator: “75%” has a percent sign. Write the number alone, as 75.4.",
        "march.csv, row 6, numerator: “-3” is below zero, which no figure here can be.",
        "march.csv, row 7, numerator: The numerator is larger than the denominator: more than 100%.",
        "march.csv, row 8, denominator: The denominator is 0 but the numerator is not.",
        "march.csv, row 9, value: There is no figure. Leave the row out if it can't be reported.",
        "march.csv, row 10, provenance: “guessed” is not one of published, derived, returned, illustrative.",
        "march.csv, row 11, value: Give either numerator and denominator, or the value, not both.",
        "10 problems in march.csv; nothing was imported.",
    ]
    assert everything_kept() == before


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        (",2019-03,1,2,,,", "indicator", "The code is missing."),
        ("PI1,,1,2,,,", "month", "The month is missing. Write it as 2019-03."),
        ("PI1,Mar-19,1,2,,,", "month", "Write the year and the month like 2019-03."),
        ("PI1,43525,1,2,,,", "month", "Write the year and the month like 2019-03."),
        ("PI1,2019-3,1,2,,,", "month", "Write the year and the month like 2019-03."),
        ("PI1,9999-12,1,2,,,", "month", "December 9999 is not over yet, so it has no figure."),
        ("PI1,2018-03,1,2,,,", "month", "March 2018 is before the contract began in April 2018."),
        ("PI1,2019-03,NA,2,,,", "numerator", "“NA” is not a number. Leave the cell empty when there is none."),
        ("PI1,2019-03,NaN,2,,,", "numerator", "is not a number. Leave the cell empty"),
        ("PI1,2019-03,−1,2,,,", "numerator", "is below zero"),
        ("PI1,2019-03,(1),2,,,", "numerator", "is below zero"),
        ("PI1,2019-03,about 5,20,,,", "numerator", "is not a plain number like 75 or 75.4."),
        ("PI1,2019-03,1e1,20,,,", "numerator", "is not a plain number"),
        ("PI1,2019-03,١٢,20,,,", "numerator", "is not a plain number"),
        ("PI1,2019-03,inf,20,,,", "numerator", "is not a plain number"),
        ("PI1,2019-03,,,65.00001,,", "value", "has more than four decimals. Give numerator and denominator instead."),
        ("PI5,2019-03,,,10000000,,", "value", "“10000000” is larger than 9,999,999.9999."),
        ("PI5,2019-03,,,2.5,,", "value", "PI5 is a count, and counts are whole numbers."),
        ("PI2,2019-03,800,0.0001,,,", "numerator", "gives a value of 80,000,000,000; the largest is 9,999,999.9999."),
        ("PI2,2019-03,1000,1,,,", "numerator", "gives a value of 10,000,000; the largest is 9,999,999.9999."),
        ("PI14,2019-03,9999999,0.5,,,", "numerator", "gives a value of 19,999,998; the largest is 9,999,999.9999."),
        ("PI1,2020-04,1,2,,,", "month", "April 2020 is after March 2020, the last month that the contract reports."),
        ("PI1,2013-03,1,2,,,published", "month", "March 2013 is before April 2013, the earliest month taken here."),
        ("PI1,2019-03,,,100.0001,,", "value", "A percentage can't be above 100."),
        ("PI1,2019-03,,20,,,", "numerator", "The numerator is missing beside its denominator."),
        ("PI1,2019-03,13,,,,", "denominator", "The denominator is missing beside its numerator."),
        ("PI1,2019-03,13,,65,,", "value", "Give either numerator and denominator, or the value, not both."),
        ("PI5,2019-03,14,1,,,", "value", "PI5 is a count: give the value alone."),
        ("PI1,2019-03,13,20,,,,extra", "header", "There are more cells than columns."),
        (f"PI1,2019-03,13,20,,{'x' * 5001},", "commentary", "has 5,001 characters; 5,000 are the most."),
        ("PI1,2019-03,13,20,,bell \a,", "commentary", "has control characters."),
    ],
)  # fmt: skip
def test_a_fault_names_its_row_and_column(enter, row, column, words):
    answer = enter(f"PI4,2019-03,9,10,,,\n{row}\n")

    assert answer.code == 1
    assert len(answer.errors) == 2, answer.err
    assert answer.errors[0].startswith(f"march.csv, row 3, {column}: ")
    assert words in answer.errors[0]
    assert answer.errors[1] == "1 problem in march.csv; nothing was imported."
    assert not Figure.objects.exists()


def test_the_same_month_twice_names_the_first_row(enter):
    answer = enter("PI1,2019-03,13,20,,,\n\npi1,2019-03,14,20,,,\n")

    assert answer.errors[0] == "march.csv, row 4, month: PI1 2019-03 stands already in row 2."


def test_the_same_month_twice_is_told_beside_another_fault(enter):
    answer = enter("PI1,2019-03,13,20,,,\nPI1,2019-03,about 5,20,,,\n")

    assert answer.errors[:2] == [
        "march.csv, row 3, month: PI1 2019-03 stands already in row 2.",
        "march.csv, row 3, numerator: “about 5” is not a plain number like 75 or 75.4.",
    ]


@pytest.mark.parametrize(
    ("row", "columns"),
    [
        ("PI1,2055-01,30,20,,bell \a,guessed", ["provenance", "month", "numerator", "commentary"]),
        ("XX1,2019-13,about 5,0,,,", ["indicator", "month", "numerator"]),
        ("XX1,2055-01,5,0,250,,", ["indicator", "month", "value", "denominator"]),
        ("PI1,2055-01,about 5,,250,,", ["month", "numerator", "value", "value"]),
    ],
)
def test_all_faults_of_a_row_are_told_at_once(enter, row, columns):
    answer = enter(f"{row}\n")

    told = [line.partition("row 2, ")[2].partition(":")[0] for line in answer.errors[:-1]]
    assert sorted(told) == sorted(columns)
    assert not Figure.objects.exists()


def test_at_the_edges_a_figure_is_right(enter):
    answer = enter(
        "PI1,2018-04,0,20,,,\n"
        "PI4,2018-04,20,20,,,\n"
        "PI5,2018-04,,,0,,\n"
        "PI5,2018-05,,,9999999,,\n"
        "PI14,2018-05,,,9999999.9999,,\n"
        "PI14,2018-06,9999999.9999,1,,,\n"
        "PI2,2018-06,999.9999,1,,,\n"
        "PI10,2013-04,,,73.8,,published\n"
        "PI1,2020-03,13,20,,,\n"
        "PI4,2018-05,0,0,,,\n"
        "PI4,2018-06,,,100.0000,,\n"
        "PI10,2018-03,,,73.8,,published\n"
        f"PI4,2018-07,1,2,,{'x' * 5000},\n"
    )

    assert (answer.code, answer.err) == (0, "")
    assert Figure.objects.count() == 13


def test_a_contract_reports_no_month_after_its_end(enter, defined):
    Contract.objects.filter(pk=defined.pk).update(reporting_until=None, years=2, break_after_years=1)

    answer = enter("PI1,2020-03,13,20,,,\nPI1,2020-04,13,20,,,\n")

    assert answer.errors[0] == (
        "march.csv, row 3, month: April 2020 is after March 2020, the last month that the contract reports."
    )


def test_the_largest_values_can_be_read_again(enter, settings, django_capture_on_commit_callbacks):
    settings.CELERY_ON = False
    with django_capture_on_commit_callbacks(execute=True):
        enter("PI14,2019-03,9999999.9999,1,,,\nPI2,2019-03,999.9999,1,,,\n")

    rows = IndicatorStatus.objects.filter(month="2019-03-01", value__isnull=False)
    assert dict(rows.values_list("indicator__code", "value")) == {
        "PI2": Decimal(9999999),
        "PI14": Decimal("9999999.9999"),
    }


def test_a_row_tells_all_its_faults_at_once(enter):
    answer = enter(
        "PI1,2031-01,25,20,,,guessed\nPI1,March,13,,,,\nPI1,2019-03,,,,a\x07b,\nPI2,2031-01,12%,,,,\n"
    )

    assert [error.partition(": ")[0] for error in answer.errors[:-1]] == [
        "march.csv, row 2, provenance",
        "march.csv, row 2, month",
        "march.csv, row 2, numerator",
        "march.csv, row 3, month",
        "march.csv, row 3, denominator",
        "march.csv, row 4, commentary",
        "march.csv, row 4, value",
        "march.csv, row 5, numerator",
        "march.csv, row 5, month",
        "march.csv, row 5, denominator",
    ]


def test_the_trail_says_of_a_long_list_how_many_more_there_are(enter, monkeypatch):
    monkeypatch.setattr("kpis.figures.services.MOST_IN_TRAIL", 2)
    enter("PI1,2019-03,13,20,,,\nPI1,2019-02,14,20,,,\nPI1,2019-01,15,20,,,\n")

    changes = AuditEvent.objects.get(action="figures.imported").changes

    words = [f"PI1 2019-0{month}: {count} of 20 (returned)" for month, count in ((3, 13), (2, 14), (1, 15))]
    assert changes == {
        "figures": [*words[:2], "and 1 more"],
        "sha256_of_all": hashlib.sha256("\n".join(words).encode()).hexdigest(),
    }


def test_a_file_that_is_too_large_is_not_read_to_its_end(contract, tmp_path, settings):
    settings.IMPORT_MAX_BYTES = 1_048_576
    path = tmp_path / "march.csv"
    path.touch()
    os.truncate(path, 100 * 1_048_576)
    tracemalloc.start()

    answer = run("import_figures", path)

    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "The file is larger than 1 MB." in answer.err
    assert most < 10 * 1_048_576


@pytest.mark.parametrize(
    ("code", "numbers", "words"),
    [
        (
            "PI2",
            (800, Decimal("0.0001"), None),
            "PI2 of March 2019, numerator: This gives a value of 80,000,000,000; the",
        ),
        (
            "PI14",
            (None, None, 10_000_000),
            "PI14 of March 2019, value: 10,000,000 is too large; the largest is",
        ),
        (
            "PI5",
            (None, None, Decimal("2.5")),
            "PI5 of March 2019, value: PI5 is a count, and counts are whole numbers.",
        ),
        ("PI5", (3, 4, None), "PI5 of March 2019, value: PI5 is a count: give the value alone."),
        ("PI1", (None, None, 250), "PI1 of March 2019, value: A percentage can't be above 100."),
        ("PI1", (5, 4, None), "PI1 of March 2019, numerator: The numerator is larger than the denominator"),
        (
            "PI1",
            (5, 0, None),
            "PI1 of March 2019, denominator: The denominator is 0 but the numerator is not.",
        ),
        ("PI1", (None, None, -1), "PI1 of March 2019, value: −1 is below zero"),
        ("PI1", (None, None, None), "PI1 of March 2019, value: There is no figure."),
    ],
)
def test_no_other_door_lets_such_a_figure_in(defined, code, numbers, words):
    indicator = Indicator.objects.get(code=code)
    numbers = [None if number is None else Decimal(number) for number in numbers]
    entry = Entry(indicator, date(2019, 3, 1), *numbers, "", "returned")

    with pytest.raises(FigureRefused, match=words):
        save_figures(
            by=BY,
            contract=defined,
            entries=[entry],
            state_of=lambda entry: Figure.State.ACCEPTED,
            reason="Typed",
            action="figures.typed",
        )

    assert not Figure.objects.exists()


@pytest.mark.parametrize(
    ("month", "words"),
    [
        (date(2055, 1, 1), "PI1 of January 2055, month: January 2055 is not over yet"),
        (date(2020, 4, 1), "PI1 of April 2020, month: April 2020 is after March 2020"),
        (date(2018, 3, 1), "PI1 of March 2018, month: March 2018 is before the contract began"),
    ],
)
def test_no_other_door_lets_another_month_in(defined, month, words):
    entry = Entry(Indicator.objects.get(code="PI1"), month, Decimal(13), Decimal(20), None, "", "returned")

    with pytest.raises(FigureRefused, match=words):
        save_figures(
            by=BY,
            contract=defined,
            entries=[entry],
            state_of=lambda entry: Figure.State.SUBMITTED,
            reason="Typed",
            action="figures.typed",
        )

    assert not Figure.objects.exists()


@pytest.mark.parametrize("most_values", [13, 40, 900], ids=["one at a time", "three and one", "all at once"])
def test_many_corrections_are_saved_in_statements_of_any_size(enter, monkeypatch, most_values):
    monkeypatch.setattr("kpis.figures.bulk._MOST_VALUES", most_values)
    months = [f"2018-{month:02}" for month in range(4, 11)]
    enter("".join(f"PI1,{month},13,20,,,\n" for month in months))
    Figure.objects.update(state="queried")

    answer = enter("".join(f"PI1,{month},14,20,,,\n" for month in months))

    assert answer.out == "march.csv: 0 new, 7 revised, 0 unchanged figures.\n"
    assert set(Figure.objects.values_list("state", "latest__numerator")) == {("submitted", Decimal(14))}


@pytest.mark.parametrize(
    ("header", "row", "column", "words"),
    [
        (
            "indicator,month,numerator",
            "PI1,2019-03,1",
            "value",
            "Give a value column, or numerator and denominator.",
        ),
        ("month,value", "2019-03,1", "indicator", "This column is missing."),
        ("indicator,value", "PI1,1", "month", "This column is missing."),
        ("indicator,month,value,Value", "PI1,2019-03,1,2", "value", "This column stands twice. Keep one."),
        ("indicator,month,value,colour", "PI1,2019-03,1,red", "colour", "Unknown column. The columns are"),
        ("indicator,,month,value", "PI1,,2019-03,1", "header", "Unknown column. The columns are"),
    ],
)
def test_a_faulty_header_is_told(enter, header, row, column, words):
    answer = enter(f"{header}\n{row}\n".encode())

    assert answer.code == 1
    assert answer.errors[0].startswith(f"march.csv, row 1, {column}: {words}")
    assert not Figure.objects.exists()


def test_a_header_alone_is_no_import(enter):
    answer = enter(f"{HEAD}\n,,,,,,\n".encode())

    assert answer.errors[0] == "march.csv, row 2, indicator: There are no figures under the header."
    assert answer.code == 1


def test_columns_may_stand_in_any_order_and_be_fewer(enter):
    answer = enter(b"Value ,MONTH,indicator,,\n73.2,2019-03,PI10,,\n")

    assert answer.code == 0, answer.err
    assert kept("PI10").value == Decimal("73.2")


COMMENTARY = "£5, “quoted” – café"
LINES = [list(HEADER), ["PI1", "2019-03", "13", "20", "", COMMENTARY, "returned"]]


def as_text(delimiter: str, newline: str = "\n") -> str:
    return newline.join(
        delimiter.join(f'"{cell}"' if delimiter in cell else cell for cell in line) for line in LINES
    )


@pytest.mark.parametrize(
    "content",
    [
        as_text(",").encode(),
        as_text(",").encode("utf-8-sig"),
        as_text(",").encode("utf-16"),
        as_text(",").encode("cp1252"),
        as_text(";").encode(),
        as_text("\t").encode("utf-16"),
        as_text(",", "\r\n").encode("utf-8-sig"),
        as_text(",", "\r").encode(),
    ],
    ids=["utf-8", "utf-8 with mark", "utf-16", "cp1252", "semicolon", "tab in utf-16", "crlf", "cr"],
)
def test_each_way_of_writing_text_is_read(enter, content):
    answer = enter(content)

    assert answer.code == 0, answer.err
    assert kept("PI1").commentary == COMMENTARY


def test_a_commentary_of_several_lines_keeps_rows_counted_as_a_spreadsheet_does(enter):
    answer = enter('PI1,2019-03,13,20,,"One\nTwo, three",\nPI1,2019-13,13,20,,,\n')

    assert answer.errors[0].startswith("march.csv, row 3, month: ")


def test_a_workbook_is_read_like_text(enter):
    book = workbook(
        [
            ["PI1", "2019-03", 13, 20.0, None, COMMENTARY, "returned"],
            ["PI4", date(2019, 3, 1), None, None, 93.25, None, None],
            ["PI5", datetime(2019, 3, 1), None, None, 14, None, None],  # noqa: DTZ001 - as a spreadsheet keeps it
            ["PI14", "2019-03", "2345", "150.5", None, None, None],
        ]
    )

    answer = enter(book, "march.xlsx")

    assert answer.code == 0, answer.err
    assert answer.out == "march.xlsx: 4 new, 0 revised, 0 unchanged figures.\n"
    assert (kept("PI1").numerator, kept("PI1").denominator) == (Decimal(13), Decimal(20))
    assert kept("PI1").commentary == COMMENTARY
    assert (kept("PI4").value, kept("PI5").value) == (Decimal("93.25"), Decimal(14))
    assert kept("PI14").denominator == Decimal("150.5")


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [
        (["PI1", "2019-03", 13.00001, 20], "numerator", "“13.00001” has more than four decimals."),
        (["PI1", "2019-03", True, 20], "numerator", "“TRUE” is not a plain number"),
        (["PI1", "2019-03", 1e15, 1e15], "numerator", "is not a plain number"),
        (["PI1", 43525, 13, 20], "month", "“43525” is not a month."),
    ],
)
def test_a_cell_is_never_guessed(enter, cells, column, words):
    answer = enter(workbook([cells]), "march.xlsx")

    assert answer.errors[0].startswith(f"march.xlsx, row 2, {column}: ")
    assert words in answer.errors[0]


@pytest.mark.parametrize(
    ("kept_as", "shown"),
    [
        ("3.3000000000000003", "3.3"),
        ("2.9999999999999996", "3"),
        ("0.30000000000000004", "0.3"),
        ("1E-4", "0.0001"),
    ],
)
def test_a_worked_out_cell_is_read_as_the_spreadsheet_shows_it(enter, kept_as, shown):
    formula = f"<f>1.1*3</f><v>{kept_as}</v>".encode()
    plain = workbook([["PI14", "2019-03", None, None, 77]])
    book = with_part(plain, SHEET, lambda part: part.replace(b"<v>77</v>", formula))

    answer = enter(book, "march.xlsx")

    assert answer.code == 0, answer.err
    assert kept("PI14").value == Decimal(shown)


def test_a_day_that_is_no_month_is_told(enter):
    answer = enter(
        workbook([["PI1", date(2019, 3, 31), 13, 20], ["PI1", datetime(2019, 3, 1, 12), 13, 20]]),  # noqa: DTZ001
        "march.xlsx",
    )

    assert [line.split(" is not a month")[0] for line in answer.errors[:2]] == [
        "march.xlsx, row 2, month: “2019-03-31”",
        "march.xlsx, row 3, month: “2019-03-01 12:00:00”",
    ]


def test_a_dry_run_checks_and_writes_nothing(enter):
    before = everything_kept()

    right = enter("PI1,2019-03,13,20,,,\n", dry_run=True)
    wrong = enter("PI1,2019-13,13,20,,,\n", dry_run=True)

    assert right.out == "march.csv: 1 figures are right; nothing was written.\n"
    assert (right.code, wrong.code) == (0, 1)
    assert everything_kept() == before


def test_the_contract_is_named_where_there_are_several(enter, other_contract):
    rows = "PI1,2019-03,13,20,,,\n"

    unnamed, unknown = enter(rows), enter(rows, contract="nowhere")
    elsewhere, named = enter(rows, contract="elsewhere"), enter(rows, contract="sandwell")

    assert unnamed.err == "Say which contract: --contract CODE, one of elsewhere, sandwell.\n"
    assert unknown.err == "There is no contract “nowhere”. Known: elsewhere, sandwell.\n"
    assert "“PI1” is not an indicator of this contract." in elsewhere.err
    assert (unnamed.code, unknown.code, elsewhere.code, named.code) == (1, 1, 1, 0)
    assert Figure.objects.get().indicator.contract.code == "sandwell"


def test_without_any_contract_it_says_what_to_do_first(db, tmp_path):
    answer = run("import_figures", tmp_path / "march.csv")

    assert answer.err == "Say which contract: --contract CODE, after loading one with load_contract.\n"
    assert (
        run("import_figures", "x", contract="none").err == "There is no contract “none”. Known: none yet.\n"
    )


def test_a_file_that_is_not_there(defined, tmp_path):
    answer = run("import_figures", tmp_path / "absent.csv")

    assert answer.code == 1
    assert answer.err == f"{tmp_path / 'absent.csv'} can't be read: No such file or directory.\n"


def test_a_checked_file_with_problems_is_never_written(defined):
    from kpis.figures.importing import Checked, import_figures
    from uploads.tables.problem import Problem

    with pytest.raises(ValueError, match="never imported"):
        import_figures(
            by="x", contract=defined, checked=Checked([], [Problem(2, "month", "Wrong.")]), file_name="x.csv"
        )


@pytest.mark.parametrize("state", ["submitted", "queried", "disputed"])
@pytest.mark.parametrize("provenance", ["published", "derived", "illustrative"])
def test_what_was_printed_takes_the_place_of_nothing_open(enter, state, provenance):
    enter("PI1,2019-03,13,20,,,returned\n")
    Figure.objects.update(state=state)

    answer = enter(f"PI2,2019-03,584,,72,,published\nPI1,2019-03,14,20,,,{provenance}\n")

    assert answer.errors == [
        f"march.csv, row 3, provenance: PI1 of March 2019 is open between Trust and council ({state}), so only what"
        f" the Trust returns can take its place, not a figure that is {provenance}.",
        "1 problem in march.csv; nothing was imported.",
    ]
    assert list(Figure.objects.values_list("state", "latest__number")) == [(state, 1)]


def test_no_other_door_lets_it_over_an_open_figure(enter, defined):
    enter("PI1,2019-03,13,20,,,returned\n")
    entry = Entry(
        Indicator.objects.get(code="PI1"), date(2019, 3, 1), Decimal(14), Decimal(20), None, "", "published"
    )

    with pytest.raises(FigureRefused, match="only what the Trust returns can take its place"):
        save_figures(
            by=BY,
            contract=defined,
            entries=[entry],
            state_of=lambda entry: Figure.State.ACCEPTED,
            reason="Printed",
            action="figures.imported",
        )

    assert kept("PI1").number == 1


def test_an_illustrative_figure_that_says_the_same_is_left_as_it_stands(enter):
    rows = "PI1,2019-03,13,20,,,illustrative\n"
    enter(rows)
    Figure.objects.update(state="submitted")

    assert enter(rows).out == "march.csv: 0 new, 0 revised, 1 unchanged figures.\n"


def test_a_printed_figure_is_corrected_by_another_and_by_a_return(enter):
    enter("PI1,2019-03,13,20,,,published\n")
    enter("PI1,2019-03,14,20,,,published\n")
    assert Figure.objects.get().accepted == kept("PI1")

    enter("PI1,2019-03,15,20,,,returned\n")
    assert Figure.objects.get().state == "submitted"
    assert Figure.objects.get().accepted.number == 2


def test_what_is_imported_by_a_person_is_theirs(enter, trust_manager):
    answer = enter("PI1,2019-03,13,20,,,returned\n", by="trust-manager")

    assert (answer.code, answer.err) == (0, "")
    assert kept("PI1").entered_by == trust_manager
    assert AuditEvent.objects.get(action="figures.imported").actor == "trust-manager"


def test_without_a_person_the_command_enters_it(enter):
    enter("PI1,2019-03,13,20,,,returned\n")

    assert (kept("PI1").entered_by, kept("PI1").entered_as) == (None, "import_figures command")


@pytest.mark.parametrize(
    ("username", "words"),
    [
        ("nobody", "There is nobody with the user name “nobody”."),
        ("client-officer", "doesn't enter figures of the contract “sandwell”"),
        ("stranger", "doesn't enter figures of the contract “sandwell”"),
    ],
)
def test_only_who_enters_figures_is_named(enter, client_officer, username, words):
    from parties.services import create_user

    create_user(username="stranger", by=BY)
    before = everything_kept()

    answer = enter("PI1,2019-03,13,20,,,returned\n", by=username)

    assert answer.code == 1
    assert words in answer.err
    assert everything_kept() == before
