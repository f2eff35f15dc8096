"""Reviewed YAML files, checked field by field, and refused with file, field and reason."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError


class DefinitionsRefused(Exception):
    """The files can't be loaded; ``faults`` are lines of file, field and reason."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


# As safe as the other, and many times faster where the library was built with it.
SAFE_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _FieldTwice(Exception):
    """A field that stands twice in one place; its text is field and reason."""


class _OnceLoader(SAFE_LOADER):
    """Refuses a field that stands twice, of which the language would silently take the last."""

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:
        lines: dict[str, int] = {}
        for key, _ in node.value if isinstance(node, yaml.MappingNode) else ():
            name, line = str(key.value), key.start_mark.line + 1
            if name in lines:
                raise _FieldTwice(f"{name}: stands twice, in line {lines[name]} and in line {line}")
            lines[name] = line
        return super().construct_mapping(node, deep=deep)


M = TypeVar("M", bound=BaseModel)


class Strict(BaseModel):
    model_config = ConfigDict(
        extra="forbid", frozen=True, arbitrary_types_allowed=True, str_strip_whitespace=True
    )


def validated(path: Path, model: type[M]) -> M:
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=_OnceLoader)  # noqa: S506 - a safe one
    except _FieldTwice as error:
        raise DefinitionsRefused([f"{path.name}: {error}"]) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise DefinitionsRefused([f"{path.name}: not readable as YAML: {_one_line(error)}"]) from error
    if not isinstance(content, dict):
        raise DefinitionsRefused([f"{path.name}: expected fields and values at the top level"])
    try:
        return model.model_validate(content)
    except ValidationError as error:
        faults = []
        for item in error.errors():
            field = ".".join(str(part) for part in item["loc"]) or "whole file"
            faults.append(f"{path.name}: {field}: {item['msg'].removeprefix('Value error, ')}")
        raise DefinitionsRefused(faults) from error


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())
