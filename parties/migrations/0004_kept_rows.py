"""Parties, contracts and roles can't be put in another's place."""

from django.db import migrations

from audit.append_only import no_replacement


class Migration(migrations.Migration):
    dependencies = [("parties", "0003_the_round")]

    operations = [
        operation
        for table in ("parties_organisation", "parties_contract", "parties_membership")
        for operation in no_replacement(table)
    ]
