"""Entries are written once; the end of the chain only moves on by one."""

from django.db import migrations

from core.triggers.append_only import append_only, no_replacement
from core.triggers.trigger import Trigger, install_triggers

HEAD = "audit_audithead"


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        *append_only("audit_auditevent"),
        *install_triggers(
            Trigger(
                name="audit_head_moves_on_by_one",
                table=HEAD,
                event="UPDATE",
                condition="NEW.id <> OLD.id OR NEW.sequence <> OLD.sequence + 1 OR NEW.hash = OLD.hash",
                message="The end of the audit chain only moves on, one entry at a time.",
            ),
            Trigger("audit_head_no_delete", HEAD, "DELETE", "The end of the audit chain can't be deleted."),
            Trigger("audit_head_no_truncate", HEAD, "TRUNCATE", "The end of the audit chain can't be deleted."),
        ),
        *no_replacement(HEAD),
    ]
