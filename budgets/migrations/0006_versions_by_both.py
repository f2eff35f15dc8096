"""Budgets that both parties agree, and the limits of a contract; history stays, and nobody answers for the other party."""

import core.clock
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

from core.triggers.append_only import append_only, no_replacement, triggers_of
from core.triggers.trigger import Trigger, install_triggers, with_triggers_lifted

BOOK, LINE, VERSION, AMOUNT, CLOSED = (
    "budgets_book", "budgets_line", "budgets_version", "budgets_amount", "budgets_closedperiod",
)  # fmt: skip
PROPOSAL, PROPOSED, ANSWER = "budgets_proposal", "budgets_proposedamount", "budgets_proposalanswer"
# A year's budget stays once March is closed.
CLOSED_YEAR = f"""EXISTS (
    SELECT 1 FROM {CLOSED} closed
    WHERE closed.book_id = {{book}} AND closed.year = {{year}} AND closed.period = 12
)"""
KEPT_BY_NOBODY = f"EXISTS (SELECT 1 FROM {BOOK} kept WHERE kept.id = NEW.book_id AND kept.kept_by = '')"
ELSEWHERE = f"""NOT EXISTS (
    SELECT 1 FROM {LINE} line JOIN {PROPOSAL} proposal ON proposal.book_id = line.book_id
    WHERE line.id = NEW.line_id AND line.kind = 'line' AND proposal.id = NEW.proposal_id
)"""
ANSWERS = "NEW.kind IN ('agreed', 'declined')"
AGREES = "NEW.kind = 'agreed'"


def of_the_proposal(condition: str) -> str:
    return f"EXISTS (SELECT 1 FROM {PROPOSAL} meant WHERE meant.id = NEW.proposal_id AND {condition})"


OWN = of_the_proposal("(meant.party = NEW.party OR meant.proposed_by_id = NEW.taken_by_id)")
ANOTHERS = of_the_proposal("meant.party <> NEW.party")
OVER = of_the_proposal(CLOSED_YEAR.format(book="meant.book_id", year="meant.year"))
# Expenditure less income, as the year's net budget counts it.
NET = f"""COALESCE((
    SELECT SUM(CASE line.side WHEN 'income' THEN -1 ELSE 1 END * (changed.after - COALESCE(changed.before, 0)))
    FROM {PROPOSED} changed JOIN {LINE} line ON line.id = changed.line_id WHERE changed.proposal_id = NEW.proposal_id
), 0)"""
MISNAMED = of_the_proposal(
    f"""((meant.kind = 'virement' AND {NET} <> 0) OR (meant.kind = 'growth' AND {NET} <= 0)
    OR (meant.kind = 'savings' AND {NET} >= 0))"""
)
NOT_AGREED = f"""NEW.proposal_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM {ANSWER} given JOIN {PROPOSAL} meant ON meant.id = given.proposal_id
    WHERE given.proposal_id = NEW.proposal_id AND given.kind = 'agreed' AND meant.book_id = NEW.book_id
)"""
ANOTHER_CONTRACTS = """NOT EXISTS (
    SELECT 1 FROM budgets_variancelimits own WHERE own.id = NEW.limits_id AND own.contract_id = NEW.contract_id
)"""
# A line has one amount of a figure and a year, or one for each version.
SAME_CELL = (
    """line_id = NEW.line_id AND figure = NEW.figure AND year = NEW.year AND version_id IS NEW.version_id"""
)

TRIGGERS = install_triggers(
    Trigger(
        "proposal_is_of_an_open_year",
        PROPOSAL,
        "INSERT",
        "The budget of a closed year stays as it is.",
        CLOSED_YEAR.format(book="NEW.book_id", year="NEW.year"),
    ),
    Trigger(
        "proposal_is_of_a_partys_book",
        PROPOSAL,
        "INSERT",
        "A book that is kept elsewhere is only read here.",
        KEPT_BY_NOBODY,
    ),
    Trigger(
        "proposed_amount_is_of_its_book",
        PROPOSED,
        "INSERT",
        "A proposal changes lines of its book that have amounts of their own.",
        ELSEWHERE,
    ),
    Trigger(
        "proposal_is_answered_by_the_other_party",
        ANSWER,
        "INSERT",
        "What one party proposes the other one answers, by another person.",
        f"{ANSWERS} AND {OWN}",
        first=ANSWERS,
    ),
    Trigger(
        "proposal_is_withdrawn_by_its_own_party",
        ANSWER,
        "INSERT",
        "The party that proposed a change withdraws it.",
        f"NEW.kind = 'withdrawn' AND {ANOTHERS}",
        first="NEW.kind = 'withdrawn'",
    ),
    Trigger(
        "proposal_is_agreed_in_an_open_year",
        ANSWER,
        "INSERT",
        "The budget of a year that is closed stays.",
        f"{AGREES} AND {OVER}",
        first=AGREES,
    ),
    Trigger(
        "proposal_adds_up_to_what_it_is_called",
        ANSWER,
        "INSERT",
        "A virement comes to nil, growth to more and savings to less.",
        f"{AGREES} AND {MISNAMED}",
        first=AGREES,
    ),
    Trigger(
        "budget_version_is_agreed_by_both",
        VERSION,
        "INSERT",
        "What was proposed holds once both parties agreed.",
        NOT_AGREED,
        first="NEW.proposal_id IS NOT NULL",
    ),
    *(
        Trigger(
            f"limits_in_force_are_its_contracts_on_{event.lower()}",
            "budgets_limitsinforce",
            event,
            "A contract goes by limits of its own.",
            ANOTHER_CONTRACTS,
        )
        for event in ("INSERT", "UPDATE")
    ),
    *triggers_of(AMOUNT),
)


