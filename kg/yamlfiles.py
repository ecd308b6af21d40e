"""What is wrong with a YAML file of a user's, in plain words."""

from __future__ import annotations

from typing import Any

import yaml
from pydantic import ValidationError

_SAID = {
    "extra_forbidden": "no such setting",
    "missing": "missing",
    "model_type": "write settings with values below it, each on a line of its own",
    "model_attributes_type": "write settings with values below it, each on a line of its own",
    "list_type": "write a list, each entry on a line of its own after '- '",
    "string_type": "write text",
    "bool_type": "write true or false",
    "bool_parsing": "write true or false",
    "int_type": "write a whole number",
    "int_parsing": "write a whole number",
    "int_from_float": "write a whole number",
    "float_type": "write a number",
    "float_parsing": "write a number",
    "decimal_type": "write a number",
    "decimal_parsing": "write a number",
    "greater_than": "write a number above {gt}",
    "greater_than_equal": "write {ge} or more",
    "less_than_equal": "write {le} or less",
    "too_short": "write at least one",
    "string_too_short": "write text",
    "literal_error": "write {expected}",
    "string_pattern_mismatch": "not of the form that is expected",
}
"""What pydantic's errors mean, by their type, with the names of their contexts."""


def first_mistake(error: ValidationError) -> tuple[tuple[str, ...], str, str]:
    """Return where the first mistake is, its type and what to do, without the value, which may be secret.

    A setting that is not known comes first, as a misspelt one leaves another missing.
    """
    found = sorted(
        error.errors(include_input=False, include_url=False), key=lambda one: one["type"] != "extra_forbidden"
    )[0]
    context: dict[str, Any] = found.get("ctx", {})
    known = _SAID.get(found["type"])
    said = known.format(**context) if known else found["msg"].removeprefix("Value error, ")
    return tuple(str(part) for part in found["loc"]), found["type"], said


def not_yaml(error: yaml.YAMLError | UnicodeDecodeError) -> str:
    """Return in a line why a file is no YAML, and where."""
    if isinstance(error, UnicodeDecodeError):
        return "not in UTF-8"
    mark = getattr(error, "problem_mark", None)
    where = f"line {mark.line + 1}: " if mark is not None else ""
    said = getattr(error, "problem", None) or str(error)
    return f"not readable as YAML ({where}{' '.join(said.split())})"
