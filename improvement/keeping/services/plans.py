"""Makes a plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from core.values.months import Month
from improvement.keeping.refusals import PlanRefused
from improvement.keeping.services.writing import checked, in_trail
from improvement.models import Plan
from improvement.plans.names import RESERVED
from parties.models import Contract
from parties.participants import COMMISSIONER, PROVIDER, Participant

CODE_LENGTH = 50


@dataclass(frozen=True)
class PlanWords:
    """What a plan is. ``cadence_every`` and ``cadence_unit`` (week, month) say how often it is reviewed, if at all."""

    kind: str
    name: str
    first: Month
    last: Month
    code: str = ""
    cadence_every: int | None = None
    cadence_unit: str = ""
    owner: str = ""
    document: str = ""
    place: str = ""


@transaction.atomic
def make_plan(*, by: Participant, words: PlanWords) -> Plan:
    """An empty plan that the person's party keeps; its code comes from its name if need be. Else PlanRefused.

    The same words twice make one: a button that was pressed twice.
    """
    if not by.may("plan.keep") or by.party not in (COMMISSIONER, PROVIDER):
        raise PlanRefused("Your role doesn’t make plans. Nothing was made.")
    if words.code and not words.code.strip("-_"):
        raise PlanRefused("A short name has a letter or a digit.", "code")
    contract = Contract.objects.select_for_update(of=("self",), no_key=True).get(pk=by.contract.pk)
    fields = _fields(by, words)
    if made := _made_already(contract, words.code, fields):
        return made
    taken = {RESERVED, *Plan.objects.filter(contract=contract).values_list("code", flat=True)}
    if words.code in taken:
        raise PlanRefused(f"“{words.code}” is taken already. Choose another code.", "code")
    plan = Plan(
        contract=contract,
        code=words.code or free_code(words.name, taken),
        **fields,
        about={"origins": [], "reviewed": None},
    )
    checked(plan)
    plan.save(force_insert=True)
    in_trail(
        by, "made", plan, f"{plan.name} was begun.", {"plan": plan.code, "kind": plan.get_kind_display()}
    )
    return plan


def _fields(by: Participant, words: PlanWords) -> dict[str, Any]:
    """The words as the plan keeps them."""
    return {
        "kind": words.kind,
        "name": words.name,
        "starts_on": words.first.first_day,
        "ends_on": words.last.first_day,
        "cadence_every": words.cadence_every,
        "cadence_unit": words.cadence_unit,
        "owner": words.owner,
        "kept_by": by.party,
        "document": words.document,
        "place": words.place,
    }


def _made_already(contract: Contract, code: str, fields: Mapping[str, Any]) -> Plan | None:
    """The plan that these very words made; PlanRefused where one of this kind, name and months reads otherwise."""
    known = {name: fields[name] for name in ("kind", "name", "starts_on", "ends_on")}
    found = Plan.objects.filter(contract=contract, **known).first()
    if found is None:
        return None
    if code not in ("", found.code) or any(getattr(found, name) != value for name, value in fields.items()):
        raise PlanRefused(
            "There is a plan of this name and these months already. Choose another name.", "name"
        )
    return found


def free_code(name: str, taken: set[str]) -> str:
    """The name as part of an address, with a number where that is taken: "childcare-sufficiency-2"."""
    code = slugify(name)[:CODE_LENGTH].strip("-_") or "plan"
    number = 1
    found = code
    while found in taken:
        number += 1
        ending = f"-{number}"
        found = f"{code[: CODE_LENGTH - len(ending)]}{ending}"
    return found
