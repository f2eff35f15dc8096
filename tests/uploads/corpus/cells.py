"""Codes, months, numbers and words, cell by cell."""

from __future__ import annotations

from tests.uploads.corpus.verdicts import LINE, ONE, add, csv_of, right, wrong

# Codes and months

add("small letters", csv_of("pi1,2019-03,13,20,,,"), ONE)
add("an unknown code", csv_of("PI16,2019-03,13,20,,,"), wrong((2, "indicator", "“PI16” is not an indicator")))
add("no code", csv_of(",2019-03,13,20,,,"), wrong((2, "indicator", "The code is missing")))
add("a blank in the code", csv_of("PI 1,2019-03,13,20,,,"), wrong((2, "indicator", "not an indicator")))
add(
    "a very long code",
    lambda: csv_of(f"{'P' * 90_000},2019-03,13,20,,,").encode(),
    wrong((2, "indicator", f"“{'P' * 40}” is not an indicator")),
)
add(
    "an injected code",
    csv_of("PI1'; DROP TABLE kpis_figure; --,2019-03,13,20,,,"),
    wrong((2, "indicator", "not an indicator")),
)
add("twice", csv_of(LINE, LINE), wrong((3, "month", "PI1 2019-03 stands already in row 2")))
add(
    "twice in other letters",
    csv_of(LINE, "pi1,2019-03,14,20,,,"),
    wrong((3, "month", "stands already in row 2")),
)
add(
    "twice with and without a figure", csv_of(LINE, "PI1,2019-03,,,,,"), wrong((3, "month", "stands already"))
)
for name, month in {
    "a slash": "03/2019",
    "a name": "March 2019",
    "a short name": "Mar-19",
    "a day": "2019-03-01",
    "a British day": "01/03/2019",
    "the last day": "31/03/2019",
    "a short month": "2019-3",
}.items():
    add(f"month as {name}", csv_of(f'PI1,"{month}",13,20,,,'), ONE)
for name, month in {
    "a day within": "15/03/2019",
    "a day without a year": "19-Mar",
    "month 13": "2019-13",
    "month 0": "2019-00",
    "a serial": "43525",
    "two digits": "19-03",
    "a formula": "=DATE(2019,3,1)",
    "an endless month": "2019-03" * 5000,
}.items():
    add(f"month as {name}", csv_of(f'PI1,"{month}",13,20,,,'), wrong((2, "month", "is not a month")))
add("no month", csv_of("PI1,,13,20,,,"), wrong((2, "month", "The month is missing")))
add("a month to come", csv_of("PI1,9998-03,13,20,,,"), wrong((2, "month", "is out of reach")))
add(
    "a month after the last",
    csv_of("PI1,2020-04,13,20,,,"),
    wrong((2, "month", "the last month that the contract")),
)
add(
    "a month before the contract",
    csv_of("PI1,2018-03,13,20,,,"),
    wrong((2, "month", "before the contract began")),
)
add(
    "a published month before the contract",
    csv_of("PI1,2018-03,13,20,,,published"),
    wrong((2, "provenance", "returned by the Trust, not published")),
)
add("a month long ago", csv_of("PI1,1066-10,13,20,,,"), wrong((2, "month", "is out of reach")))
add("the year 0", csv_of("PI1,0000-01,13,20,,,"), wrong((2, "month", "is not a month")))
add(
    "several months",
    csv_of(LINE, "PI1,2019-04,14,20,,,"),
    right(("PI1", "2019-03", "13", "20"), ("PI1", "2019-04", "14", "20")),
)

# Numbers

for name, number, reason in [
    ("a thousands comma", '"1,234"', "above 100"), ("a decimal comma", '"75,4"', "has a comma"),
    ("NA", "NA", "not a number. Leave it empty"), ("nan", "NaN", "not a number"),
    ("null", "null", "not a number"), ("a dash", "-", "not a number"), ("an error", "#N/A", "not a number"),
    ("infinity", "inf", "not a number"), ("an exponent", "1e3", "not a plain number"),
    ("hexadecimal", "0x1F", "not a plain number"), ("an underscore", "1_000", "not a plain number"),
    ("below zero", "-5", "below zero"), ("below zero with a true sign", "−5", "below zero"),
    ("in brackets", "(5)", "below zero"), ("a plus", "+5", "not a plain number"), ("words", "about 5", "not a plain"),
    ("a pound", "£5", "not a plain number"), ("a fraction", "1/2", "not a plain number"),
    ("a star", "75.4*", "not a plain number"), ("two points", "7.5.4", "not a plain number"),
    ("a leading point", ".5", "not a plain number"), ("a last point", "5.", "not a plain number"),
    ("five decimals", "75.12345", "more than four decimals"), ("too large", "10000000", "is larger than"),
    ("huge", "9" * 50_000, "not a plain number"), ("a formula", "=1+1", "not a plain number"),
    ("a blank inside", "1 234", "not a plain number"), ("an above one hundred", "100.1", "above 100"),
    ("an uncertain one", "?", "not a number"), ("a confidential one", "c", "stands for “not shown”, not a number"),
    ("a hidden one", "<5", "stands for “not shown”, not a number"), ("two dashes", "--", "not a number"),
]:  # fmt: skip
    add(f"value as {name}", csv_of(f"PI1,2019-03,,,{number},,"), wrong((2, "value", reason)))
