"""Rows that the database takes, for it to refuse others."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

INDICATOR = {
    "code": "PI90", "kind": "contract", "position": 90, "title": "A title", "short_name": "Short", "theme": "quality",
    "why_it_matters": "It does.", "numerator_words": "These", "denominator_words": "of those", "unit": "percent",
    "unit_words": "children", "polarity": "higher", "decimals": 1, "owner_role": "Head of Service",
    "source_document": "Annual Review", "source_place": "Section (c)", "author": "A", "checker": "C",
    "next_review": date(2027, 3, 31),
}  # fmt: skip
HIGHER = {
    "valid_from": date(2018, 4, 1), "target_operator": ">", "target_value": 75, "tolerance_operator": ">",
    "tolerance_value": 65, "failure_operator": "<", "failure_value": 65, "target_text": "> 75%",
    "tolerance_text": "> 65%", "failure_text": "< 65%", "change_reference": "First",
}  # fmt: skip
REVISION = {
    "number": 1,
    "numerator": 13,
    "denominator": 20,
    "provenance": "returned",
    "entered_as": "the tests",
}


def refused(write, *words):
    """The database refuses, in these words where it has words of ours, and nothing of it stays."""
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        write()
    assert all(word in str(refusal.value) for word in words), refusal.value
