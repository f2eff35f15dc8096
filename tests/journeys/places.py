"""Every page in every state that the journeys look at: who, where, and with which answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

CONTRACT = "/contracts/sandwell/"
# The council keeps this plan; the Trust keeps the others.
CHILDCARE = f"{CONTRACT}plans/childcare-2019-20/"


@dataclass(frozen=True)
class Place:
    name: str
    path: str
    status: int = 200


PARTY_PLACES = (
    Place("dashboard", f"{CONTRACT}?month=2019-03"),
    Place("dashboard latest", f"{CONTRACT}?month=2020-03"),
    Place("dashboard early", f"{CONTRACT}?month=2019-07"),
    Place("dashboard first month", f"{CONTRACT}?month=2018-04"),
    Place("dashboard filtered", f"{CONTRACT}?month=2019-03&status=off_target&sort=run"),
    Place("dashboard empty filter", f"{CONTRACT}?month=2019-03&status=failure&theme=workforce"),
    Place("dashboard unknown filter", f"{CONTRACT}?month=2019-03&status=purple"),
    Place("dashboard outside", f"{CONTRACT}?month=2031-01", 404),
    Place("heat map", f"{CONTRACT}heat-map/?month=2020-03"),
    Place("heat map in contract years", f"{CONTRACT}heat-map/?month=2019-07"),
    *(
        Place(f"indicator {code}", f"{CONTRACT}indicators/{code}/?month=2019-03")
        for code in ("PI2", "PI5", "PI9", "PI14", "PI15", "SM3")
    ),
    Place("indicator unknown", f"{CONTRACT}indicators/PI99/", 404),
    Place("review", f"{CONTRACT}review/"),
    Place("review of a settled month", f"{CONTRACT}review/?month=2020-01"),
    Place("review outside", f"{CONTRACT}review/?month=2031-01", 404),
    Place("figure review", f"{CONTRACT}review/PI9/?month=2020-03"),
    Place("figure review of what was corrected", f"{CONTRACT}review/PI4/?month=2020-01"),
    Place("figure review of no figure", f"{CONTRACT}review/PI12/?month=2020-03", 404),
    Place("calendar", f"{CONTRACT}calendar/"),
    Place("how we measure", f"{CONTRACT}how-we-measure/"),
    Place("notices", f"{CONTRACT}notices/"),
    Place("published checks", f"{CONTRACT}published-checks/"),
    Place("audit trail", f"{CONTRACT}trail/"),
    Place("audit trail filtered", f"{CONTRACT}trail/?what=defined&who=load&first=2019-05-14"),
    Place("audit trail, none found", f"{CONTRACT}trail/?words=nothing-of-this-kind"),
    Place("audit trail with a wrong day", f"{CONTRACT}trail/?first=yesterday"),
    Place("dashboard as known", f"{CONTRACT}?month=2019-03&known=2019-05-14"),
    Place("dashboard corrected", f"{CONTRACT}?month=2020-01"),
    Place("heat map as known", f"{CONTRACT}heat-map/?month=2020-01&known=2020-02-20"),
    Place("indicator as known", f"{CONTRACT}indicators/PI4/?month=2020-01&known=2020-02-20"),
    Place("indicator corrected", f"{CONTRACT}indicators/PI4/?month=2020-01"),
    Place("dashboard as known too early", f"{CONTRACT}?known=2018-04-14", 404),
    Place("money", f"{CONTRACT}money/"),
    Place("book", f"{CONTRACT}money/books/trust/"),
    Place("book of four years", f"{CONTRACT}money/books/directorate/"),
    Place("book unknown", f"{CONTRACT}money/books/nothing/", 404),
    Place("line of a book", f"{CONTRACT}money/books/trust/lines/external_foster_care/"),
    Place("line of a printed year", f"{CONTRACT}money/books/trust/lines/leaving_care_rents/?year=2018"),
    Place("line without months", f"{CONTRACT}money/books/directorate/lines/DEE.employees/"),
    Place("line as known on a day", f"{CONTRACT}money/books/trust/lines/secure_units/?known=2020-01-01"),
    Place("line on no such day", f"{CONTRACT}money/books/trust/lines/secure_units/?known=2100-01-01", 404),
    Place("line unknown", f"{CONTRACT}money/books/trust/lines/nothing/", 404),
    Place("month of a book", f"{CONTRACT}money/books/trust/2018/2/"),
    Place("month of the council's book", f"{CONTRACT}money/books/directorate/2018/2/"),
    Place("month of a book to accept", f"{CONTRACT}money/books/trust/2018/2/accept/"),
    Place("period unknown", f"{CONTRACT}money/books/trust/2018/16/", 404),
    Place("versions of a budget", f"{CONTRACT}money/books/trust/versions/"),
    Place("change of a budget proposed", f"{CONTRACT}money/books/trust/versions/propose/2019/"),
    Place("change of a closed year's budget", f"{CONTRACT}money/books/trust/versions/propose/2018/"),
    Place("change unknown", f"{CONTRACT}money/books/trust/versions/7/", 404),
    Place("reconciliation", f"{CONTRACT}money/reconciliation/"),
    Place("bridge", f"{CONTRACT}money/bridge/"),
    Place("forecasts", f"{CONTRACT}money/forecasts/"),
    Place("forecasts of a printed year", f"{CONTRACT}money/forecasts/?book=trust&year=2018"),
    Place("forecasts of a book without months", f"{CONTRACT}money/forecasts/?book=directorate"),
    Place("forecasts of no book", f"{CONTRACT}money/forecasts/?book=nothing", 404),
    Place("book in a printed year", f"{CONTRACT}money/books/trust/?year=2018"),
    Place("scenario", f"{CONTRACT}money/scenario/"),
    Place("scenario wrong", f"{CONTRACT}money/scenario/?line=secure_units&children=many"),
    Place("demand", f"{CONTRACT}money/demand/"),
    Place("savings", f"{CONTRACT}money/savings/"),
    Place("plan", f"{CONTRACT}plans/2019-22/"),
    Place("plan as printed", f"{CONTRACT}plans/2019-22/?as-at=2019-09-23"),
    Place("plan as at no day", f"{CONTRACT}plans/2019-22/?as-at=yesterday", 404),
    Place("plan without an overview", f"{CONTRACT}plans/2021-24/"),
    Place("plan unknown", f"{CONTRACT}plans/nothing/", 404),
    Place("timeline", f"{CONTRACT}plans/2019-22/timeline/"),
    Place("timeline without months", f"{CONTRACT}plans/2021-24/timeline/"),
    Place("progress", f"{CONTRACT}plans/2019-22/progress/"),
    Place("progress of which nothing is said", f"{CONTRACT}plans/2021-24/progress/"),
    Place("exceptions", f"{CONTRACT}plans/2019-22/exceptions/"),
    Place("priorities", f"{CONTRACT}plans/2019-22/priorities/"),
    Place("priorities under headings", f"{CONTRACT}plans/2021-24/priorities/"),
    Place("priority", f"{CONTRACT}plans/2019-22/priorities/4/"),
    Place("priority without actions", f"{CONTRACT}plans/childcare-2019-20/priorities/1/"),
    Place("document", f"{CONTRACT}plans/2019-22/document/"),
    Place("document with enablers", f"{CONTRACT}plans/2021-24/document/"),
    Place("document with earlier recommendations", f"{CONTRACT}plans/childcare-2019-20/document/"),
    Place("milestones", f"{CONTRACT}plans/2019-22/milestones/"),
    Place("golden thread", f"{CONTRACT}plans/2019-22/thread/"),
    Place("no golden thread", f"{CONTRACT}plans/2018/thread/", 404),
    Place("measures", f"{CONTRACT}plans/2019-22/measures/"),
    Place("measures with neither", f"{CONTRACT}plans/2019-22/measures/?show=none"),
    Place("measure", f"{CONTRACT}plans/2019-22/measures/C3/1/"),
    Place("measure of a plan", f"{CONTRACT}plans/2021-24/measures/1/"),
    Place("recommendation", f"{CONTRACT}plans/2019-22/recommendations/C3/"),
    Place("recommendation as printed", f"{CONTRACT}plans/2019-22/recommendations/S9/?as-at=2019-09-23"),
    Place("action", f"{CONTRACT}plans/2019-22/actions/C3/1/"),
    Place("my actions", f"{CONTRACT}actions/"),
    Place("new plan", f"{CONTRACT}plans/new/"),
    Place("plan that is kept", f"{CHILDCARE}keep/"),
    Place("plan that the other party keeps", f"{CONTRACT}plans/2019-22/keep/", 403),
    Place("plan edited", f"{CHILDCARE}edit/"),
    Place("priority edited", f"{CHILDCARE}priorities/1/edit/"),
    Place("recommendation added", f"{CHILDCARE}priorities/1/add-recommendation/"),
    Place("action added", f"{CHILDCARE}recommendations/CS1/add-action/"),
    Place("owner added", f"{CHILDCARE}owners/add/"),
    Place("status stated", f"{CHILDCARE}recommendations/CS1/state/"),
    Place("reports refused", f"{CONTRACT}reports/", 403),
    Place("account", "/account/"),
    Place("another contract", "/contracts/nowhere/", 404),
)
# The same templates as the client officer's; one state of each, since only the role's word differs.
TRUST_NAMES = {
    "dashboard",
    "heat map",
    "indicator PI9",
    "review",
    "figure review",
    "month of a book",
    "action",
    "my actions",
    "calendar",
    "notices",
    "published checks",
    "reports refused",
    "audit trail",
    "account",
}
RETURN_PLACES = (
    Place("returns", f"{CONTRACT}returns/"),
    Place("return all but one submitted", f"{CONTRACT}returns/2020-03/"),
    Place("return all but one accepted", f"{CONTRACT}returns/2019-10/"),
    Place("return from a spreadsheet", f"{CONTRACT}returns/2020-03/spreadsheet/"),
    Place("return outside", f"{CONTRACT}returns/2031-01/", 404),
    Place("plan from a spreadsheet", f"{CONTRACT}plans/2019-22/spreadsheet/"),
    Place("drafts of a month", f"{CONTRACT}money/books/trust/2018/2/submit/"),
    Place("months from a spreadsheet", f"{CONTRACT}money/books/trust/spreadsheet/"),
)
KEEPING_PLACES = (
    Place("large plan that is kept", f"{CONTRACT}plans/2019-22/keep/"),
    Place("action edited", f"{CONTRACT}plans/2019-22/actions/C3/1/edit/"),
    Place("measure edited", f"{CONTRACT}plans/2019-22/recommendations/OR1/measures/1/edit/"),
    Place("status stated beside actions", f"{CONTRACT}plans/2019-22/recommendations/S9/state/"),
)
TRUST_PLACES = (
    tuple(place for place in PARTY_PLACES if place.name in TRUST_NAMES) + RETURN_PLACES + KEEPING_PLACES
)
# Those who look after the money see the pages of both parties; what differs is what they do on a month's.
MONEY_PLACES = tuple(
    place for place in PARTY_PLACES if place.name in {"dashboard", "month of a book", "notices", "account"}
)
SCRUTINY_PLACES = (
    Place("reports", f"{CONTRACT}reports/"),
    Place("how we measure", f"{CONTRACT}how-we-measure/"),
    Place("dashboard refused", CONTRACT, 403),
    Place("calendar refused", f"{CONTRACT}calendar/", 403),
    Place("indicator refused", f"{CONTRACT}indicators/PI2/", 403),
    Place("administration refused", "/admin/", 403),
    Place("account", "/account/"),
    Place("no such page", "/no-such-page/", 404),
)
ADMINISTRATOR_PLACES = (
    Place("how we measure", f"{CONTRACT}how-we-measure/"),
    Place("dashboard refused", CONTRACT, 403),
    Place("account", "/account/"),
    Place("no such page", "/no-such-page/", 404),
)
DEPUTY_PLACES = (
    Place("account", "/account/"),
    Place("password change", "/account/password/"),
)
PUBLIC_PLACES = (
    Place("sign-in", "/sign-in/"),
    Place("sign-in after the session ended", "/sign-in/?ended=idle&next=/contracts/sandwell/"),
    Place("signed out", "/sign-in/?ended=signed-out"),
    Place("no such page", "/no-such-page/", 404),
)
BY_PERSON = {
    "client-officer": PARTY_PLACES,
    "trust-manager": TRUST_PLACES,
    "finance-lead": MONEY_PLACES,
    "council-finance": MONEY_PLACES,
    "scrutiny-member": SCRUTINY_PLACES,
    "administrator": ADMINISTRATOR_PLACES,
    "deputy-administrator": DEPUTY_PLACES,
    "": PUBLIC_PLACES,
}
ADMINISTRATION = (
    Place("index", "/admin/"),
    Place("people", "/admin/parties/user/"),
    Place("people found", "/admin/parties/user/?q=client"),
    Place("people, none found", "/admin/parties/user/?q=nobody-of-this-name"),
    Place("new person", "/admin/parties/user/add/"),
    Place("one person", "/admin/parties/user/1/change/"),
    Place("contracts", "/admin/parties/contract/"),
    Place("one contract", "/admin/parties/contract/1/change/"),
    Place("meetings", "/admin/calendars/meeting/"),
    Place("new meeting", "/admin/calendars/meeting/add/"),
    Place("one meeting", "/admin/calendars/meeting/1/change/"),
    Place("cancel a meeting", "/admin/calendars/meeting/1/delete/"),
    Place("limits of the money", "/admin/budgets/variancelimits/"),
    Place("new limits of the money", "/admin/budgets/variancelimits/add/"),
    Place("audit entries", "/admin/audit/auditevent/"),
    Place("one audit entry", "/admin/audit/auditevent/2/change/"),
)


def everywhere() -> Iterator[tuple[str, Place]]:
    for person, places in BY_PERSON.items():
        for place in places:
            yield person, place