class Migration(migrations.Migration):
    dependencies = [
        ("budgets", "0005_profiles"),
        ("parties", "0003_partners"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        *with_triggers_lifted(
            migrations.CreateModel(
                name="ProposalAnswer",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("agreed", "Agreed"),
                                ("declined", "Declined"),
                                ("withdrawn", "Withdrawn"),
                            ],
                            max_length=10,
                        ),
                    ),
                    ("words", models.CharField(blank=True, max_length=1000)),
                    ("day", models.DateField()),
                    ("party", models.CharField(max_length=12)),
                    ("taken_as", models.CharField(max_length=301)),
                    ("taken_at", models.DateTimeField(default=core.clock.now)),
                ],
            ),
            migrations.CreateModel(
                name="ProposedAmount",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("before", models.BigIntegerField(blank=True, null=True)),
                    ("after", models.BigIntegerField()),
                ],
                options={
                    "ordering": ["proposal_id", "line_id"],
                },
            ),
            migrations.CreateModel(
                name="VarianceLimits",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("number", models.PositiveIntegerField()),
                    ("red", models.BigIntegerField()),
                    ("amber", models.BigIntegerField()),
                    ("amber_percent", models.PositiveIntegerField()),
                    ("reason", models.CharField(max_length=300)),
                    ("set_as", models.CharField(max_length=301)),
                    ("set_at", models.DateTimeField(default=core.clock.now)),
                ],
                options={
                    "verbose_name_plural": "variance limits",
                    "ordering": ["contract_id", "number"],
                },
            ),
            migrations.CreateModel(
                name="Proposal",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("number", models.PositiveIntegerField()),
                    ("year", models.PositiveSmallIntegerField()),
                    (
                        "kind",
                        models.CharField(
                            choices=[("virement", "Virement"), ("growth", "Growth"), ("savings", "Savings")],
                            max_length=10,
                        ),
                    ),
                    ("words", models.CharField(max_length=1000)),
                    ("day", models.DateField()),
                    ("party", models.CharField(max_length=12)),
                    ("proposed_as", models.CharField(max_length=301)),
                    ("proposed_at", models.DateTimeField(default=core.clock.now)),
                    (
                        "book",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="proposals",
                            to="budgets.book",
                        ),
                    ),
                    (
                        "proposed_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "ordering": ["book_id", "number"],
                },
            ),
            migrations.AddField(
                model_name="version",
                name="proposal",
                field=models.OneToOneField(
                    blank=True,
                    help_text="What both parties agreed; empty for what is printed.",
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="version",
                    to="budgets.proposal",
                ),
            ),
            migrations.AddConstraint(
                model_name="version",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("number", 1),
                        ("illustrative", True),
                        ("proposal__isnull", False),
                        models.Q(("document", ""), _negated=True),
                        _connector="OR",
                    ),
                    name="budget_version_is_agreed_or_printed",
                ),
            ),
            migrations.AddField(
                model_name="proposalanswer",
                name="proposal",
                field=models.OneToOneField(
                    on_delete=django.db.models.deletion.PROTECT, related_name="answer", to="budgets.proposal"
                ),
            ),
            migrations.AddField(
                model_name="proposalanswer",
                name="taken_by",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                ),
            ),
            migrations.AddField(
                model_name="proposedamount",
                name="line",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="proposed", to="budgets.line"
                ),
            ),
            migrations.AddField(
                model_name="proposedamount",
                name="proposal",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="amounts", to="budgets.proposal"
                ),
            ),
            migrations.AddField(
                model_name="variancelimits",
                name="contract",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="variance_limits",
                    to="parties.contract",
                ),
            ),
            migrations.AddField(
                model_name="variancelimits",
                name="set_by",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            migrations.AddConstraint(
                model_name="proposal",
                constraint=models.UniqueConstraint(
                    fields=("book", "number"), name="proposal_has_its_own_number"
                ),
            ),
            migrations.AddConstraint(
                model_name="proposal",
                constraint=models.CheckConstraint(
                    condition=models.Q(("kind__in", ["virement", "growth", "savings"])),
                    name="proposal_is_of_a_known_kind",
                ),
            ),
            migrations.AddConstraint(
                model_name="proposal",
                constraint=models.CheckConstraint(
                    condition=models.Q(("words", ""), _negated=True), name="proposal_says_why"
                ),
            ),
            migrations.AddConstraint(
                model_name="proposal",
                constraint=models.CheckConstraint(
                    condition=models.Q(("party__in", ["commissioner", "provider"])),
                    name="proposal_is_a_partys",
                ),
            ),
            migrations.AddConstraint(
                model_name="proposal",
                constraint=models.CheckConstraint(
                    condition=models.Q(("words__length__lte", 1000)), name="proposal_words_have_their_length"
                ),
            ),
            migrations.AddConstraint(
                model_name="proposal",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("year__gte", 1900), ("year__lte", 2199)),
                        ("year__isnull", True),
                        _connector="OR",
                    ),
                    name="proposal_is_of_a_financial_year",
                ),
            ),
            migrations.AddConstraint(
                model_name="proposalanswer",
                constraint=models.CheckConstraint(
                    condition=models.Q(("kind__in", ["agreed", "declined", "withdrawn"])),
                    name="proposal_answer_is_of_a_known_kind",
                ),
            ),
            migrations.AddConstraint(
                model_name="proposalanswer",
                constraint=models.CheckConstraint(
                    condition=models.Q(("kind", "declined"), ("words", ""), _negated=True),
                    name="who_declines_says_why",
                ),
            ),
            migrations.AddConstraint(
                model_name="proposalanswer",
                constraint=models.CheckConstraint(
                    condition=models.Q(("party__in", ["commissioner", "provider"])),
                    name="proposal_answer_is_a_partys",
                ),
            ),
            migrations.AddConstraint(
                model_name="proposalanswer",
                constraint=models.CheckConstraint(
                    condition=models.Q(("words__length__lte", 1000)),
                    name="proposal_answer_words_have_their_length",
                ),
            ),
            migrations.AddConstraint(
                model_name="proposedamount",
                constraint=models.UniqueConstraint(fields=("proposal", "line"), name="line_is_proposed_once"),
            ),
            migrations.AddConstraint(
                model_name="proposedamount",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("before__isnull", True),
                        models.Q(("before", models.F("after")), _negated=True),
                        _connector="OR",
                    ),
                    name="proposal_changes_the_line",
                ),
            ),
            migrations.AddConstraint(
                model_name="variancelimits",
                constraint=models.UniqueConstraint(
                    fields=("contract", "number"), name="limits_have_their_own_number"
                ),
            ),
            migrations.AddConstraint(
                model_name="variancelimits",
                constraint=models.CheckConstraint(
                    condition=models.Q(("amber__gte", 0), ("red__gte", models.F("amber"))),
                    name="red_is_above_amber",
                ),
            ),
            migrations.AddConstraint(
                model_name="variancelimits",
                constraint=models.CheckConstraint(
                    condition=models.Q(("amber_percent__lte", 10000)), name="amber_is_at_most_the_whole"
                ),
            ),
            migrations.AddConstraint(
                model_name="variancelimits",
                constraint=models.CheckConstraint(
                    condition=models.Q(("reason", ""), _negated=True), name="limits_say_why"
                ),
            ),
            migrations.AddConstraint(
                model_name="variancelimits",
                constraint=models.CheckConstraint(
                    condition=models.Q(("reason__length__lte", 300)), name="limits_reason_has_its_length"
                ),
            ),
            migrations.CreateModel(
                name="LimitsInForce",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    (
                        "contract",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="limits_in_force",
                            to="parties.contract",
                        ),
                    ),
                    (
                        "limits",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="budgets.variancelimits",
                        ),
                    ),
                ],
                options={"verbose_name_plural": "limits in force"},
            ),
        ),
        *TRIGGERS,
        *append_only(PROPOSAL),
        *append_only(PROPOSED),
        *append_only(ANSWER),
        *append_only(VERSION),
        *append_only("budgets_variancelimits"),
        *no_replacement(AMOUNT, SAME_CELL),
    ]
