"""The form of an answer: its JSON Schema, and the items of an answer that keep to it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from kg.errors import ExtractionError
from kg.model import STATUSES
from kg.schema import Schema

_FENCE = re.compile(r"```(?:json)?[ \t]*\n(.*?)\n?```", re.DOTALL)
_THOUGHT = re.compile(r"\A\s*<think>.*?</think>", re.DOTALL)
"""What some models put before their answer where the endpoint leaves it in."""
LONGEST = 4000
"""Characters of an item that go into messages and the list of what was rejected."""


@dataclass(frozen=True, slots=True)
class NamedItem:
    """A name that an answer gives, as written in the text, and its type."""

    name: str
    type: str


@dataclass(frozen=True, slots=True)
class RelationItem:
    """A relation that an answer states; everything but type, status and date are words of the evidence."""

    type: str
    subject: str
    object: str
    evidence: str
    cue: str
    status: str
    date: str | None
    role: str | None
    amount: str | None
    stake: str | None
    round: str | None
    item: str | None
    speaker: str | None


REQUIRED = ("type", "subject", "object", "evidence", "cue", "status")


@dataclass(frozen=True, slots=True)
class Answer:
    """The items of an answer that keep to the form, and what does not, as given."""

    names: tuple[NamedItem, ...]
    relations: tuple[RelationItem, ...]
    malformed: tuple[str, ...]


def answer_form(schema: Schema) -> dict[str, Any]:
    """Return the JSON Schema of an answer, in the subset that strict structured output takes."""
    name = _object({"name": _text(), "type": {"type": "string", "enum": sorted(schema.entities)}})
    relation: dict[str, Any] = {
        "type": {"type": "string", "enum": sorted(schema.relations)},
        **{field: _text() for field in ("subject", "object", "evidence", "cue")},
        "status": {"type": "string", "enum": list(STATUSES)},
    }
    relation |= {field.name: {"type": ["string", "null"]} for field in fields(RelationItem)[len(REQUIRED) :]}
    lists = {"names": name, "relations": _object(relation)}
    return _object({key: {"type": "array", "items": items} for key, items in lists.items()})


def _text() -> dict[str, Any]:
    return {"type": "string"}


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def parse_answer(content: str) -> Answer:
    """Return the items of an answer, JSON alone or in one fence; raises ExtractionError when it is none."""
    found = _json(content)
    if not isinstance(found, dict) or not all(isinstance(found.get(key), list) for key in ("names", "relations")):
        raise ExtractionError("the answer is no JSON object with the lists names and relations")
    names: list[NamedItem] = []
    relations: list[RelationItem] = []
    malformed: list[str] = []
    for given in found["names"]:
        if _fits(given, {"name", "type"}, {"name", "type"}):
            names.append(NamedItem(**given))
        else:
            malformed.append(shown(given))
    known = {field.name for field in fields(RelationItem)}
    for given in found["relations"]:
        if _fits(given, known, set(REQUIRED)):
            relations.append(RelationItem(**{**dict.fromkeys(known), **given}))
        else:
            malformed.append(shown(given))
    return Answer(tuple(names), tuple(relations), tuple(malformed))


def shown(item: object) -> str:
    """Return an item as one line of ASCII JSON, cut off where it is long."""
    return json.dumps(item, sort_keys=True)[:LONGEST]


def _fits(item: object, known: set[str], required: set[str]) -> bool:
    """Say whether an item has the keys of the form and no others, and texts in them that no line break splits."""
    if not isinstance(item, Mapping) or not required <= item.keys() <= known:
        return False
    return all(isinstance(value, str) or (value is None and key not in required) for key, value in item.items())


def _json(content: str) -> object:
    content = _THOUGHT.sub("", content)
    for text in (content, *(_FENCE.findall(content) if content.count("```") == 2 else ())):
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            continue
    raise ExtractionError("the answer is no JSON")
