"""Kinds of column that several models share."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length

# A person's name as it is shown: first name, blank and last name, of 150 characters each.
NAME = 301

# SQLite keeps any text in a column of a stated length, so the length is a constraint of its own.
models.CharField.register_lookup(Length)
models.TextField.register_lookup(Length)


class ExactField(models.DecimalField):
    """A number as people enter it: at most eleven digits before the point and four after, exact on both databases.

    Fifteen digits are what SQLite keeps of a number without loss.
    """

    PLACES = 4

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_digits", 15)
        kwargs.setdefault("decimal_places", self.PLACES)
        super().__init__(*args, **kwargs)


class ComputedField(models.DecimalField):
    """A computed number at eight decimals, for showing and sorting. No status is ever decided from it."""

    PLACES = 8

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_digits", 15)
        kwargs.setdefault("decimal_places", self.PLACES)
        kwargs.setdefault("null", True)
        super().__init__(*args, **kwargs)


def first_of_month(field: str, *, name: str) -> models.CheckConstraint:
    """A date that stands for a month is its first day."""
    return models.CheckConstraint(
        name=name, condition=Q(**{f"{field}__day": 1}) | Q(**{f"{field}__isnull": True})
    )


def below_ten_million(*fields: str, name: str) -> models.CheckConstraint:
    """A computed value keeps eight decimals in fifteen digits, so seven digits before the point are the most."""
    condition = Q()
    for field in fields:
        condition &= Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__lt": 10_000_000})
    return models.CheckConstraint(name=name, condition=condition)


def not_negative(*fields: str, name: str) -> models.CheckConstraint:
    """Counts of children, posts and cases are never below zero."""
    condition = Q()
    for field in fields:
        condition &= Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__gte": 0})
    return models.CheckConstraint(name=name, condition=condition)


def at_most(characters: int, *fields: str, name: str) -> models.CheckConstraint:
    """Texts have at most so many characters, on both databases."""
    condition = Q()
    for field in fields:
        condition &= Q(**{f"{field}__length__lte": characters})
    return models.CheckConstraint(name=name, condition=condition)
