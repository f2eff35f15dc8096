"""How the API describes itself: each view's own parameters, and every way in which it refuses."""

from __future__ import annotations

from typing import Any

from drf_spectacular.openapi import AutoSchema

IN_WORDS = {"type": "object", "properties": {"detail": {"type": "string"}}, "required": ["detail"]}
BY_PARAMETER = {"type": "object", "additionalProperties": {"type": "array", "items": {"type": "string"}}}
REFUSALS: dict[str, tuple[str, dict[str, Any]]] = {
    "400": ("A parameter is unknown, repeated or wrong. Each stands with its name.", BY_PARAMETER),
    "401": ("Nobody is signed in, and there is no token that holds.", IN_WORDS),
    "403": ("The person's role doesn't open this.", IN_WORDS),
    "404": ("There is no such thing, or it isn't the person's to see.", IN_WORDS),
    "406": ("There is no such kind of file.", IN_WORDS),
    "429": ("Too many requests in a short time. Retry-After says how many seconds to wait.", IN_WORDS),
}


class Described(AutoSchema):
    """Reads what views declare; see kpis.api.parameters."""

    def get_override_parameters(self) -> list[Any]:
        return [parameter.described() for parameter in getattr(self.view, "parameters", ())]

    def get_operation(self, *args: Any, **kwargs: Any) -> dict[str, Any] | None:
        operation: dict[str, Any] | None = super().get_operation(*args, **kwargs)
        if operation is not None:
            for status, (words, shape) in REFUSALS.items():
                content = {"application/json": {"schema": shape}}
                operation["responses"].setdefault(status, {"description": words, "content": content})
        return operation
