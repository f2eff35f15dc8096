"""A form's fields as they were sent, in the words that people know from its page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django import forms

from core.declarations import declared


@dataclass(frozen=True)
class TypedFields:
    """What of an app's forms says nothing to a person: fields by which a form tells what it was about or what was
    touched, and fields with the value that they have when nobody touched them. Fields are named without their form's
    prefix. A form that sends nothing but marks is an act without words.
    """

    marks: tuple[str, ...] = ()
    untouched: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Asks:
    """What the form of a page asks for: a form, and labels of fields that are none of its own.

    A label belongs to all fields whose name begins with its own: "answer" to "answer-steep-change". ``choices`` gives
    the words of what can be chosen, where the form alone doesn't say them.
    """

    form: type[forms.BaseForm] | None = None
    labels: tuple[tuple[str, str], ...] = ()
    choices: Callable[[], Mapping[str, str]] = dict

    def label(self, own: str) -> str:
        """The field's label; its name in words where nobody gave it one."""
        for name, label in self.labels:
            if own == name or own.startswith(f"{name}-"):
                return label
        field = self._field(own)
        return (
            str(field.label)
            if field and field.label
            else own.replace("-", " ").replace("_", " ").capitalize()
        )

    def said(self, own: str, value: str) -> str:
        """What was chosen or typed, as the page shows it."""
        field = self._field(own)
        if isinstance(field, forms.ChoiceField):
            value = str(dict(field.choices).get(value, value))  # type: ignore[arg-type]
        if field and isinstance(field.widget, forms.DateInput):
            with suppress(ValueError):
                return f"{date.fromisoformat(value):%-d %B %Y}"
        return self.choices().get(value, value)

    def is_words(self, own: str) -> bool:
        """Whether words are asked for, which may be put right wherever they are shown."""
        field = self._field(own)
        return field is None or isinstance(field.widget, forms.Textarea)

    def _field(self, own: str) -> forms.Field | None:
        return self.form.base_fields.get(own) if self.form else None  # type: ignore[attr-defined]


@dataclass(frozen=True)
class TypedField:
    """One field as it was sent, in the form of its page. ``spoken``: there is something to read in it."""

    name: str
    value: str
    asks: Asks
    spoken: bool

    @property
    def of(self) -> str:
        """What the field is about where a page holds a form for each of several: "PI1"."""
        return self.name.partition("-")[0] if "-" in self.name else ""

    @property
    def label(self) -> str:
        return self.asks.label(own_name(self.name))

    @property
    def said(self) -> str:
        return self.asks.said(own_name(self.name), self.value)

    @property
    def prose(self) -> bool:
        """Words that may be put right where they are shown."""
        return self.spoken and len(self.value.split()) > 1 and self.asks.is_words(own_name(self.name))


@dataclass(frozen=True)
class SpokenRow:
    """A label with what was typed or chosen under it; several fields where several boxes were ticked."""

    label: str
    fields: list[TypedField]

    @property
    def said(self) -> str:
        return ", ".join(field.said for field in self.fields)


def typed_fields(pairs: Sequence[tuple[str, str]], asks: Asks) -> list[TypedField]:
    """The fields in the order in which they were sent."""
    untouched = {pair for fields in declared(TypedFields) for pair in fields.untouched}
    marks = known_marks()
    return [
        TypedField(
            name,
            value,
            asks,
            spoken=bool(value.strip())
            and own_name(name) not in marks
            and (own_name(name), value) not in untouched,
        )
        for name, value in pairs
    ]


def spoken_parts(fields: Sequence[TypedField]) -> list[tuple[str, list[SpokenRow]]]:
    """What there is to read, under what it is about, in the order in which it was sent."""
    spoken = [field for field in fields if field.spoken]
    return [
        (of, [_row(list(same)) for _, same in groupby(part, key=lambda field: (field.name, field.prose))])
        for of, part in groupby(spoken, key=lambda field: field.of)
    ]


def _row(same: list[TypedField]) -> SpokenRow:
    return SpokenRow(same[0].label, same)


def own_name(name: str) -> str:
    """A field's name without its form's prefix."""
    return name.partition("-")[2] or name


def known_marks() -> set[str]:
    return {mark for fields in declared(TypedFields) for mark in fields.marks}