add("value as a percent sign", csv_of("PI1,2019-03,,,12%,,"), right(("PI1", "2019-03", "", "", "12%")))
add("a percent sign at a count", csv_of("PI5,2019-03,,,12%,,"), wrong((2, "value", "has a percent sign")))
add("thousands", csv_of('PI5,2019-03,,,"1,234",,'), right(("PI5", "2019-03", "", "", "1,234")))
add("value as a share", csv_of("PI1,2019-03,,,0.12,,"), right(("PI1", "2019-03", "", "", "0.12")))
add("leading zeros", csv_of("PI1,2019-03,,,007,,"), right(("PI1", "2019-03", "", "", "007")))
add("idle zeros", csv_of("PI1,2019-03,,,75.40000000,,"), right(("PI1", "2019-03", "", "", "75.40000000")))
add(
    "very many idle zeros",
    lambda: csv_of(f"PI1,2019-03,,,75.4{'0' * 99_000},,").encode(),
    right(("PI1", "2019-03", "", "", "75.4")),
)
add("nought of nought", csv_of("PI1,2019-03,0,0,,,"), right(("PI1", "2019-03", "0", "0")))
add(
    "some of nought", csv_of("PI1,2019-03,5,0,,,"), wrong((2, "denominator", "is 0 but the numerator is not"))
)
add("more than all", csv_of("PI1,2019-03,21,20,,,"), wrong((2, "numerator", "more than 100%")))
add(
    "a numerator alone",
    csv_of("PI1,2019-03,13,,,,"),
    wrong((2, "denominator", "missing beside its numerator")),
)
add(
    "a denominator alone",
    csv_of("PI1,2019-03,,20,,,"),
    wrong((2, "numerator", "missing beside its denominator")),
)
add(
    "a value that is the quotient",
    csv_of("PI1,2019-03,13,20,65,,"),
    right(("PI1", "2019-03", "13", "20", "65")),
)
add(
    "a value that is not",
    csv_of("PI1,2019-03,13,20,66,,"),
    wrong((2, "value", "13 of 20 gives 65.0%, not 66%")),
)
add("a count in two", csv_of("PI5,2019-03,13,20,,,"), wrong((2, "value", "is a count")))
add("half a count", csv_of("PI5,2019-03,,,1.5,,"), wrong((2, "value", "counts are whole numbers")))
add("a rate with its count", csv_of("PI2,2019-03,520,,63.8,,"), right(("PI2", "2019-03", "520", "", "63.8")))
add("a rate beyond all", csv_of("PI2,2019-03,9999999,1,,,"), wrong((2, "numerator", "gives a value of")))
add(
    "both numbers wrong",
    csv_of("PI1,2019-03,12%,NA,,,"),
    wrong((2, "numerator", "percent sign"), (2, "denominator", "not a number")),
)
add(
    "no figure but words",
    csv_of("PI1,2019-03,,,,Two posts vacant,"),
    wrong((2, "value", "There is no figure")),
)

# Rows that are none

add("a note", csv_of(LINE, "Source: the case system,,,,,,"), wrong((3, "indicator", "holds only a note")))
add("a note beside", csv_of(LINE, ",,,,,Recounted in May,"), wrong((3, "commentary", "holds only a note")))

# Words

add(
    "the longest commentary",
    csv_of(f"PI1,2019-03,13,20,,{'x' * 5000},"),
    right(("PI1", "2019-03", "13", "20", "", "x" * 5000)),
)
add(
    "too long a commentary",
    csv_of(f"PI1,2019-03,13,20,,{'x' * 5001},"),
    wrong((2, "commentary", "5,001 characters")),
)
add(
    "a hundred thousand characters",
    lambda: csv_of(f"PI1,2019-03,13,20,,{'x' * 100_000},").encode(),
    wrong((2, "commentary", "100,000 characters")),
)
add("a bell", csv_of("PI1,2019-03,13,20,,ding\x07,"), wrong((2, "commentary", "control characters")))
add("an escape", csv_of("PI1,2019-03,13,20,,\x1b[31mred,"), wrong((2, "commentary", "control characters")))
add(
    "a neutralised formula",
    csv_of("PI1,2019-03,13,20,,'=1+1,"),
    right(("PI1", "2019-03", "13", "20", "", "=1+1")),
)
add(
    "a formula as words",
    csv_of('PI1,2019-03,13,20,,"=HYPERLINK(""http://x"")",'),
    right(("PI1", "2019-03", "13", "20", "", '=HYPERLINK("http://x")')),
)
add(
    "markup as words",
    csv_of("PI1,2019-03,13,20,,<script>alert(1)</script>,"),
    right(("PI1", "2019-03", "13", "20", "", "<script>alert(1)</script>")),
)
add(
    "a template's marks",
    csv_of("PI1,2019-03,13,20,,{{ 7*7 }} {% now %},"),
    right(("PI1", "2019-03", "13", "20", "", "{{ 7*7 }} {% now %}")),
)
add(
    "an unknown provenance",
    csv_of("PI1,2019-03,13,20,,,guessed"),
    wrong((2, "provenance", "“guessed” is not one of")),
)
add("returned", csv_of("PI1,2019-03,13,20,,,Returned"), ONE)
add(
    "illustrative",
    csv_of("PI1,2019-03,13,20,,,illustrative"),
    wrong((2, "provenance", "returned by the Trust")),
)
add(
    "wrong in every cell",
    csv_of("PI99,March,12%,NA,,\x07,guessed,more"),
    wrong(
        (2, "header", "stands beside the table"),
        (2, "indicator", "not an indicator"),
        (2, "month", "is not a month"),
        (2, "provenance", "not one of"),
        (2, "numerator", "percent sign"),
        (2, "denominator", "not a number"),
        (2, "commentary", "control characters"),
    ),
)
