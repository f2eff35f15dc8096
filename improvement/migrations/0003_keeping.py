"""What a plan needs to be kept here: who keeps it, its full wording, exit criteria, values of its measures.

And what the database holds of an answer: the other party than the one that asked gives it, on evidence that holds.
"""

from collections.abc import Callable
from typing import Any

import core.clock
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from core.triggers.append_only import append_only
from core.triggers.trigger import ReplaceTrigger, Trigger, install_triggers, with_triggers_lifted


ACTION, EVENT, EVIDENCE = "improvement_action", "improvement_event", "improvement_evidence"
OWNER, OWNERSHIP = "improvement_owner", "improvement_ownership"
CONFIRMS = "NEW.kind IN ('asked', 'confirmed')"
ANSWERS = "NEW.kind IN ('confirmed', 'sent_back', 'ended', 'declined')"
OTHER_PARTY = "What became of an action is confirmed, sent back or ended by the other party."
ASKED_BY = f"""(SELECT asked.party FROM {EVENT} asked
    WHERE asked.action_id = NEW.action_id AND asked.kind IN ('asked', 'proposed')
    ORDER BY asked.number DESC LIMIT 1)"""
ANSWERED_BY_THE_OTHER = Trigger(
    "event_is_answered_by_the_other_party",
    EVENT,
    "INSERT",
    OTHER_PARTY,
    f"{ANSWERS} AND NEW.party <> (CASE {ASKED_BY} WHEN 'commissioner' THEN 'provider' ELSE 'commissioner' END)",
    ANSWERS,
)
# As the migration before this one has it, word for word: the database is held to what was installed last.
OWNED = f"""SELECT 1 FROM {OWNERSHIP} held JOIN {OWNER} owner ON owner.id = held.owner_id
    WHERE held.action_id = NEW.action_id"""
CONFIRMED_BEFORE = f"""(CASE WHEN EXISTS ({OWNED}) AND NOT EXISTS ({OWNED} AND owner.side <> 'council')
    THEN 'provider' ELSE 'commissioner' END)"""
ANSWERED_BEFORE = Trigger(
    "event_is_answered_by_the_other_party",
    EVENT,
    "INSERT",
    OTHER_PARTY,
    f"{ANSWERS} AND NEW.party <> {CONFIRMED_BEFORE}",
    ANSWERS,
)
# Evidence from before an event's number was kept is held against the time at which it was written.
SINCE = "(later.number > shown.version OR shown.version IS NULL AND later.taken_at > shown.taken_at)"
HOLDS = f"""SELECT 1 FROM {EVIDENCE} shown LEFT JOIN kpis_indicator moved ON moved.id = shown.indicator_id
    WHERE shown.action_id = NEW.action_id AND shown.again_on > NEW.day
      AND (shown.independent IS NULL OR shown.independent)
      AND (shown.kind <> 'indicator'
           OR moved.polarity = 'higher' AND shown.after_mean > shown.before_mean
           OR moved.polarity <> 'higher' AND shown.after_mean < shown.before_mean)
      AND NOT EXISTS (
          SELECT 1 FROM {EVENT} later WHERE later.action_id = NEW.action_id AND {SINCE}
            AND (later.kind = 'asked_anew'
                 OR later.kind = 'status' AND later.phase = 1 AND later.now = 'completed' AND later.was <> 'completed')
      )"""
DONE = f"SELECT 1 FROM {ACTION} meant WHERE meant.id = NEW.action_id AND meant.phase1 = 'completed'"
SHOWED = f"""SELECT 1 FROM {EVIDENCE} shown
    WHERE shown.action_id = NEW.action_id AND shown.taken_by_id = NEW.taken_by_id"""
LATER = f"SELECT 1 FROM {EVENT} before WHERE before.action_id = NEW.action_id AND before.day > NEW.day"
WAITS = f"""SELECT 1 FROM {EVENT} led WHERE led.action_id = NEW.id AND led.number = NEW.version
      AND (NEW.waits = 'confirmation' AND led.kind = 'asked'
           OR NEW.waits = 'end' AND led.kind = 'proposed'
           OR NEW.waits = '' AND led.kind IN ('confirmed', 'sent_back', 'ended', 'declined'))"""


def _with_origins(apps: Any, change: Callable[[Any], Any]) -> None:
    for plan in apps.get_model("improvement", "Plan").objects.filter(about__has_key="origins"):
        plan.about["origins"] = change(plan.about["origins"])
        plan.save(update_fields=["about"])


def list_origins(apps: Any, schema_editor: Any) -> None:
    """Pairs instead of an object, whose order PostgreSQL doesn't keep."""
    _with_origins(apps, lambda origins: [list(pair) for pair in origins.items()])


def unlist_origins(apps: Any, schema_editor: Any) -> None:
    _with_origins(apps, dict)


