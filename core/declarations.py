"""What the installed apps say of themselves. Rooms collect by kind, and name no app.

An app's module ``declaration`` holds a list ``DECLARES``: pages, permissions, kinds of notices, jobs and so on. Each
kind is a class of the room that collects it, which asks ``declared(Kind)``.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any, TypeVar

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.core.signals import setting_changed
from django.utils.module_loading import module_has_submodule

MODULE = "declaration"

Kind = TypeVar("Kind")
Answer = TypeVar("Answer")
_remembered: list[Any] = []


def per_installation(function: Callable[..., Answer]) -> Callable[..., Answer]:
    """Remembers what a function answers for as long as the same apps are installed."""
    remembering = cache(function)
    _remembered.append(remembering)
    return remembering


@per_installation
def declared(kind: type[Kind]) -> tuple[Kind, ...]:
    """Everything of this kind that the installed apps declare, in the order in which they are installed."""
    return tuple(item for item in _everything() if isinstance(item, kind))


def named(kind: type[Kind]) -> dict[str, Kind]:
    """Everything of a kind by its name. ImproperlyConfigured where two apps declare one name: neither would know."""
    found: dict[str, Kind] = {}
    for item in declared(kind):
        name = item.name
        if name in found:
            raise ImproperlyConfigured(f"{kind.__name__} {name!r} is declared twice.")
        found[name] = item
    return found


@per_installation
def _everything() -> tuple[object, ...]:
    found: list[object] = []
    for app in apps.get_app_configs():
        if app.module is not None and module_has_submodule(app.module, MODULE):
            found += import_module(f"{app.name}.{MODULE}").DECLARES
    return tuple(found)


def _forget(setting: str, **signal: Any) -> None:
    """Other apps are installed now, as tests do it."""
    if setting == "INSTALLED_APPS":
        for remembering in _remembered:
            remembering.cache_clear()


setting_changed.connect(_forget)
