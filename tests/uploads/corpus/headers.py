"""Headers, right, odd and missing."""

from __future__ import annotations

from tests.uploads.corpus.verdicts import HEAD, LINE, ONE, add, csv_of, wrong

add("a header in capitals", csv_of(LINE, head=HEAD.upper()), ONE)
add("a header with blanks", csv_of(LINE, head=HEAD.replace(",", " , ")), ONE)
add("no header", LINE + "\n", ONE)
add("no header, template's order", "PI1,Name,2019-03,Percent,1 of 2,13,20\n", ONE)
add(
    "no header, another order",
    "2019-03,PI1,13,20\n",
    wrong((1, "header", "No row names the columns")),
)
add(
    "columns in another order", csv_of("20,13,2019-03,PI1", head="denominator,numerator,month,indicator"), ONE
)
add(
    "helpers beside",
    csv_of(
        "PI1,x,2019-03,y,z,13,20,a,b,c",
        head=(
            "indicator,name,month,unit,last_month,numerator,denominator,numerator_is,denominator_is,how_to_fill"
        ),
    ),
    ONE,
)
add(
    "an unknown column",
    csv_of("PI1,2019-03,13,20,1", head="indicator,month,numerator,denominator,target"),
    wrong((1, "target", "Unknown column")),
)
add(
    "a column twice",
    csv_of("PI1,2019-03,13,20,1", head="indicator,month,numerator,denominator,numerator"),
    wrong((1, "numerator", "stands twice")),
)
add(
    "a column without a name",
    csv_of("PI1,2019-03,,13,20", head="indicator,month,,numerator,denominator"),
    ONE,
)
add(
    "a cell under no name",
    csv_of("PI1,2019-03,seen,13,20", head="indicator,month,,numerator,denominator"),
    wrong((2, "header", "C2 (“seen”) stands beside the table")),
)
add(
    "months as columns",
    csv_of("PI1,75,76", head="indicator,Apr-19,May-19"),
    wrong((1, "header", "Months stand as columns here (apr-19, may-19)")),
)
add(
    "no month column",
    csv_of("PI1,13,20", head="indicator,numerator,denominator"),
    wrong((1, "month", "missing")),
)
add("no numbers", csv_of("PI1,2019-03", head="indicator,month"), wrong((1, "value", "Give a value column")))
add(
    "half the numbers",
    csv_of("PI1,2019-03,13", head="indicator,month,numerator"),
    wrong((1, "value", "Give a value column")),
)
add(
    "a title above",
    "Figures of March\n" + csv_of(LINE),
    ONE,
)
add(
    "a header of another language",
    csv_of("PI1,2019-03,75", head="Indikator,Monat,Wert"),
    wrong((1, "header", "No row names the columns")),
)
add(
    "markup as a header",
    "<script>alert(1)</script>,month,value\n",
    wrong((1, "<script>alert(1)</script>", "Unknown column"), (1, "indicator", "missing")),
)