class Migration(migrations.Migration):

    dependencies = [
        ('improvement', '0002_triggers'),
        ('kpis', '0002_triggers'),
        ('parties', '0003_partners'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        *with_triggers_lifted(
        migrations.CreateModel(
            name='MeasureValue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('provenance', models.CharField(choices=[('published', 'Published'), ('returned', 'Entered here'), ('illustrative', 'Illustrative'), ('noticed', 'Noticed by the program')], default='returned', max_length=12)),
                ('party', models.CharField(blank=True, max_length=12)),
                ('taken_as', models.CharField(max_length=301)),
                ('on_behalf_of', models.CharField(blank=True, max_length=200)),
                ('taken_at', models.DateTimeField(default=core.clock.now)),
                ('month', models.DateField(help_text="First day of the period's last month.")),
                ('value', models.DecimalField(decimal_places=6, max_digits=18)),
                ('source', models.CharField(help_text='Where it comes from.', max_length=200)),
                ('words', models.TextField(blank=True, max_length=2000)),
                ('link', models.URLField(blank=True, max_length=500)),
            ],
            options={
                'ordering': ['measure_id', 'month', 'pk'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='event',
            name='event_is_written_by_somebody',
        ),
        migrations.RemoveConstraint(
            model_name='event',
            name='event_gives_its_words',
        ),
        migrations.RemoveConstraint(
            model_name='evidence',
            name='evidence_is_written_by_somebody',
        ),
        migrations.RemoveConstraint(
            model_name='evidence',
            name='evidence_of_a_sample_says_how_many_and_who',
        ),
        migrations.RemoveConstraint(
            model_name='statement',
            name='statement_is_written_by_somebody',
        ),
        migrations.AddField(
            model_name='action',
            name='added_on',
            field=models.DateField(blank=True, help_text='Empty: it stands in the plan as printed.', null=True),
        ),
        migrations.AddField(
            model_name='action',
            name='asked_by',
            field=models.CharField(blank=True, help_text='The party that asked last for an answer: the other one gives it.', max_length=12),
        ),
        migrations.AddField(
            model_name='evidence',
            name='independent',
            field=models.BooleanField(blank=True, help_text="Of a sample: whether who looked is independent of the action's owner.", null=True),
        ),
        migrations.AddField(
            model_name='evidence',
            name='version',
            field=models.PositiveIntegerField(help_text='The number of the event that added it; empty: from before that was kept.', null=True),
        ),
        migrations.AddField(
            model_name='measure',
            name='period',
            field=models.CharField(blank=True, choices=[('month', 'Every month'), ('quarter', 'Every quarter'), ('year', 'Every year'), ('once', 'Once')], max_length=10),
        ),
        migrations.AddField(
            model_name='measure',
            name='unit',
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name='measure',
            name='wording',
            field=models.TextField(blank=True, max_length=2000),
        ),
        migrations.AddField(
            model_name='plan',
            name='kept_by',
            field=models.CharField(default='provider', help_text='The party that writes it: what it asks, and what it states.', max_length=12),
        ),
        migrations.AddField(
            model_name='recommendation',
            name='added_on',
            field=models.DateField(blank=True, help_text='Empty: it stands in the plan as printed.', null=True),
        ),
        migrations.AddField(
            model_name='recommendation',
            name='wording',
            field=models.TextField(blank=True, max_length=2000),
        ),
        migrations.AlterField(
            model_name='event',
            name='kind',
            field=models.CharField(choices=[('status', 'Status'), ('moved', 'Target moved'), ('asked', 'Confirmation asked for'), ('sent_back', 'Sent back'), ('confirmed', 'Confirmed'), ('asked_anew', 'Confirmation asked for anew'), ('proposed', 'Proposed to end'), ('declined', 'Declined'), ('ended', 'Ended'), ('criteria', 'Exit criteria agreed'), ('evidence', 'Evidence added'), ('said', 'Comment')], max_length=12),
        ),
        migrations.AlterField(
            model_name='event',
            name='provenance',
            field=models.CharField(choices=[('published', 'Published'), ('returned', 'Entered here'), ('illustrative', 'Illustrative'), ('noticed', 'Noticed by the program')], default='returned', max_length=12),
        ),
        migrations.AlterField(
            model_name='evidence',
            name='provenance',
            field=models.CharField(choices=[('published', 'Published'), ('returned', 'Entered here'), ('illustrative', 'Illustrative'), ('noticed', 'Noticed by the program')], default='returned', max_length=12),
        ),
        migrations.AlterField(
            model_name='statement',
            name='provenance',
            field=models.CharField(choices=[('published', 'Published'), ('returned', 'Entered here'), ('illustrative', 'Illustrative'), ('noticed', 'Noticed by the program')], default='returned', max_length=12),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('party', ''), ('provenance__in', ['published', 'noticed']), ('taken_by__isnull', True)), ('provenance', 'illustrative'), models.Q(('party__in', ['commissioner', 'provider', 'partner']), ('provenance', 'returned'), ('taken_by__isnull', False)), _connector='OR'), name='event_is_written_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'criteria'), _negated=True), models.Q(('agreed_by', ''), _negated=True), _connector='OR'), name='event_of_criteria_says_who_agreed'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('provenance', 'noticed'), _negated=True), ('kind', 'asked_anew'), _connector='OR'), name='event_that_is_noticed_asks_anew'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['asked', 'asked_anew', 'confirmed', 'criteria', 'declined', 'evidence', 'proposed', 'said', 'sent_back']), _negated=True), models.Q(('words', ''), _negated=True), _connector='OR'), name='event_gives_its_words'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('party', ''), ('provenance__in', ['published', 'noticed']), ('taken_by__isnull', True)), ('provenance', 'illustrative'), models.Q(('party__in', ['commissioner', 'provider', 'partner']), ('provenance', 'returned'), ('taken_by__isnull', False)), _connector='OR'), name='evidence_is_written_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'audit'), _negated=True), models.Q(('sample__gte', 1), models.Q(('looked_by', ''), _negated=True), models.Q(('independent__isnull', False), ('version__isnull', True), _connector='OR')), _connector='OR'), name='evidence_of_a_sample_says_how_many_and_who'),
        ),
        migrations.AddConstraint(
            model_name='measure',
            constraint=models.CheckConstraint(condition=models.Q(('period__in', ['', 'month', 'quarter', 'year', 'once'])), name='measure_has_a_known_period'),
        ),
        migrations.AddConstraint(
            model_name='plan',
            constraint=models.CheckConstraint(condition=models.Q(('kept_by__in', ['commissioner', 'provider'])), name='plan_is_kept_by_a_party'),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('party', ''), ('provenance__in', ['published', 'noticed']), ('taken_by__isnull', True)), ('provenance', 'illustrative'), models.Q(('party__in', ['commissioner', 'provider', 'partner']), ('provenance', 'returned'), ('taken_by__isnull', False)), _connector='OR'), name='statement_is_written_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('phase', 2), ('provenance', 'returned'), ('status', 'completed'), _negated=True), ('computed', 'completed'), _connector='OR'), name='statement_completes_phase_2_as_the_actions_do'),
        ),
        migrations.AddField(
            model_name='measurevalue',
            name='measure',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='values', to='improvement.measure'),
        ),
        migrations.AddField(
            model_name='measurevalue',
            name='taken_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='measurevalue',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('party', ''), ('provenance__in', ['published', 'noticed']), ('taken_by__isnull', True)), ('provenance', 'illustrative'), models.Q(('party__in', ['commissioner', 'provider', 'partner']), ('provenance', 'returned'), ('taken_by__isnull', False)), _connector='OR'), name='measure_value_is_written_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='measurevalue',
            constraint=models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='measure_value_says_its_source'),
        ),
        migrations.AddConstraint(
            model_name='measurevalue',
            constraint=models.CheckConstraint(condition=models.Q(('month__day', 1), ('month__isnull', True), _connector='OR'), name='measure_value_is_of_a_month'),
        ),
        migrations.AddConstraint(
            model_name='measurevalue',
            constraint=models.CheckConstraint(condition=models.Q(('words__length__lte', 2000)), name='measure_value_words_have_their_length'),
        ),
            ),
        ReplaceTrigger(ANSWERED_BY_THE_OTHER, ANSWERED_BEFORE),
        *install_triggers(
            Trigger(
                "event_confirms_by_what_holds",
                EVENT,
                "INSERT",
                "Phase 2 is completed by evidence that holds: better figures, independent samples, not run out.",
                f"{CONFIRMS} AND NOT EXISTS ({HOLDS})",
                CONFIRMS,
            ),
            Trigger(
                "event_asks_of_what_is_done",
                EVENT,
                "INSERT",
                "Phase 2 is confirmed of what is done.",
                f"{CONFIRMS} AND NOT EXISTS ({DONE})",
                CONFIRMS,
            ),
            Trigger(
                "event_is_confirmed_by_another_than_showed",
                EVENT,
                "INSERT",
                "Whoever added evidence for an action doesn't confirm it.",
                f"NEW.kind = 'confirmed' AND EXISTS ({SHOWED})",
                "NEW.kind = 'confirmed'",
            ),
            Trigger(
                "event_follows_the_day_before",
                EVENT,
                "INSERT",
                "Events of an action are kept in the order of their days.",
                f"EXISTS ({LATER})",
            ),
            Trigger(
                "action_waits_follows_its_event",
                ACTION,
                "UPDATE",
                "An action waits for what was asked, until it is answered.",
                f"NEW.waits <> OLD.waits AND NOT EXISTS ({WAITS})",
            ),
        ),
        *append_only("improvement_measurevalue"),
        migrations.RunPython(list_origins, unlist_origins),
    ]
