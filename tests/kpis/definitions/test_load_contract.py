"""Loading reviewed definitions: the same again changes nothing, and a bad file is refused by file, field and reason."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings

from audit.models import AuditEvent
from core.definition_files import DefinitionsRefused
from kpis.definitions.models import BandVersion, Indicator, PublishedStatistic, SourceNote
from kpis.versions.models import FiguresVersion
from parties.contract_file import read_contract
from parties.models import Contract
from tests.shell import everything_kept, run

pytestmark = pytest.mark.django_db

REVIEWED = settings.BASE_DIR / "fixtures" / "indicators"
LOWER, HIGHER = (REVIEWED / "PI2.yaml").read_text(), (REVIEWED / "PI1.yaml").read_text()


@pytest.fixture
def folder(tmp_path) -> Callable[..., Path]:
    """A folder with these files: folder(PI2="code: …")."""

    def write(**files: str) -> Path:
        for name, content in files.items():
            (tmp_path / f"{name}.yaml").write_text(content, encoding="utf-8")
        return tmp_path

    return write


def changed(text: str, old: str, new: str) -> str:
    assert old in text, old
    return text.replace(old, new, 1)


def test_without_a_contract_it_makes_the_one_of_the_fixtures(db):
    answer = run("load_contract")

    assert (answer.code, answer.err) == (0, "")
    assert answer.out == "sandwell: 20 new, 0 changed, 0 unchanged indicators.\n"
    contract = Contract.objects.get()
    assert (contract.starts_on, contract.years, contract.reporting_until) == (date(2018, 4, 1), 10, None)
    assert list(Indicator.objects.values_list("code", flat=True)) == [
        *(f"PI{number}" for number in range(1, 16)),
        *(f"SM{number}" for number in range(1, 6)),
    ]
    assert BandVersion.objects.values("indicator").distinct().count() == 15


def test_a_definition_arrives_word_by_word(db):
    run("load_contract")

    indicator = Indicator.objects.get(code="PI2")
    band = indicator.bands.get()

    assert (indicator.short_name, indicator.unit, indicator.polarity) == (
        "Protection plan rate per 10,000",
        "rate_per_10000",
        "lower",
    )
    assert (band.target_operator, band.target_value, band.failure_operator, band.failure_value) == (
        "<",
        Decimal(65),
        ">",
        Decimal(80),
    )
    assert (band.valid_from, band.valid_to, band.target_text) == (
        date(2018, 4, 1),
        None,
        "< 65 children per 10,000",
    )
    assert PublishedStatistic.objects.get(reference="PI2-S01").value == Decimal("99.93")
    assert SourceNote.objects.filter(indicator=indicator).count() == 3


def test_loading_again_changes_nothing(defined):
    before = everything_kept()

    answer = run("load_contract", contract="sandwell")

    assert answer.out == "sandwell: 0 new, 0 changed, 20 unchanged indicators.\n"
    assert everything_kept() == before


def test_a_changed_file_changes_what_it_says_and_nothing_else(defined, folder):
    text = changed(LOWER, 'printed: "< 65 children per 10,000"', 'printed: "under 65"')
    text = changed(text, 'short_name: "Protection plan rate per 10,000"', 'short_name: "Plan rate"')
    text = changed(text, "reference: PI2-S14", "reference: PI2-S99")
    version = FiguresVersion.objects.get().current

    answer = run("load_contract", folder(PI2=text), contract="sandwell")

    assert answer.out == "sandwell: 0 new, 1 changed, 0 unchanged indicators.\n"
    assert Indicator.objects.get(code="PI2").short_name == "Plan rate"
    assert FiguresVersion.objects.get().current == version + 1
    event = AuditEvent.objects.filter(action="definitions.loaded").latest("sequence")
    assert event.summary == "Loaded definitions: 0 new and 1 changed indicators."
    assert event.changes == {
        "PI2": {
            "short_name": {"old": "Protection plan rate per 10,000", "new": "Plan rate"},
            "BandVersion 2018-04-01": {"target_text": {"old": "< 65 children per 10,000", "new": "under 65"}},
            "PublishedStatistic PI2-S14": "removed",
            "PublishedStatistic PI2-S99": "added",
        }
    }


NEXT_BAND = """
  - valid_from: 2019-04
    valid_to: null
    target:    {operator: "<=", value: "60", printed: "60 or fewer"}
    tolerance: {operator: "<", value: "70", printed: "< 70"}
    failure:   {operator: ">=", value: "70", printed: "70 or more"}
    change_reference: Change 2 (illustrative)
    note: ""
