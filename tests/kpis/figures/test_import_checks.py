"""The command asks what the month's page asks: the same checks, the same words, kept in the same place."""

import pytest

from audit.models import AuditEvent
from kpis.figures.models import CheckAnswer, Figure
from tests.shell import run

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("years_later")]

YEAR = [f"2018-{month:02}" for month in range(4, 13)]
STEADY = [75, 76, 77, 76, 75, 76, 77, 76, 75]
HISTORY = "".join(f"PI4,{month},,,{value},Steady,\n" for month, value in zip(YEAR, STEADY, strict=True))
SLIP = "0.754% is far from the usual 76.0%, as if the decimal point had slipped. Did you mean 75.4%?"
WORDS = "checked with the team, April’s intake"


def test_a_percentage_as_a_share_is_refused_and_asked_about(enter):
    answer = enter("PI1,2019-03,,,0.754,Words,\nPI4,2019-03,,,0.93,Words,\n")

    assert answer.code == 1
    assert answer.errors == [
        "march.csv, warning, row 2, value: 0.754% is not more than one in a hundred. Did you mean 75.4%?",
        "march.csv, warning, row 3, value: 0.93% is not more than one in a hundred. Did you mean 93.0%?",
        "2 warnings in march.csv; nothing was imported. Correct them, or say why they are right with"
        " --accept-warnings.",
    ]
    assert not Figure.objects.exists()


def test_the_months_before_stand_in_the_same_file_in_any_order(enter):
    answer = enter(f"PI4,2019-01,,,0.754,Words,\n{HISTORY}")

    assert answer.errors[0] == f"march.csv, warning, row 2, value: {SLIP}"


def test_the_months_before_stand_in_the_database(enter):
    assert enter(HISTORY).code == 0

    answer = enter("PI4,2019-01,,,0.754,Words,\nPI4,2019-02,,,20,Words,\n")

    assert answer.errors[:2] == [
        f"march.csv, warning, row 2, value: {SLIP}",
        "march.csv, warning, row 3, value: 20.0% is outside the usual range of 73.2% to 78.5%"
        " in the 9 months before.",
    ]


def test_a_file_of_shares_is_asked_about_in_each_row(enter):
    answer = enter(
        "".join(f"PI4,{month},,,0.{value},Words,\n" for month, value in zip(YEAR, STEADY, strict=True))
    )

    assert len(answer.errors) == len(YEAR) + 1
    assert all("Did you mean 7" in error for error in answer.errors[:-1])


def test_what_is_explained_is_imported_with_the_words_beside_it(enter):
    answer = enter("PI1,2019-03,,,0.754,Words,\nPI4,2019-03,,,99,,\n", accept_warnings=WORDS)

    assert (answer.code, answer.out) == (0, "march.csv: 2 new, 0 revised, 0 unchanged figures.\n")
    [kept] = CheckAnswer.objects.all()
    assert (str(kept.revision.figure), kept.code, kept.words) == ("PI1 2019-03", "scale-slip", WORDS)
    assert kept.message.endswith("Did you mean 75.4%?")
    [told] = AuditEvent.objects.get(action="figures.imported").changes["warnings explained"]
    assert told == f"PI1 2019-03: {kept.message} “{WORDS}”"


def test_an_explanation_excuses_no_error(enter):
    answer = enter("PI1,2019-03,,,0.754,,\nPI4,2019-03,80,100,81,Words,\n", accept_warnings=WORDS)

    assert [error.partition(": ")[0] for error in answer.errors[:-1]] == [
        "march.csv, row 2, commentary",
        "march.csv, row 3, value",
    ]
    assert answer.errors[-1] == "2 problems in march.csv; nothing was imported."
    assert not Figure.objects.exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [(" ", "say in words"), ("x" * 501, "501 characters"), ("a\x07b", "control characters")],
)
def test_an_explanation_is_words(enter, words, said):
    answer = enter("PI1,2019-03,13,20,,Words,\n", accept_warnings=words)

    assert answer.code != 0
    assert said in answer.err


@pytest.mark.parametrize("provenance", ["published", "derived", "illustrative"])
def test_only_what_the_trust_returns_needs_words_off_target(enter, provenance):
    refused = enter("PI1,2019-03,13,20,,,\n")
    taken = enter(f"PI1,2019-03,13,20,,,{provenance}\n")

    assert refused.errors[0].startswith("march.csv, row 2, commentary: PI1 of March 2019 is not on target")
    assert (taken.code, taken.err) == (0, "")


def test_what_says_what_is_kept_is_asked_about_no_more(enter):
    row = "PI1,2019-03,,,0.754,Words,\n"
    enter(row, accept_warnings=WORDS)

    again, changed = enter(row), enter("PI1,2019-03,,,0.754,Other words,\n")

    assert again.out == "march.csv: 0 new, 0 revised, 1 unchanged figures.\n"
    assert changed.code == 1


def test_a_dry_run_asks_the_same(enter):
    assert enter("PI1,2019-03,,,0.754,Words,\n", dry_run=True).code == 1
    assert enter("PI1,2019-03,,,0.754,Words,\n", dry_run=True, accept_warnings=WORDS).code == 0
    assert not Figure.objects.exists()


@pytest.mark.parametrize("dry_run", [False, True])
@pytest.mark.parametrize("piece", [1, 4, 10_000])
def test_a_file_of_all_contracts_is_asked_the_same(defined, tmp_path, monkeypatch, piece, dry_run):
    monkeypatch.setattr("kpis.importing.many_contracts.PIECE", piece)
    path = tmp_path / "all.csv"
    rows = "".join(f"sandwell,{row}\n" for row in HISTORY.splitlines())
    path.write_text(
        f"contract,indicator,month,numerator,denominator,value,commentary,provenance\n{rows}"
        "sandwell,PI4,2019-01,,,0.754,Words,\n"
    )

    refused = (
        run("import_figures", path, all_contracts=True, dry_run=dry_run)
        if dry_run
        else run("import_figures", path, all_contracts=True)
    )

    assert refused.errors[0] == f"all.csv, warning, row 11, value: {SLIP}"
    assert not Figure.objects.exists()
    if dry_run:
        return
    taken = run("import_figures", path, all_contracts=True, accept_warnings=WORDS)
    assert taken.code == 0, taken.err
    assert [one.words for one in CheckAnswer.objects.all()] == [WORDS]
    assert AuditEvent.objects.get(action="figures.imported").changes["warnings explained"] == [
        f"PI4 2019-01: {SLIP} “{WORDS}”"
    ]
