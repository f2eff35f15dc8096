"""Rules that span tables: who can be a party, where a role can be held, and what never changes."""

from django.db import migrations

from core.triggers.append_only import no_replacement
from core.triggers.trigger import Trigger, install_triggers

CONTRACT, MEMBERSHIP, ORGANISATION, USER = (
    "parties_contract",
    "parties_membership",
    "parties_organisation",
    "parties_user",
)


def not_of_kind(column: str, kind: str) -> str:
    return (
        f"NOT EXISTS (SELECT 1 FROM {ORGANISATION} party "
        f"WHERE party.id = NEW.{column} AND party.kind = '{kind}')"
    )


def on_each_write(name: str, table: str, condition: str, message: str) -> list[Trigger]:
    return [
        Trigger(f"{name}_on_{event.lower()}", table, event, message, condition)
        for event in ("INSERT", "UPDATE")
    ]


class Migration(migrations.Migration):
    dependencies = [("parties", "0001_initial")]

    operations = [
        *install_triggers(
            *on_each_write(
                "contract_commissioner_is_a_council",
                CONTRACT,
                not_of_kind("commissioner_id", "council"),
                "The commissioner of a contract is a council.",
            ),
            *on_each_write(
                "contract_provider_is_a_trust",
                CONTRACT,
                not_of_kind("provider_id", "trust"),
                "The provider of a contract is a trust.",
            ),
            *on_each_write(
                "trust_manager_sits_in_a_trust",
                MEMBERSHIP,
                f"NEW.role = 'trust_manager' AND {not_of_kind('organisation_id', 'trust')}",
                "Only a trust has trust managers.",
            ),
            *on_each_write(
                "council_roles_sit_in_a_council",
                MEMBERSHIP,
                "NEW.role IN ('client_officer', 'scrutiny_member') AND "
                + not_of_kind("organisation_id", "council"),
                "Only a council has client officers and scrutiny members.",
            ),
            Trigger(
                "organisation_keeps_its_kind",
                ORGANISATION,
                "UPDATE",
                "The kind of an organisation never changes.",
                "NEW.kind <> OLD.kind",
            ),
            Trigger(
                "person_keeps_the_username",
                USER,
                "UPDATE",
                "A user name never changes, nor does its number: the audit trail speaks of both.",
                "NEW.username <> OLD.username OR NEW.id <> OLD.id",
            ),
            Trigger("person_is_never_deleted", USER, "DELETE", "People are deactivated, never deleted."),
        ),
        *no_replacement(USER, 'lower("username") = lower(NEW."username")'),
        *(
            operation
            for table in (ORGANISATION, CONTRACT, MEMBERSHIP)
            for operation in no_replacement(table)
        ),
    ]
