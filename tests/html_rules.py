"""What every HTML answer of the program keeps to, whichever test asked for it."""

from __future__ import annotations

from collections import Counter

from bs4 import BeautifulSoup, Tag

LABELLED = ("input", "select", "textarea")
NEEDS_NO_LABEL = ("hidden", "submit", "button", "image", "reset")


def faults(html: str) -> list[str]:
    """Every rule that the page breaks, one line each."""
    page = BeautifulSoup(html, "html.parser")
    return [*_frame(page), *_ids(page), *_fields(page), *_inline(page)]


def _frame(page: BeautifulSoup) -> list[str]:
    found = []
    headings = page.find_all("h1")
    if len(headings) != 1:
        found.append(f"{len(headings)} h1 elements")
    title = page.title.get_text(strip=True) if page.title else ""
    if len(headings) == 1:
        heading = " ".join(headings[0].get_text(" ", strip=True).split())
        if not heading or heading.split()[0].lower() not in title.lower():
            found.append(f"the title {title!r} does not come from the h1 {heading!r}")
    html = page.find("html")
    if not isinstance(html, Tag) or not html.get("lang"):
        found.append("no language")
    return found


def _ids(page: BeautifulSoup) -> list[str]:
    counts = Counter(str(element["id"]) for element in page.find_all(id=True))
    found = [f"id {one!r} stands {count} times" for one, count in counts.items() if count > 1]
    for name in ("aria-labelledby", "aria-describedby", "aria-controls"):
        for element in page.find_all(attrs={name: True}):
            found += [
                f"{name} names the missing id {one!r}"
                for one in str(element[name]).split()
                if one not in counts
            ]
    return found


def _fields(page: BeautifulSoup) -> list[str]:
    labels = {str(label["for"]) for label in page.find_all("label") if label.get("for")}
    found = []
    for field in page.find_all(LABELLED):
        if field.get("type") in NEEDS_NO_LABEL or field.get("aria-label") or field.get("aria-labelledby"):
            continue
        if field.get("id") not in labels and field.find_parent("label") is None:
            found.append(f"no label for the field {field.get('name')!r}")
    return found


def _inline(page: BeautifulSoup) -> list[str]:
    found = [f"inline style on <{element.name}>" for element in page.find_all(style=True)]
    found += ["an inline <style>" for _ in page.find_all("style")]
    for script in page.find_all("script"):
        if not script.get("src") and script.get("type") != "application/json":
            found.append("an inline <script>")
    for element in page.find_all(True):
        found += [f"{name} on <{element.name}>" for name in element.attrs if name.startswith("on")]
    return found
