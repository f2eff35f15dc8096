"""Who looks after the money: the finance lead of a trust, who enters it, and a council's finance officer, who answers."""

from django.db import migrations, models

from core.triggers.trigger import Trigger, install_triggers, with_triggers_lifted

MEMBERSHIP, ORGANISATION = "parties_membership", "parties_organisation"
ROLES = [
    "action_owner", "administrator", "board_reader", "client_officer", "council_finance", "finance_lead",
    "scrutiny_member", "trust_manager",
]  # fmt: skip


def sits_in_none_but(role: str, kind: str) -> str:
    return (
        f"NEW.role = '{role}' AND NOT EXISTS "
        f"(SELECT 1 FROM {ORGANISATION} seat WHERE seat.id = NEW.organisation_id AND seat.kind = '{kind}')"
    )


def on_each_write(name: str, condition: str, message: str) -> list[Trigger]:
    return [
        Trigger(f"{name}_on_{event.lower()}", MEMBERSHIP, event, message, condition)
        for event in ("INSERT", "UPDATE")
    ]


class Migration(migrations.Migration):
    dependencies = [("parties", "0003_partners")]

    operations = [
        *with_triggers_lifted(
            migrations.RemoveConstraint(model_name="membership", name="membership_has_a_known_role"),
            migrations.AlterField(
                model_name="membership",
                name="role",
                field=models.CharField(
                    choices=[
                        ("trust_manager", "Trust manager"),
                        ("finance_lead", "Finance lead"),
                        ("client_officer", "Client officer"),
                        ("council_finance", "Council finance officer"),
                        ("scrutiny_member", "Scrutiny member"),
                        ("board_reader", "Board reader"),
                        ("action_owner", "Action owner"),
                        ("administrator", "Administrator"),
                    ],
                    max_length=20,
                ),
            ),
            migrations.AddConstraint(
                model_name="membership",
                constraint=models.CheckConstraint(
                    condition=models.Q(role__in=ROLES), name="membership_has_a_known_role"
                ),
            ),
        ),
        *install_triggers(
            *on_each_write(
                "finance_lead_sits_in_a_trust",
                sits_in_none_but("finance_lead", "trust"),
                "Only a trust has finance leads.",
            ),
            *on_each_write(
                "council_finance_sits_in_a_council",
                sits_in_none_but("council_finance", "council"),
                "Only a council has council finance officers.",
            ),
        ),
    ]
