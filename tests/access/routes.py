"""Every route of the program by its name, and an address of each that exists in the demonstration."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.test import RequestFactory
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLResolver

from improvement.models import Owner
from uploads.models import Upload

# What the addresses of the plan name besides the contract.
PLAN = {
    "overview": ["2019-22"],
    "exceptions": ["2019-22"],
    "timeline": ["2019-22"],
    "progress": ["2019-22"],
    "progress-csv": ["2019-22"],
    "priorities": ["2019-22"],
    "priority": ["2019-22", 1],
    "document": ["2019-22"],
    "milestones": ["2019-22"],
    "thread": ["2019-22"],
    "plan-spreadsheet": ["2019-22"],
    "plan-xlsx": ["2019-22"],
    "plan-csv": ["2019-22"],
    "recommendation": ["2019-22", "OR1"],
    "action": ["2019-22", "OR1", 1],
    "measures": ["2019-22"],
    "measure": ["2019-22", "C3", 1],
    "measure-value": ["2019-22", "C3", 1],
    "measure-terms": ["2019-22", "C3", 1],
    "measure-link": ["2019-22", "C3", 1],
}
STEPS = (
    "update", "add-evidence", "ask", "confirm", "send-back", "ask-anew", "propose-end", "agree-end", "decline-end",
    "agree-criteria", "comment",
)  # fmt: skip
PLAN |= dict.fromkeys(STEPS, PLAN["action"])
PLAN |= dict.fromkeys(("keep", "edit-plan", "add-owner", "add-priority"), PLAN["overview"])
PLAN |= {name: ["2019-22", 1] for name in ("edit-priority", "add-recommendation")}
PLAN |= dict.fromkeys(("edit-recommendation", "state", "add-action", "add-measure"), PLAN["recommendation"])
PLAN |= dict.fromkeys(("edit-action", "edit-measure"), PLAN["action"])
# And those of the budgets.
PLAN |= {"book": ["trust"], "line": ["trust", "external_foster_care"], "period": ["trust", 2018, 2]}
PLAN |= dict.fromkeys(("set-profile", "enter-basis"), PLAN["line"])
MONTHS = ("enter-period", "answer-lines", "close-period", "submit-drafts", "accept-lines")
PLAN |= dict.fromkeys(MONTHS, PLAN["period"])
PLAN |= {"versions": ["trust"], "propose-change": ["trust", 2018]}
PLAN |= {name: ["trust", 1] for name in ("change", "answer-change")}
PLAN |= dict.fromkeys(("month-csv", "month-xlsx"), PLAN["period"])
PLAN |= {"year-csv": ["trust", 2018], "year-xlsx": ["trust", 2018]}
PLAN |= dict.fromkeys(("months-spreadsheet", "book-csv", "book-xlsx"), PLAN["book"])
ADMIN = "admin:"
# The admin's routes that belong to no model.
ADMIN_OWN = ("index", "login", "logout", "password_change", "password_change_done")


def names() -> list[str]:
    """The full name of every route, "kpis:dashboard"; "?" stands for one without a name."""
    return list(dict.fromkeys(_walk(get_resolver(), "")))


def _walk(resolver: URLResolver, space: str) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern, space + (f"{pattern.namespace}:" if pattern.namespace else ""))
        else:
            yield f"{space}{pattern.name or '?'}"


def address(name: str) -> str:
    """An address of the route within the contract "sandwell" of the demonstration."""
    if name.partition(":")[2] in PLAN:
        return reverse(name, args=["sandwell", *PLAN[name.partition(":")[2]]])
    for arguments in ([], ["sandwell"], ["sandwell", "PI2"], ["sandwell", "2019-03"]):
        try:
            return reverse(name, args=arguments)
        except Exception:  # noqa: BLE001 - the next ones may fit
            continue
    if name == "improvement:edit-owner":
        return reverse(name, args=["sandwell", "2019-22", Owner.objects.latest("pk").pk])
    if name.startswith("uploads:upload"):
        return reverse(name, args=["sandwell", Upload.objects.latest("pk").pk])
    raise LookupError(f"Tell tests.access.routes which arguments {name} takes.")


def admin_addresses(administrator: Any) -> dict[str, str]:
    """Every model page of the admin by its route's name, for the first row of each model that they may see."""
    found: dict[str, str] = {}
    request = RequestFactory().get("/admin/")
    request.user = administrator
    for pages in admin.site._registry.values():
        row: Any = pages.get_queryset(request).order_by("-pk").first()
        for url in pages.get_urls():
            if not url.name:
                continue
            route = f"{ADMIN}{url.name}"
            takes = list(url.pattern.converters)
            if not takes:
                found[route] = reverse(route)
            elif row is not None:
                found[route] = reverse(route, args=[row.pk])
    return found
