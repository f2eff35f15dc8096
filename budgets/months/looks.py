"""How a status of the money looks: as the contract's own statuses do, by word, letter, shape and colour."""

from budgets.rules.variance import Status

Look = tuple[str, str, str]
LOOKS: dict[Status, Look] = {
    Status.RED: ("failure", "R", "Far over"),
    Status.AMBER: ("within_tolerance", "A", "Over"),
    Status.GREEN: ("on_target", "G", "Within limits"),
    Status.NONE: ("not_reported", "N", "No budget"),
}
