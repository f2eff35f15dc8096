"""Small files of kinds that people reported: each comes to what a person would expect of it."""

from pathlib import Path

import pytest

from parties.participants import participant_for
from tests.uploads.corpus.verdicts import Asks, Refused, Verdict, Wrong, right, wrong
from tests.uploads.judged import as_expected, verdict
from tests.uploads.opened import opened_here
from uploads.limits import upload_limits
from uploads.tables.refusal import FileAsks

pytestmark = pytest.mark.usefixtures("years_later")

CASES = Path(__file__).parent / "cases"
MARCH = "2020-03"
PI1, PI3 = ("PI1", MARCH, "500", "600"), ("PI3", MARCH, "80", "100")
BESIDE = wrong((2, "header", "H2 (“checked by JS”) stands beside the table, under no column’s name."))
TWO = right(PI1, PI3)


def like_pi3(code: str) -> tuple[str, ...]:
    return (code, *PI3[1:])


VERDICTS: dict[str, Verdict] = {
    "c02-zwsp-cells.csv": right(PI1, PI3, *(like_pi3(code) for code in ("PI4", "PI6", "PI7"))),
    "c02-zwsp-header.csv": right(PI1),
    "c04-sep-line.csv": right(PI1),
    "c05-cp437.csv": Asks("encoding"),
    "c06-blank-first-line.csv": right(PI1),
    "c06-title-rows.csv": right(PI1),
    "c07-note-beside.csv": BESIDE,
    "c08-wide.csv": wrong((1, "header", "Months stand as columns here (apr-19, may-19, jun-19).")),
    "c09-num-den-value-many.csv": right((*PI1, "83.3333333333333")),
    "c09-num-den-value.csv": right((*PI1, "83.3"), (*PI3, "80")),
    "c11-clip-ditto.txt": right(
        (*PI1, "", "Staff sickness"), (*PI3, "", '"'), (*like_pi3("PI4"), "", '"'), (*like_pi3("PI6"), "", "fine")
    ),
    "c11-clip-quote-start.txt": right((*PI1, "", '"Signs of Safety" training done'), (*PI3, "", "fine")),
    "c13-noheader-mmmyy.txt": right((*PI1, "", "good"), (*PI3, "", "fine")),
    "c31-curly.csv": right(("PI12", "2018-09", "80", "100", "", "children’s team – £5 spent")),
    "k01-html.xls": Refused("This is a web page, whatever its name says"),
    "k12-mixed-utf8-cp1252.csv": Asks("encoding"),
    "x03-percent-literal-quoted.xlsx": right(("PI1", MARCH, "", "", "75.4")),
    "x04-hidden-sheet.xlsx": TWO,
    "x04-veryhidden-sheet.xlsx": TWO,
    "x05-merged-footnote.xlsx": wrong(
        (6, "indicator", "This row holds only a note: “Prepared by the performance team”.")
    ),
    "x06-styled-last-row.xlsx": TWO,
    "x07-formula-empty-string-v-empty.xlsx": TWO,
    "x07-formula-empty-string-v-selfclosed.xlsx": TWO,
    "x09-note-beside.xlsx": BESIDE,
    "x12-external-link-cache.xlsx": TWO,
    "x13-validation-message.xlsx": TWO,
    "x17-formula-named-denominator.xlsx": right(("PI1", MARCH, "", "", "83.3")),
    "x17-text-r-equals.xlsx": right((*PI1, "", "The target for the year = 75%, so this is above it")),
    "x20-nested-styles.xlsx": Refused("The workbook is damaged, or was written by no spreadsheet program."),
}  # fmt: skip
WORDS = (
    "c", "z", "x", "k", "low", ":", "..", "…", "–", "—", "-", "--", "*", "<5", "(c)", "[c]", "(blank)", "n/a", "NIL",
    "TBC", "#DIV/0!", "suppressed",
)  # fmt: skip


@pytest.fixture
def participant(defined, trust_manager):
    return participant_for(trust_manager, "sandwell")


@pytest.mark.parametrize("name", VERDICTS)
def test_a_case_comes_to_what_is_right(participant, name):
    found = verdict(participant, (CASES / name).read_bytes(), pasted=name.endswith(".txt"))

    assert as_expected(found, VERDICTS[name]), found


def test_every_case_has_its_verdict():
    assert {path.name for path in CASES.iterdir()} == {*VERDICTS, "c03-symbols.csv"}


def test_a_word_or_sign_in_the_place_of_a_number_is_told_with_what_to_do(participant):
    found = verdict(participant, (CASES / "c03-symbols.csv").read_bytes())
    lines = (CASES / "c03-symbols.csv").read_text().splitlines()

    assert isinstance(found, Wrong)
    said = {
        lines[row - 1].split(",", 4)[4].rstrip(",").strip('"'): message
        for row, column, message in found.problems
        if column == "value"
    }
    for word in WORDS:
        assert "Leave it empty, or state on the return’s page why it can’t be reported." in said[word], word
        assert "below zero" not in said[word]
    for negative in ("(75.4)", "-75.4"):
        assert "below zero" in said[negative]
    assert not {"75.4%", "0.754"} & set(said)


@pytest.mark.parametrize("name", [name for name, wanted in VERDICTS.items() if isinstance(wanted, Asks)])
def test_what_is_asked_about_is_read_by_the_answer(participant, name):
    """One of the answers makes of the file what its people wrote."""
    content = (CASES / name).read_bytes()
    with pytest.raises(FileAsks) as asked:
        opened_here(content, upload_limits())

    read = []
    for choice in asked.value.choices:
        rows = opened_here(content, upload_limits(), answers={"encoding": choice.value}).rows
        read.append([row.cells["commentary"] for row in rows])

    assert ["cost £5 é"] in read or ["children’s", "children’s"] in read
