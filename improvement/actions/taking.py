"""From a step's form to its service."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from improvement.actions import settling
from improvement.actions.evidencing import Found, add_evidence, agree_criteria
from improvement.actions.turns import Turn
from improvement.actions.updating import Move, Report, update_action
from improvement.evidence.movement import movement
from improvement.models import Action, Evidence
from improvement.rules.status import NOT_ON_TRACK, Status
from improvement.rules.steps import Step
from kpis.definitions.selectors import all_definitions

DONE = {
    Step.UPDATE: "the update is saved.",
    Step.ADD_EVIDENCE: "the evidence is kept.",
    Step.ASK: "the other party is asked to confirm it.",
    Step.CONFIRM: "Phase 2 is confirmed.",
    Step.SEND_BACK: "it was sent back.",
    Step.ASK_ANEW: "its confirmation is taken back.",
    Step.PROPOSE_END: "its end is proposed.",
    Step.AGREE_END: "it has ended.",
    Step.DECLINE_END: "it goes on.",
    Step.AGREE_CRITERIA: "what will show its impact is agreed.",
    Step.COMMENT: "your comment is kept.",
}
Given = Mapping[str, Any]


def take(turn: Turn, step: Step, given: Given) -> None:
    """Takes the step with what its form holds. StepRefused where the service refuses it."""
    if step == Step.UPDATE:
        _update(turn, given)
    elif step == Step.ADD_EVIDENCE:
        add_evidence(turn, found=_found(turn, given))
    elif step == Step.AGREE_CRITERIA:
        agree_criteria(turn, words=given["words"], agreed_by=given["agreed_by"])
    elif step == Step.PROPOSE_END:
        other = Action.objects.visible_to(turn.by).filter(pk=given["superseded_by"] or 0).first()
        settling.propose_end(turn, words=given["words"], superseded_by=other)
    else:
        WITH_WORDS[step](turn, words=given["words"])


WITH_WORDS: dict[Step, Callable[..., Action]] = {
    Step.ASK: settling.ask_confirmation,
    Step.CONFIRM: settling.confirm,
    Step.SEND_BACK: settling.send_back,
    Step.ASK_ANEW: settling.ask_anew,
    Step.AGREE_END: settling.agree_end,
    Step.DECLINE_END: settling.decline_end,
    Step.COMMENT: settling.comment,
}


def _update(turn: Turn, given: Given) -> None:
    move = (
        Move(given["target"], given.get("moved_because", ""), given["agreed_by"]) if given["target"] else None
    )
    update_action(turn, reports=_reports(turn.action, given), move=move)


def _reports(action: Action, given: Given) -> list[Report]:
    """What is said anew of a phase: another status, or another risk.

    Words without such news speak of the first phase that isn't finished: what was done stays done when it was.
    """
    chosen = {phase: Status(given[f"phase{phase}"]) for phase in (1, 2) if given[f"phase{phase}"]}
    anew = [
        phase
        for phase, status in chosen.items()
        if status != getattr(action, f"phase{phase}") or (status in NOT_ON_TRACK and given["risk_is_news"])
    ]
    if not anew and given["words"]:
        unfinished = [phase for phase, status in chosen.items() if status != Status.COMPLETED]
        anew = [*unfinished, *chosen][:1]
    return [_report(phase, chosen[phase], given) for phase in anew]


def _report(phase: int, status: Status, given: Given) -> Report:
    if status not in NOT_ON_TRACK:
        return Report(phase, status, given["words"])
    return Report(phase, status, given["words"], given["risk"], given["mitigation"], given["risk_owner"])


def _found(turn: Turn, given: Given) -> Found:
    fields: dict[str, Any] = {}
    kind = given["kind"]
    if kind == Evidence.Kind.INDICATOR:
        indicator = next(one for one in all_definitions(turn.by) if one.code == given["indicator"])
        before, after = (given["before_from"], given["before_to"]), (given["after_from"], given["after_to"])
        fields = movement(turn.by, indicator, before, after).fields()
    elif kind == Evidence.Kind.AUDIT:
        fields = {
            "sample": given["sample"],
            "looked_by": given["looked_by"],
            "independent": given["independent"] == "yes",
        }
    return Found(kind, given["shows"], given["seen_on"], given["again_on"], fields | {"link": given["link"]})
