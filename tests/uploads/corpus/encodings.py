"""Text in every encoding, with marks, directions and digits of other scripts."""

from __future__ import annotations

from tests.uploads.corpus.verdicts import ONE, Asks, Refused, add, csv_of, right, wrong

PLAIN = csv_of('PI1,2019-03,13,20,,"Children’s – “naïve” café",')
SAID = right(("PI1", "2019-03", "13", "20", "", "Children’s – “naïve” café"))
add("utf-8", PLAIN, SAID)
add("utf-8 with a mark", PLAIN.encode("utf-8-sig"), SAID)
add("utf-16", PLAIN.encode("utf-16"), SAID)
add("utf-16 big endian", b"\xfe\xff" + PLAIN.encode("utf-16-be"), SAID)
add("utf-16 without a mark", PLAIN.encode("utf-16-le"), SAID)
add("utf-32", PLAIN.encode("utf-32"), Refused("not a text file"))
add("cp1252", PLAIN.encode("cp1252"), SAID)
add("latin-1 beyond cp1252", csv_of("PI1,2019-03,13,20,,\x81,").encode("latin-1"), Asks("encoding"))
add("half of utf-16", b"\xff\xfe" + PLAIN.encode("utf-16-le")[:-1], Refused("text of the file is damaged"))
add("a lone surrogate in utf-16", b"\xff\xfe" + b"i\x00\x00\xd8n\x00", Refused("text of the file is damaged"))
add(
    "two marks",
    b"\xef\xbb\xbf" + PLAIN.encode("utf-8-sig"),
    SAID,
)
add("an older program's pound", csv_of("PI1,2019-03,13,20,,£5 spent,").encode("cp850"), Asks("encoding"))
add("a Mac's quotes", csv_of("PI1,2019-03,13,20,,children’s,").encode("mac_roman"), Asks("encoding"))
add(
    "two encodings in one file",
    csv_of("PI1,2019-03,13,20,,children’s,").encode() + "PI3,2019-03,13,20,,children’s,\n".encode("cp1252"),
    Asks("encoding"),
)
add(
    "Windows money and fractions",
    csv_of("PI1,2019-03,13,20,,£5½ – Zoë’s naïve plan…,").encode("cp1252"),
    right(("PI1", "2019-03", "13", "20", "", "£5½ – Zoë’s naïve plan…")),
)
add("NUL", csv_of("PI1,2019-03,1\x003,20,,,"), Refused("not a text file"))
add(
    "emoji",
    csv_of("PI1,2019-03,13,20,,Good 👍🏽 month,"),
    right(("PI1", "2019-03", "13", "20", "", "Good 👍🏽 month")),
)
add("emoji as a code", csv_of("👍,2019-03,13,20,,,"), wrong((2, "indicator", "“👍” is not an indicator")))
add(
    "right to left",
    csv_of("PI1,2019-03,13,20,,good \u202eabc\u202c שלום,"),
    right(("PI1", "2019-03", "13", "20", "", "good \u202eabc\u202c שלום")),
)
add(
    "a mark of direction in a code",
    csv_of("\u200ePI1,2019-03,13,20,,,"),
    ONE,
)
add("a mark of direction in a number", csv_of("PI1,2019-03,\u200e13,20,,,"), ONE)
add(
    "combining accents",
    csv_of("PI1,2019-03,13,20,,café e\u0301\u0301\u0301,"),
    right(("PI1", "2019-03", "13", "20", "", "café e\u0301\u0301\u0301")),
)
add("other digits", csv_of("PI1,2019-03,١٣,20,,,"), wrong((2, "numerator", "not a plain number")))
add("other digits in the month", csv_of("PI1,٢٠١٩-03,13,20,,,"), wrong((2, "month", "not a month")))
add("wide digits", csv_of("PI1,2019-03,１３,20,,,"), wrong((2, "numerator", "not a plain number")))
add("hard blanks", csv_of("PI1\u00a0,2019-03,\u00a013,20,,,"), ONE)