source:"""


def test_a_band_is_closed_before_its_successor_begins(defined, folder):
    text = changed(changed(LOWER, "valid_to: null", "valid_to: 2019-03"), "\nsource:", NEXT_BAND)

    answer = run("load_contract", folder(PI2=text), contract="sandwell")

    assert answer.code == 0, answer.err
    bands = BandVersion.objects.filter(indicator__code="PI2").values_list("valid_from", "valid_to")
    assert list(bands) == [(date(2018, 4, 1), date(2019, 3, 1)), (date(2019, 4, 1), None)]
    event = AuditEvent.objects.filter(action="definitions.loaded").latest("sequence")
    assert event.changes == {
        "PI2": {
            "BandVersion 2018-04-01": {"valid_to": {"old": None, "new": "2019-03-01"}},
            "BandVersion 2019-04-01": "added",
        }
    }


REWRITTEN = {
    "a limit": ('value: "65"', 'value: "64"', "target.value: 65 is in use and can't become 64"),
    "an operator": ('operator: "<"', 'operator: "<="', "target.operator: < is in use and can't become <="),
    "the change reference": (
        "change_reference: >-\n",
        "change_reference: >-\n      Another\n",
        "change_reference: ",
    ),
}


@pytest.mark.parametrize(("old", "new", "fault"), REWRITTEN.values(), ids=REWRITTEN)
def test_a_band_in_force_is_not_rewritten(defined, folder, old, new, fault):
    before = everything_kept()

    answer = run("load_contract", folder(PI2=changed(LOWER, old, new)), contract="sandwell")

    assert answer.code == 1
    assert answer.errors[0].startswith(f"PI2.yaml: bands: the version from 2018-04: {fault}")
    assert answer.errors[0].endswith(
        ": close it with valid_to and add a version with its own change reference"
    )
    assert answer.errors[1:] == ["Nothing was loaded."]
    assert everything_kept() == before


def test_a_closed_band_is_not_opened_again(defined, folder):
    text = changed(changed(LOWER, "valid_to: null", "valid_to: 2019-03"), "\nsource:", NEXT_BAND)
    run("load_contract", folder(PI2=text), contract="sandwell")

    earlier = changed(text, "valid_to: 2019-03", "valid_to: 2018-12")
    answer = run("load_contract", folder(PI2=earlier), contract="sandwell")

    assert answer.errors[0] == (
        "PI2.yaml: bands: the version from 2018-04: valid_to: it was closed with 2019-03 and stays so"
    )


def test_the_unit_stays_while_bands_stand_on_it(defined, folder):
    text = changed(LOWER, "unit: rate_per_10000", "unit: mean")

    answer = run("load_contract", folder(PI2=text), contract="sandwell")

    assert answer.errors == [
        "PI2.yaml: unit: bands stand on “rate_per_10000”, so it can't become “mean”",
        "Nothing was loaded.",
    ]


def test_two_indicators_change_places(defined, folder):
    one, two = (
        changed(HIGHER, "position: 1\n", "position: 2\n"),
        changed(LOWER, "position: 2\n", "position: 1\n"),
    )

    answer = run("load_contract", folder(PI1=one, PI2=two), contract="sandwell")

    assert answer.out == "sandwell: 0 new, 2 changed, 0 unchanged indicators.\n", answer.err
    assert list(Indicator.objects.values_list("code", "position")[:3]) == [("PI2", 1), ("PI1", 2), ("PI3", 3)]


def test_a_place_that_is_taken_is_told(defined, folder):
    text = changed(LOWER, "position: 2\n", "position: 3\n")

    answer = run("load_contract", folder(PI2=text), contract="sandwell")

    assert answer.errors == [
        "PI2.yaml: position: 3 is PI3's, of which there is no file here",
        "Nothing was loaded.",
    ]


def test_a_band_in_use_is_never_removed(defined, folder):
    before = everything_kept()

    answer = run("load_contract", folder(PI2=changed(LOWER, "valid_from: 2018-04", "valid_from: 2018-05")))

    assert answer.code == 1
    assert answer.errors == [
        "PI2.yaml: bands: the version from 2018-04 is in use and can't be removed",
        "Nothing was loaded.",
    ]
    assert everything_kept() == before


BAD = {
    "an unknown field": (
        lambda: changed(LOWER, "kind: contract", "kind: contract\ncolour: red"),
        "PI2.yaml: colour: Extra inputs are not permitted",
    ),
    "a field left out": (lambda: changed(LOWER, "decimals: 2\n", ""), "PI2.yaml: decimals: Field required"),
    "a short name of 41 characters": (
        lambda: changed(LOWER, "Protection plan rate per 10,000", "x" * 41),
        "PI2.yaml: short_name: String should have at most 40 characters",
    ),
    "an empty word": (
        lambda: changed(LOWER, 'unit_words: "children"', 'unit_words: " "'),
        "PI2.yaml: unit_words: String should have at least 1 character",
    ),
    "a number that is not exact": (
        lambda: changed(LOWER, 'value: "65"', "value: 65.5"),
        'PI2.yaml: bands.0.target.value: write the number between quotes, as "18.5", so that it stays exact',
    ),
    "a fifth decimal": (
        lambda: changed(LOWER, 'value: "65"', 'value: "65.00001"'),
        "PI2.yaml: bands.0.target.value: Decimal input should have no more than 4 decimal places",
    ),
    "no number": (
        lambda: changed(LOWER, 'value: "65"', 'value: "NaN"'),
        "PI2.yaml: bands.0.target.value: Input should be a finite number",
    ),
    "a limit below zero": (
        lambda: changed(LOWER, 'value: "65"', 'value: "-65"'),
        "PI2.yaml: bands.0.target.value: Input should be greater than or equal to 0",
    ),
    "an unknown operator": (
        lambda: changed(LOWER, 'operator: "<"', 'operator: "=="'),
        "PI2.yaml: bands.0.target.operator: Input should be '>', '>=', '<' or '<='",
    ),
    "an unknown polarity": (
        lambda: changed(LOWER, "polarity: lower", "polarity: sideways"),
        "PI2.yaml: polarity: Input should be 'higher' or 'lower'",
    ),
    "an operator against the polarity": (
        lambda: changed(LOWER, 'operator: "<"', 'operator: ">"'),
        "PI2.yaml: whole file: band from 2018-04: The target operator “>” doesn't fit where lower is better: use",
    ),
    "an inverted band, lower is better": (
        lambda: changed(LOWER, 'value: "65"', 'value: "85"'),
        "PI2.yaml: whole file: band from 2018-04: The target 85 is worse than the failure limit 80, because lower",
    ),
    "an inverted band, higher is better": (
        lambda: changed(HIGHER, 'target:    {operator: ">", value: "75"', 'target:    {operator: ">", value: "5"'),
        "PI1.yaml: whole file: band from 2018-04: The target 5 is worse than the failure limit",
    ),
    "tolerance outside": (
        lambda: changed(LOWER, 'tolerance: {operator: "<", value: "80"', 'tolerance: {operator: "<", value: "81"'),
        "PI2.yaml: whole file: band from 2018-04: The tolerance limit 81 doesn't lie between",
    ),
    "bands that overlap": (
        lambda: changed(LOWER, "\nsource:", NEXT_BAND),
        "PI2.yaml: whole file: The bands from 2018-04 and from 2019-04 hold at the same time.",
    ),
    "a band that ends before it begins": (
        lambda: changed(LOWER, "valid_to: null", "valid_to: 2018-03"),
        "PI2.yaml: whole file: band from 2018-04: It ends before it begins.",
    ),
    "a month that is none": (
        lambda: changed(LOWER, "valid_from: 2018-04", "valid_from: April"),
        "PI2.yaml: bands.0.valid_from: “April” is not a month. Write the year and the month like 2019-03.",
    ),
    "a period that is none": (
        lambda: changed(LOWER, "period: 2017-04..2018-03", "period: 2017-04..later"),
        "PI2.yaml: published.11: “later” is not a month.",
    ),
    "a period that runs backwards": (
        lambda: changed(LOWER, "period: 2017-04..2018-03", "period: 2019-03..2018-04"),
        "PI2.yaml: published.11: the period 2019-03..2018-04 ends before it begins",
    ),
    "a field twice": (
        lambda: changed(LOWER, "decimals: 2\n", "decimals: 2\ndecimals: 3\n"),
        "PI2.yaml: decimals: stands twice, in line ",
    ),
    "a field twice inside another": (
        lambda: changed(LOWER, 'target:    {operator: "<"', 'target:    {operator: "<", operator: "<="'),
        "PI2.yaml: operator: stands twice, in line ",
    ),
    "no band": (
        lambda: changed(LOWER, LOWER[LOWER.index("bands:") : LOWER.index("source:")], "bands: []\n"),
        "PI2.yaml: whole file: a contract indicator needs at least one band",
    ),
    "a supporting measure with a band": (
        lambda: changed(LOWER, "kind: contract", "kind: supporting"),
        "PI2.yaml: whole file: a supporting measure has no contract bands",
    ),
    "a count with a denominator": (
        lambda: changed(LOWER, "unit: rate_per_10000", "unit: count"),
        "PI2.yaml: whole file: a count has no denominator, and every other unit has one",
    ),
    "a reference twice": (
        lambda: changed(LOWER, "reference: PI2-S02", "reference: PI2-S01"),
        "PI2.yaml: whole file: published reference PI2-S01 stands twice",
    ),
    "a note twice": (
        lambda: changed(LOWER, "reference: PI2-N2", "reference: PI2-N1"),
        "PI2.yaml: whole file: note reference PI2-N1 stands twice",
    ),
    "a code that is none": (
        lambda: changed(LOWER, "code: PI2", "code: ../PI2"),
        "PI2.yaml: code: String should match pattern",
    ),
    "no YAML": (lambda: changed(LOWER, "code: PI2", "code: [PI2"), "PI2.yaml: not readable as YAML: "),
    "YAML that would run a program": (
        lambda: changed(LOWER, "code: PI2", "code: !!python/object/apply:os.system [id]"),
        "PI2.yaml: not readable as YAML: could not determine a constructor",
    ),
    "a list instead of fields": (lambda: "- PI2\n", "PI2.yaml: expected fields and values at the top level"),
    "an empty file": (lambda: "", "PI2.yaml: expected fields and values at the top level"),
}  # fmt: skip


@pytest.mark.parametrize(("write", "fault"), BAD.values(), ids=BAD)
def test_a_bad_file_is_refused(defined, folder, write, fault):
    before = everything_kept()
    text = write()
    name = fault.partition(".")[0]

    answer = run("load_contract", folder(**{name: text}), contract="sandwell")

    assert (answer.code, answer.out) == (1, "")
    assert any(line.startswith(fault) for line in answer.errors), answer.err
    assert answer.errors[-1] == "Nothing was loaded."
    assert everything_kept() == before


def test_all_faults_of_all_files_are_told_at_once(contract, folder):
    bad = changed(changed(LOWER, "decimals: 2", "decimals: 9"), "theme: protection", "theme: weather")

    answer = run("load_contract", folder(PI1=HIGHER, PI2=bad, PI3=HIGHER, PI4="]"), contract="sandwell")

    assert [line.split(": ")[0:2] for line in answer.errors[:3]] == [
        ["PI2.yaml", "theme"],
        ["PI2.yaml", "decimals"],
        ["PI4.yaml", "not readable as YAML"],
    ]
    assert answer.errors[3:] == [
        "code PI1 stands in two files",
        "position 1 stands in two files",
        "Nothing was loaded.",
    ]
    assert not Indicator.objects.exists()


def test_an_empty_folder_is_told(contract, tmp_path):
    answer = run("load_contract", tmp_path, contract="sandwell")

    assert answer.errors == [f"{tmp_path}: no definition files (*.yaml) here", "Nothing was loaded."]


def test_text_that_is_not_utf_8_is_told(contract, tmp_path):
    (tmp_path / "PI2.yaml").write_bytes(b"code: \xff\xfe\x00")

    answer = run("load_contract", tmp_path, contract="sandwell")

    assert answer.errors[0].startswith("PI2.yaml: not readable as YAML: ")


def test_an_unknown_contract_is_told(contract):
    answer = run("load_contract", contract="nowhere")

    assert (answer.code, answer.err) == (1, "There is no contract “nowhere”. Known: sandwell.\n")


def test_a_contract_file_is_checked_as_well(tmp_path):
    path = tmp_path / "contract.yaml"
    reviewed = (settings.BASE_DIR / "fixtures" / "contract.yaml").read_text()
    path.write_text(
        changed(changed(reviewed, "code: sandwell\n", "code: Not A Code\n"), "years: 10", "years: 0")
    )

    with pytest.raises(DefinitionsRefused) as refused:
        read_contract(path)

    assert [fault.split(": ")[:2] for fault in refused.value.faults] == [
        ["contract.yaml", "code"],
        ["contract.yaml", "years"],
    ]
