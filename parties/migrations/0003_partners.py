"""Partners of a contract, such as the police, with roles of their own: who owns an action, who reads for a board."""

import django.db.models.deletion
from django.db import migrations, models

from core.triggers.append_only import no_replacement
from core.triggers.trigger import Trigger, install_triggers, with_triggers_lifted

MEMBERSHIP, ORGANISATION, PARTNERSHIP = "parties_membership", "parties_organisation", "parties_partnership"
ROLES = ["action_owner", "administrator", "board_reader", "client_officer", "scrutiny_member", "trust_manager"]


def sits_in(kind: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM {ORGANISATION} seat WHERE seat.id = NEW.organisation_id AND seat.kind = '{kind}')"
    )


def on_each_write(name: str, table: str, condition: str, message: str) -> list[Trigger]:
    return [
        Trigger(f"{name}_on_{event.lower()}", table, event, message, condition) for event in ("INSERT", "UPDATE")
    ]


class Migration(migrations.Migration):
    dependencies = [("parties", "0002_triggers")]

    operations = [
        *with_triggers_lifted(
            migrations.RemoveConstraint(model_name="membership", name="membership_has_a_known_role"),
            migrations.RemoveConstraint(model_name="organisation", name="organisation_is_a_council_or_a_trust"),
            migrations.AlterField(
                model_name="membership",
                name="role",
                field=models.CharField(
                    choices=[
                        ("trust_manager", "Trust manager"),
                        ("client_officer", "Client officer"),
                        ("scrutiny_member", "Scrutiny member"),
                        ("board_reader", "Board reader"),
                        ("action_owner", "Action owner"),
                        ("administrator", "Administrator"),
                    ],
                    max_length=20,
                ),
            ),
            migrations.AlterField(
                model_name="organisation",
                name="kind",
                field=models.CharField(
                    choices=[("council", "Council"), ("trust", "Trust"), ("partner", "Partner organisation")],
                    help_text="Never changes: roles rest on it.",
                    max_length=10,
                ),
            ),
            migrations.AddConstraint(
                model_name="membership",
                constraint=models.CheckConstraint(
                    condition=models.Q(role__in=ROLES), name="membership_has_a_known_role"
                ),
            ),
            migrations.AddConstraint(
                model_name="organisation",
                constraint=models.CheckConstraint(
                    condition=models.Q(kind__in=["council", "trust", "partner"]),
                    name="organisation_is_of_a_known_kind",
                ),
            ),
        ),
        migrations.CreateModel(
            name="Partnership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="partnerships",
                        to="parties.contract",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="partnerships",
                        to="parties.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["contract", "organisation"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=["contract", "organisation"],
                        name="partnership_is_made_once",
                        violation_error_message="The organisation is a partner of this contract already.",
                    )
                ],
            },
        ),
        *install_triggers(
            *on_each_write(
                "action_owner_sits_in_no_trust",
                MEMBERSHIP,
                f"NEW.role = 'action_owner' AND {sits_in('trust')}",
                "Only a council or a partner has action owners: in a trust, its managers own actions.",
            ),
            *on_each_write(
                "administrator_sits_in_no_partner",
                MEMBERSHIP,
                f"NEW.role = 'administrator' AND {sits_in('partner')}",
                "A partner has no administrators: those of the council look after its people.",
            ),
            *on_each_write(
                "partnership_is_of_a_partner",
                PARTNERSHIP,
                f"NOT {sits_in('partner')}",
                "A partner of a contract is a partner organisation.",
            ),
        ),
        *no_replacement(PARTNERSHIP),
    ]
