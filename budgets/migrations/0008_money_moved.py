"""How far each contract's money has moved on, so that what is kept of its books ends with a write to them."""

from __future__ import annotations

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from core import clock


def begin(apps: Any, schema_editor: Any) -> None:
    moved, books = apps.get_model("budgets", "MoneyMoved"), apps.get_model("budgets", "Book")
    contracts = books.objects.order_by().values_list("contract", flat=True).distinct()
    moved.objects.bulk_create(moved(contract_id=contract, number=clock.real_microseconds()) for contract in contracts)


class Migration(migrations.Migration):
    dependencies = [
        ("budgets", "0007_whose_word_it_is"),
        ("parties", "0004_finance_roles"),
    ]

    operations = [
        migrations.CreateModel(
            name="MoneyMoved",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("number", models.PositiveBigIntegerField(default=0)),
                (
                    "contract",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="money_moved",
                        to="parties.contract",
                    ),
                ),
            ],
            options={"verbose_name_plural": "money moved"},
        ),
        migrations.RunPython(begin, migrations.RunPython.noop),
    ]
