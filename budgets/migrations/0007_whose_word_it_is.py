"""Whose word a step of a month and what is said of a saving are; and nothing is added to a change that was answered.

What was said of savings gets its party: the one that keeps the book, which alone could say it.
"""

from typing import Any

from django.db import migrations, models

from core.triggers.append_only import triggers_of
from core.triggers.existing_rows import rows_keep
from core.triggers.trigger import Trigger, install, install_triggers, remove, with_triggers_lifted

STEP, SAID, AMOUNT, PROPOSED = (
    "budgets_moneystep", "budgets_savingsaid", "budgets_amount", "budgets_proposedamount",
)  # fmt: skip
# The keeper answers; the other party asks and accepts. A book that is kept by nobody here has no steps.
ANOTHERS_STEP = f"""NOT EXISTS (
    SELECT 1 FROM budgets_linemonth month JOIN budgets_line line ON line.id = month.line_id
    JOIN budgets_book book ON book.id = line.book_id
    WHERE month.id = NEW.month_id AND book.kept_by <> ''
      AND (book.kept_by = NEW.party) = (NEW.kind IN ('explained', 'disputed'))
)"""
ANOTHERS_SAVING = """NOT EXISTS (
    SELECT 1 FROM budgets_saving saving JOIN budgets_savingsplan plan ON plan.id = saving.plan_id
    JOIN budgets_book book ON book.id = plan.book_id
    WHERE saving.id = NEW.saving_id AND book.kept_by <> '' AND book.kept_by = NEW.party
)"""
OF_A_VERSION = "NEW.version_id IS NOT NULL"
# A version of what both agreed has their amounts, each once (a unique constraint), and no others.
NOT_AGREED = f"""{OF_A_VERSION} AND EXISTS (
    SELECT 1 FROM budgets_version version JOIN budgets_proposal meant ON meant.id = version.proposal_id
    WHERE version.id = NEW.version_id AND NOT EXISTS (
        SELECT 1 FROM {PROPOSED} agreed
        WHERE agreed.proposal_id = meant.id AND agreed.line_id = NEW.line_id AND agreed.after = NEW.hundredths
          AND meant.year = NEW.year
    )
)"""
ANSWERED = """EXISTS (
    SELECT 1 FROM budgets_proposalanswer given WHERE given.proposal_id = NEW.proposal_id
)"""

RULES = (
    Trigger(
        "money_step_is_of_the_party_whose_turn_it_is",
        STEP,
        "INSERT",
        "Whoever keeps a book answers of its months; the other party asks and accepts.",
        ANOTHERS_STEP,
    ),
    Trigger(
        "saving_is_said_by_who_keeps_the_book",
        SAID,
        "INSERT",
        "What was delivered of a saving is said by the party that keeps its book.",
        ANOTHERS_SAVING,
    ),
    Trigger(
        "amount_of_an_agreed_version_was_agreed",
        AMOUNT,
        "INSERT",
        "A version of what both parties agreed has the amounts that they agreed, and no others.",
        NOT_AGREED,
        first=OF_A_VERSION,
    ),
)
# Of amounts that are there nobody can tell whether they came before the answer.
STAYS_AS_ANSWERED = Trigger(
    "proposal_stays_as_it_was_answered",
    PROPOSED,
    "INSERT",
    "A change that was answered stays as it was proposed.",
    ANSWERED,
)


def name_the_keeper(apps: Any, schema_editor: Any) -> None:
    """The rows are kept as they were written, so their trigger lets go for this statement."""
    connection = schema_editor.connection
    [kept] = [trigger for trigger in triggers_of(SAID) if trigger.event == "UPDATE"]
    remove(connection, kept)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""UPDATE {SAID} SET party = (
                SELECT book.kept_by FROM budgets_saving saving
                JOIN budgets_savingsplan plan ON plan.id = saving.plan_id
                JOIN budgets_book book ON book.id = plan.book_id WHERE saving.id = {SAID}.saving_id
            )"""
        )
    install(connection, kept)


class Migration(migrations.Migration):
    dependencies = [("budgets", "0006_versions_by_both")]

    operations = [
        *with_triggers_lifted(
            migrations.AddField(
                model_name="savingsaid",
                name="party",
                field=models.CharField(default="", max_length=12),
                preserve_default=False,
            ),
        ),
        migrations.RunPython(name_the_keeper, migrations.RunPython.noop),
        *with_triggers_lifted(
            migrations.AddConstraint(
                model_name="savingsaid",
                constraint=models.CheckConstraint(
                    condition=models.Q(("party__in", ["commissioner", "provider"])), name="saving_said_is_a_partys"
                ),
            ),
        ),
        rows_keep(*RULES),
        *install_triggers(*RULES, STAYS_AS_ANSWERED),
    ]
