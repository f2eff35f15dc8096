"""One file for several contracts: all of it or nothing, a trail for each contract, read a piece at a time."""

from datetime import date

import pytest

from audit.models import AuditEvent
from kpis.definitions.models import Indicator
from kpis.figures.models import Figure, FigureRevision
from kpis.importing import many_contracts
from kpis.importing.given_file import GivenFile
from kpis.importing.many_contracts import import_many
from kpis.versions.models import FiguresVersion
from tests.cast import BY
from tests.shell import everything_kept, run
from uploads.tables.refusal import FileRefused

HEAD = "contract,indicator,month,numerator,denominator,value,commentary,provenance"
TODAY = date(2020, 4, 15)


@pytest.fixture
def both(defined, other_contract):
    """A second contract, which has an indicator with the same code as one of the first."""
    count = Indicator.objects.get(contract=defined, code="PI5")
    count.pk, count.contract, count.code, count._state.adding = None, other_contract, "PI1", True
    count.save(force_insert=True)
    return defined, other_contract


def brought(*lines: str, **more: object) -> many_contracts.Outcome:
    content = "\n".join([HEAD, *lines]).encode()
    return import_many(by=BY, file=GivenFile("all.csv", content), today=TODAY, **more)  # type: ignore[arg-type]


def test_each_row_goes_to_its_contract(both):
    outcome = brought(
        "sandwell,PI1,2019-03,13,20,,One,returned",
        "elsewhere,PI1,2019-03,,,7,,published",
        "sandwell,PI5,2019-03,,,3,,",
    )

    assert outcome.problems == []
    assert (outcome.total.created, len(outcome.saved)) == (3, 2)
    found = {
        (one.figure.indicator.contract.code, one.figure.indicator.code): (
            one.numerator,
            one.value,
            one.figure.state,
        )
        for one in FigureRevision.objects.select_related("figure__indicator__contract")
    }
    assert found == {
        ("sandwell", "PI1"): (13, None, "submitted"),
        ("elsewhere", "PI1"): (None, 7, "accepted"),
        ("sandwell", "PI5"): (None, 3, "submitted"),
    }


def test_each_contract_has_one_line_in_its_trail_and_a_new_version(both):
    events = AuditEvent.objects.count()

    brought("sandwell,PI1,2019-03,13,20,,Counted,", "elsewhere,PI1,2019-03,,,7,,")
    brought("sandwell,PI1,2019-03,13,20,,Counted,", "elsewhere,PI1,2019-03,,,8,,")

    lines = [
        (one.contract_code, one.summary.rpartition(": ")[2])
        for one in AuditEvent.objects.order_by("sequence")[events:]
    ]
    assert lines == [
        ("sandwell", "1 new figure, 0 revised."),
        ("elsewhere", "1 new figure, 0 revised."),
        ("elsewhere", "0 new figures, 1 revised."),
    ]
    versions = dict(FiguresVersion.objects.values_list("contract__code", "current"))
    assert versions["elsewhere"] >= 2


def test_every_problem_is_told_and_nothing_is_kept(both, monkeypatch):
    monkeypatch.setattr(many_contracts, "PIECE", 2)
    before = everything_kept()

    outcome = brought(
        "sandwell,PI1,2019-03,13,20,,Counted,",
        "sandwell,PI3,2019-03,13,20,,Counted,",
        "nowhere,PI1,2019-03,13,20,,Counted,",
        ",PI1,2019-03,13,20,,Counted,",
        "elsewhere,PI3,2019-03,13,20,,Counted,",
        "sandwell,PI1,2019-03,14,20,,Counted,",
        "elsewhere,PI1,2019-03,12%,,7,,",
    )

    assert [(one.row, one.column) for one in outcome.problems] == [
        (4, "contract"), (5, "contract"), (6, "indicator"), (7, "month"), (8, "numerator"), (8, "value"),
    ]  # fmt: skip
    assert everything_kept() == before


def test_the_same_month_of_two_contracts_is_no_repetition(both):
    assert brought("sandwell,PI1,2019-03,13,20,,Counted,", "elsewhere,PI1,2019-03,,,7,,").problems == []


def test_pieces_make_one_whole(both, monkeypatch):
    monkeypatch.setattr(many_contracts, "PIECE", 2)
    rows = []

    outcome = brought(
        *(f"sandwell,PI1,2019-{month:02d},{12 + month},20,,Counted,returned" for month in range(1, 8)),
        progress=rows.append,
    )

    assert (outcome.total.created, rows) == (7, [2, 4, 6, 7])
    assert Figure.objects.exclude(latest=None).count() == 7


def test_a_broken_end_takes_the_beginning_along(both, monkeypatch):
    monkeypatch.setattr(many_contracts, "PIECE", 1)

    with pytest.raises(FileRefused):
        brought("sandwell,PI1,2019-03,13,20,,Counted,", 'sandwell,PI3,2019-03,13,20,,"open')

    assert not Figure.objects.exists()


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("indicator,month,value", "This column is missing."),
        ("contract,contract,indicator,month,value", "This column stands twice."),
        ("contract,indicator,month,value,target", "Unknown column."),
    ],
)
def test_a_header_that_will_not_do(both, header, words):
    outcome = import_many(by="x", file=GivenFile("a.csv", header.encode()), today=TODAY)

    assert words in outcome.problems[0].message


def test_a_file_without_rows(both):
    assert brought().problems[0].message == "There are no figures under the header."


def test_words_are_kept_to_the_letter(both):
    """Signs that mean something to the statements that carry the rows."""
    words = "tab\there, back\\slash \\N, “quotes”, it's 100%s; line\nbreak and {brace}"

    brought('sandwell,PI1,2019-03,13,20,,"' + words.replace('"', '""') + '",')

    assert FigureRevision.objects.get().commentary == words


def test_by_the_command(both, tmp_path):
    path = tmp_path / "all.csv"
    path.write_text(f"{HEAD}\nsandwell,PI1,2019-03,13,20,,Counted,\nelsewhere,PI1,2019-03,,,7,,\n")

    tried = run("import_figures", path, all_contracts=True, dry_run=True)
    assert (tried.code, tried.out) == (0, "all.csv: all figures are right; nothing was written.\n")
    assert not Figure.objects.exists()

    assert run("import_figures", path, all_contracts=True).out == (
        "all.csv: 2 new, 0 revised, 0 unchanged figures in 2 contracts.\n"
    )

    path.write_text(f"{HEAD}\nnowhere,PI1,2019-03,13,20,,Counted,\n")
    refused = run("import_figures", path, all_contracts=True)
    assert refused.code == 1
    assert "all.csv, row 2, contract: There is no contract “nowhere”." in refused.err
    assert "1 problem in all.csv; nothing was imported." in refused.err
