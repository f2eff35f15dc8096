"""What every HTML answer of the program keeps to, whichever test asked for it."""

from __future__ import annotations

from collections import Counter

from lxml.html import HtmlElement, document_fromstring

NEEDS_NO_LABEL = ("hidden", "submit", "button", "image", "reset")


def faults(html: str) -> list[str]:
    """Every rule that the page breaks, one line each."""
    page = document_fromstring(html)
    return [*_frame(page), *_ids(page), *_fields(page), *_inline(page)]


def _frame(page: HtmlElement) -> list[str]:
    found = []
    headings = page.findall(".//h1")
    if len(headings) != 1:
        found.append(f"{len(headings)} h1 elements")
    title = page.findtext(".//title") or ""
    if len(headings) == 1:
        heading = headings[0].text_content().split()
        if not heading or heading[0].lower() not in title.lower():
            found.append(f"the title {title!r} does not come from the h1 {' '.join(heading)!r}")
    if not page.get("lang"):
        found.append("no language")
    return found


def _ids(page: HtmlElement) -> list[str]:
    counts = Counter(page.xpath("//@id"))
    found = [f"id {one!r} stands {count} times" for one, count in counts.items() if count > 1]
    for name in ("aria-labelledby", "aria-describedby", "aria-controls"):
        found += [
            f"{name} names the missing id {one!r}"
            for words in page.xpath(f"//@{name}")
            for one in words.split()
            if one not in counts
        ]
    return found


def _fields(page: HtmlElement) -> list[str]:
    labels = set(page.xpath("//label/@for"))
    found = []
    for field in page.xpath("//input | //select | //textarea"):
        if field.get("type") in NEEDS_NO_LABEL or field.get("aria-label") or field.get("aria-labelledby"):
            continue
        if field.get("id") not in labels and not field.xpath("ancestor::label"):
            found.append(f"no label for the field {field.get('name')!r}")
    return found


def _inline(page: HtmlElement) -> list[str]:
    found = [f"inline style on <{element.tag}>" for element in page.xpath("//*[@style]")]
    found += ["an inline <style>" for _ in page.xpath("//style")]
    for script in page.xpath("//script"):
        if not script.get("src") and script.get("type") != "application/json":
            found.append("an inline <script>")
    found += [
        f"{attribute.attrname} on <{attribute.getparent().tag}>"
        for attribute in page.xpath("//@*[starts-with(name(), 'on')]")
    ]
    return found
