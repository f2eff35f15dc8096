"""Lines, delimiters, quotes; and files with nothing in them."""

from __future__ import annotations

from tests.spreadsheets import workbook
from tests.uploads.corpus.verdicts import HEAD, LINE, ONE, Refused, add, csv_of, right, wrong

# Lines, delimiters, quotes

add("semicolons", csv_of(LINE).replace(",", ";"), ONE)
add("tabs", csv_of(LINE).replace(",", "\t"), ONE, "tsv")
add(
    "pipes",
    csv_of(LINE).replace(",", "|"),
    ONE,
)
add("Windows lines", csv_of(LINE).replace("\n", "\r\n"), ONE)
add("old Mac lines", csv_of(LINE).replace("\n", "\r"), ONE)
add("no last line end", csv_of(LINE).rstrip(), ONE)
add("blank lines between", csv_of("", LINE, "", "").replace("\n", "\r\n"), ONE)
add("lines of commas", csv_of(",,,,,,", LINE, ",,,,,,"), ONE)
add(
    "a blank line first",
    "\n" + csv_of(LINE),
    ONE,
)
add(
    "a sep line",
    "sep=;\n" + csv_of(LINE).replace(",", ";"),
    ONE,
)
add("quoted cells", '"indicator","month","numerator","denominator"\n"PI1","2019-03","13","20"\n', ONE)
add(
    "a line break in a cell",
    csv_of('PI1,2019-03,13,20,,"one\ntwo",'),
    right(("PI1", "2019-03", "13", "20", "", "one\ntwo")),
)
add(
    "doubled quotes",
    csv_of('PI1,2019-03,13,20,,"said ""no""",'),
    right(("PI1", "2019-03", "13", "20", "", 'said "no"')),
)
add("an open quote", csv_of('PI1,2019-03,13,20,,"never closed'), Refused("quotation marks don’t match"))
add("a quote in the middle", csv_of('PI1,2019-03,13,20,,"a"b,'), Refused("quotation marks don’t match"))
add(
    "a quote that swallows a row",
    csv_of('PI1,2019-03,13,20,,"sick', 'PI3,2019-03,13,20,,,"'),
    wrong((2, "commentary", "what looks like another row")),
)
add(
    "a comma too many",
    csv_of("PI1,2019-03,13,20,,Two posts, one sick, one away"),
    wrong(
        (2, "header", "H2 (“one away”) stands beside the table"),
        (2, "provenance", "“one sick” is not one of"),
    ),
)
add("a decimal comma", csv_of('PI1,2019-03,,,"75,4",,'), wrong((2, "value", "has a comma")))
add(
    "a decimal comma between semicolons",
    csv_of("PI1;2019-03;;;75,4;;", head=HEAD.replace(",", ";")),
    wrong((2, "value", "has a comma")),
)
add("short lines", csv_of("PI1,2019-03,13,20"), ONE)
add("too short a line", csv_of("PI1,2019-03"), right(left_out=1))
add(
    "an endless field",
    lambda: csv_of('PI1,2019-03,13,20,,"' + "x" * 200_000).encode(),
    Refused("a cell of more than 131,072 characters"),
)
add("a million commas", lambda: csv_of("x" + "," * 1_000_000).encode(), Refused("more than 200 cells"))
add(
    "a hundred thousand columns",
    lambda: ",".join(f"c{n}" for n in range(100_000)).encode(),
    Refused("200 cells"),
)
add("a million quotes", lambda: b'"' * 1_000_000, Refused("a cell of more than 131,072 characters"))
add("many line ends", lambda: b"\n" * 200_000, Refused("The file is empty"))
add("many line ends with a dot", lambda: b"." + b"\n" * 200_000, wrong((1, "header", "No row names")))

# Nothing in it

add("nothing", b"", Refused("The file is empty"))
add("blanks", b" \r\n\t ", Refused("The file is empty"))
add(
    "only a mark",
    b"\xef\xbb\xbf",
    Refused("The file is empty"),
)
add("only a header", HEAD, wrong((2, "indicator", "There are no figures")))
add("only blank rows", csv_of(",,,,,,", ""), wrong((2, "indicator", "There are no figures")))
add(
    "an empty workbook",
    lambda: workbook([], header=[]),
    Refused("has nothing in any sheet"),
    "xlsx",
)
add("a workbook with a header", lambda: workbook([]), wrong((2, "indicator", "There are no figures")), "xlsx")
