"""Importing figures from a file, through the command: what gets in, under whose name, and what the trail says."""

import hashlib
import os
import tracemalloc
from decimal import Decimal

import pytest

from audit.models import AuditEvent
from kpis.engine.models import IndicatorStatus
from kpis.figures.models import Figure, FigureRevision
from tests.cast import BY
from tests.kpis.figures.imported import kept
from tests.shell import everything_kept, run

WORDS = "checked with the team"
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("years_later")]


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
        enter("PI1,2019-03,13,20,,Counted,\n")

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
    enter("PI1,2019-03,13,20,,Counted,\nPI1,2019-02,14,20,,Counted,\n")

    event = AuditEvent.objects.get(action="figures.imported")

    assert event.actor == "import_figures command"
    assert event.summary == "Imported from march.csv: 2 new figures, February 2019 to March 2019."
    assert event.changes["figures"][0] == "PI1 2019-03: 13 of 20 (returned)"


def test_a_correction_is_a_revision_beside_the_first(enter):
    enter("PI1,2019-03,13,20,,Counted,\nPI1,2019-02,15,20,,Counted,\n")

    answer = enter("PI1,2019-03,14,20,,Counted again,\nPI1,2019-02,15,20,,Counted,\n", "corrected.csv")

    assert answer.out == "corrected.csv: 0 new, 1 revised, 1 unchanged figures.\n"
    march = FigureRevision.objects.filter(figure__month="2019-03-01")
    assert list(march.values_list("number", "numerator", "reason")) == [
        (1, Decimal(13), "Imported from march.csv"),
        (2, Decimal(14), "Imported from corrected.csv"),
    ]
    assert kept("PI1").number == 2


def test_the_trail_says_of_a_long_list_how_many_more_there_are(enter, monkeypatch):
    monkeypatch.setattr("kpis.figures.services.MOST_IN_TRAIL", 2)
    enter("PI1,2019-03,13,20,,Counted,\nPI1,2019-02,14,20,,Counted,\nPI1,2019-01,15,20,,Counted,\n")

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


@pytest.mark.parametrize("most_values", [13, 40, 900], ids=["one at a time", "three and one", "all at once"])
def test_many_corrections_are_saved_in_statements_of_any_size(enter, monkeypatch, most_values):
    monkeypatch.setattr("kpis.figures.bulk._MOST_VALUES", most_values)
    months = [f"2018-{month:02}" for month in range(4, 11)]
    enter("".join(f"PI1,{month},13,20,,Counted,\n" for month in months), accept_warnings=WORDS)
    Figure.objects.update(state="queried")

    answer = enter("".join(f"PI1,{month},14,20,,Counted,\n" for month in months), accept_warnings=WORDS)

    assert answer.out == "march.csv: 0 new, 7 revised, 0 unchanged figures.\n"
    assert set(Figure.objects.values_list("state", "latest__numerator")) == {("submitted", Decimal(14))}


def test_a_dry_run_checks_and_writes_nothing(enter):
    before = everything_kept()

    right = enter("PI1,2019-03,13,20,,Counted,\n", dry_run=True)
    wrong = enter("PI1,2019-13,13,20,,Counted,\n", dry_run=True)

    assert right.out == "march.csv: 1 figures are right; nothing was written.\n"
    assert (right.code, wrong.code) == (0, 1)
    assert everything_kept() == before


def test_the_contract_is_named_where_there_are_several(enter, other_contract):
    rows = "PI1,2019-03,13,20,,Counted,\n"

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
    from kpis.importing.one_contract import Checked, import_figures
    from uploads.tables.problem import Problem

    with pytest.raises(ValueError, match="never imported"):
        import_figures(
            by="x", contract=defined, checked=Checked([], [Problem(2, "month", "Wrong.")]), file_name="x.csv"
        )


@pytest.mark.parametrize("state", ["submitted", "queried", "disputed"])
@pytest.mark.parametrize("provenance", ["published", "derived", "illustrative"])
def test_what_was_printed_takes_the_place_of_nothing_open(enter, state, provenance):
    enter("PI1,2019-03,13,20,,Counted,returned\n")
    Figure.objects.update(state=state)

    answer = enter(f"PI2,2019-03,584,,72,,published\nPI1,2019-03,14,20,,,{provenance}\n")

    assert answer.errors == [
        f"march.csv, row 3, provenance: PI1 of March 2019 is open between Trust and council ({state}), so only what"
        f" the Trust returns can take its place, not a figure that is {provenance}.",
        "1 problem in march.csv; nothing was imported.",
    ]
    assert list(Figure.objects.values_list("state", "latest__number")) == [(state, 1)]


def test_an_illustrative_figure_that_says_the_same_is_left_as_it_stands(enter):
    rows = "PI1,2019-03,13,20,,,illustrative\n"
    enter(rows)
    Figure.objects.update(state="submitted")

    assert enter(rows).out == "march.csv: 0 new, 0 revised, 1 unchanged figures.\n"


def test_a_printed_figure_is_corrected_by_another_and_by_a_return(enter):
    enter("PI1,2019-03,13,20,,,published\n")
    enter("PI1,2019-03,14,20,,,published\n")
    assert Figure.objects.get().accepted == kept("PI1")

    enter("PI1,2019-03,15,20,,Counted,returned\n")
    assert Figure.objects.get().state == "submitted"
    assert Figure.objects.get().accepted.number == 2


def test_what_is_imported_by_a_person_is_theirs(enter, trust_manager):
    answer = enter("PI1,2019-03,13,20,,Counted,returned\n", by="trust-manager")

    assert (answer.code, answer.err) == (0, "")
    assert kept("PI1").entered_by == trust_manager
    assert AuditEvent.objects.get(action="figures.imported").actor == "trust-manager"


def test_without_a_person_the_command_enters_it(enter):
    enter("PI1,2019-03,13,20,,Counted,returned\n")

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

    answer = enter("PI1,2019-03,13,20,,Counted,returned\n", by=username)

    assert answer.code == 1
    assert words in answer.err
    assert everything_kept() == before
