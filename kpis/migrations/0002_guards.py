"""Revisions are written once; band versions never overlap and never run against the indicator's polarity."""

from django.db import migrations

from audit.append_only import append_only
from audit.guards import Guard, guarded_by

BAND, INDICATOR = "kpis_bandversion", "kpis_indicator"

OVERLAP = f"""EXISTS (
    SELECT 1 FROM {BAND} other
    WHERE other.indicator_id = NEW.indicator_id
      AND (other.valid_to IS NULL OR NEW.valid_from <= other.valid_to)
      AND (NEW.valid_to IS NULL OR other.valid_from <= NEW.valid_to)
      {{itself}}
)"""

AGAINST_POLARITY = f"""EXISTS (
    SELECT 1 FROM {INDICATOR} judged
    WHERE judged.id = NEW.indicator_id
      AND (judged.polarity = 'higher') <> (NEW.target_operator IN ('>', '>='))
)"""


# SQLite gives a new row no id before it is stored, so only an update may leave its own row out.
ITSELF = {"INSERT": "", "UPDATE": "AND other.id <> NEW.id"}


def on_each_write(name: str, condition: str, message: str) -> list[Guard]:
    return [
        Guard(f"{name}_on_{event.lower()}", BAND, event, message, condition.format(itself=itself))
        for event, itself in ITSELF.items()
    ]


class Migration(migrations.Migration):
    dependencies = [("kpis", "0001_initial")]

    operations = [
        *append_only("kpis_figurerevision"),
        *guarded_by(
            *on_each_write("band_overlap", OVERLAP, "Two band versions of one indicator can't hold at the same time."),
            *on_each_write(
                "band_polarity", AGAINST_POLARITY, "The band runs against the indicator: its target is on the worse side."
            ),
        ),
    ]
