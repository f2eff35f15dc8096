"""What was delivered of planned savings, and how a plan's amounts are read: said by people, and kept."""

import core.clock
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from core.triggers.append_only import append_only
from core.triggers.trigger import Trigger, install_triggers

SAID, READING = "budgets_savingsaid", "budgets_readingsaid"
BY_ITS_KEEPER = """EXISTS (
    SELECT 1 FROM budgets_savingsplan plan JOIN budgets_book book ON book.id = plan.book_id
    WHERE plan.id = NEW.plan_id AND book.kept_by = NEW.party
)"""


class Migration(migrations.Migration):

    dependencies = [
        ('budgets', '0003_triggers'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ReadingSaid',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('reading', models.CharField(choices=[('yearly', 'Each year’s amount is that year’s own'), ('cumulative', 'Each year’s amount is all that is saved by then')], max_length=10)),
                ('words', models.TextField(max_length=1000)),
                ('day', models.DateField()),
                ('party', models.CharField(max_length=12)),
                ('said_as', models.CharField(max_length=301)),
                ('said_at', models.DateTimeField(default=core.clock.now)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='readings', to='budgets.savingsplan')),
                ('said_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['plan_id', 'number'],
                'constraints': [models.UniqueConstraint(fields=('plan', 'number'), name='reading_is_said_once_a_number'), models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='reading_is_said_from_one_on'), models.CheckConstraint(condition=models.Q(('reading__in', ['yearly', 'cumulative'])), name='reading_said_is_a_known_one'), models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='reading_said_says_why'), models.CheckConstraint(condition=models.Q(('words__length__lte', 1000)), name='reading_said_words_have_their_length'), models.CheckConstraint(condition=models.Q(('party__in', ['commissioner', 'provider'])), name='reading_said_is_a_partys')],
            },
        ),
        migrations.CreateModel(
            name='SavingSaid',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('delivered', models.BigIntegerField(blank=True, null=True)),
                ('at_risk', models.BigIntegerField(blank=True, null=True)),
                ('words', models.TextField(max_length=1000)),
                ('day', models.DateField()),
                ('provenance', models.CharField(choices=[('returned', 'Returned'), ('illustrative', 'Illustrative')], max_length=12)),
                ('said_as', models.CharField(max_length=301)),
                ('said_at', models.DateTimeField(default=core.clock.now)),
                ('said_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('saving', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='said', to='budgets.saving')),
            ],
            options={
                'ordering': ['saving_id', 'number'],
                'constraints': [models.UniqueConstraint(fields=('saving', 'number'), name='saving_is_said_once_a_number'), models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='saving_is_said_from_one_on'), models.CheckConstraint(condition=models.Q(('delivered__isnull', False), ('at_risk__isnull', False), _connector='OR'), name='saving_said_says_something'), models.CheckConstraint(condition=models.Q(models.Q(('delivered__isnull', True), ('delivered__gte', 0), _connector='OR'), models.Q(('at_risk__isnull', True), ('at_risk__gte', 0), _connector='OR')), name='saving_said_is_not_below_nil'), models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='saving_said_has_words'), models.CheckConstraint(condition=models.Q(('words__length__lte', 1000)), name='saving_said_words_have_their_length'), models.CheckConstraint(condition=models.Q(('provenance', 'illustrative'), models.Q(('provenance', 'returned'), ('said_by__isnull', False)), _connector='OR'), name='saving_is_said_by_somebody_or_illustrative')],
            },
        ),
        *install_triggers(
            Trigger(
                "reading_is_said_by_the_other_party",
                READING,
                "INSERT",
                "How a plan's savings are read is said by the party that doesn't keep its book.",
                BY_ITS_KEEPER,
            ),
        ),
        *append_only(SAID),
        *append_only(READING),
    ]
