"""The entries of `corrections.yaml`: what a person says of the graph, in the order to be replayed.

```yaml
- merge: [e0a…, e1b…]                                # one thing; keeps the first's id, or that of `into`
- split: {entity: e0a…, articles: [news-7]}          # what these articles mean by it is another thing
- distinct: [e0a…, e2c…]                             # two things, whatever they are called
- rename: {entity: e0a…, name: 카카오}                # the old name stays an alias
- retype: {entity: e0a…, subtype: NewsMedia}         # or type: Place
- retract: {type: acquires, subject: e0a…, object: e2c…}   # further: status, article
  note: the paper took it back on 5 March            # note, by and date are for people
```
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from kg.errors import FormatError, InputError, UnknownNameError
from kg.model import Status, content_id
from kg.schema import Schema, load_schema

KINDS = ("merge", "split", "distinct", "rename", "retype", "retract")
EntityId = Annotated[str, Field(strict=True, pattern=r"^e[0-9a-f]{16}$")]
Words = Annotated[str, Field(strict=True, min_length=1)]


def _shows(name: str) -> str:
    """Return a name without blanks around it; raises ValueError where nothing or more than letters is left."""
    if not name.strip() or not name.isprintable():
        raise ValueError("a name has letters, and no line breaks or other signs that do not print")
    return name.strip()


Name = Annotated[str, Field(strict=True), AfterValidator(_shows)]


SAID = {
    "extra_forbidden": "no such key",
    "missing": "missing",
    "model_type": "write keys with values, like `merge: [ID, ID]`",
    "string_pattern_mismatch": "an id is e and 16 of 0-9 and a-f",
    "string_type": "write text",
    "too_long": "too many",
    "too_short": "too few",
    "tuple_type": "write a list, like [ID, ID]",
}
"""What pydantic's errors mean here, by their type."""


class _Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Split(_Frozen):
    """What some articles mean by an entity becomes one of its own."""

    entity: EntityId
    articles: Annotated[tuple[Words, ...], Field(min_length=1)]

    @property
    def id(self) -> str:
        """The id of the new entity: a hash of the entry as written, so that no later build changes it."""
        return "e" + content_id("split", self.entity, *sorted(set(self.articles)))


class Rename(_Frozen):
    """An entity's name."""

    entity: EntityId
    name: Name


class Retype(_Frozen):
    """An entity's top type, or its subtype and with it the top type above."""

    entity: EntityId
    type: Words | None = None
    subtype: Words | None = None

    @model_validator(mode="after")
    def _some(self) -> Retype:
        if self.type is None and self.subtype is None:
            raise ValueError("give a type or a subtype")
        return self


class Retract(_Frozen):
    """A relation that does not hold: in every status unless one is given, by every article unless one is."""

    type: Words
    subject: EntityId
    object: EntityId
    status: Status | None = None
    article: Words | None = None


class Entry(_Frozen):
    """One correction, of exactly one kind."""

    merge: Annotated[tuple[EntityId, ...], Field(min_length=2)] | None = None
    into: EntityId | None = None
    split: Split | None = None
    distinct: tuple[EntityId, EntityId] | None = None
    rename: Rename | None = None
    retype: Retype | None = None
    retract: Retract | None = None
    note: Words | None = None
    by: Words | None = None
    date: datetime.date | Words | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> Entry:
        kinds = [kind for kind in KINDS if getattr(self, kind) is not None]
        if len(kinds) != 1:
            raise ValueError(f"give exactly one of {', '.join(KINDS)}")
        if self.into is not None and self.into not in (self.merge or ()):
            raise ValueError("`into` is one of the ids that `merge` lists")
        for ids in (self.merge, self.distinct):
            if ids is not None and len(set(ids)) < len(ids):
                raise ValueError("the same id stands twice")
        return self

    @property
    def kind(self) -> str:
        """Which of KINDS it is."""
        return next(kind for kind in KINDS if getattr(self, kind) is not None)

    @property
    def merged(self) -> tuple[str, ...]:
        """The ids to merge, the one that stays first."""
        ids = self.merge or ()
        kept = ids[0] if self.into is None and ids else self.into
        return tuple(sorted(ids, key=lambda one: one != kept))

    @property
    def ids(self) -> tuple[str, ...]:
        """Every entity id it names."""
        ends = (self.retract.subject, self.retract.object) if self.retract else ()
        named = [part.entity for part in (self.split, self.rename, self.retype) if part is not None]
        return (*(self.merge or ()), *(self.distinct or ()), *named, *ends)


class Corrections(_Frozen):
    """The entries of a file in its order; `Corrections()` is empty. `source` names the file in errors."""

    entries: tuple[Entry, ...] = ()
    source: str = "corrections.yaml"

    def __bool__(self) -> bool:
        return bool(self.entries)


class _Loader(yaml.SafeLoader):
    """Refuses a key that stands twice, of which YAML would keep the last: two entries that lack a `- ` between."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """Return the mapping of a node."""
        seen = set()
        for key in (key for key, _ in node.value if isinstance(key, yaml.ScalarNode)):
            if key.value in seen:
                problem = f"{key.value} stands twice; each entry begins with '- '"
                raise yaml.constructor.ConstructorError(problem=problem, problem_mark=key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def read_corrections(path: Path, schema: Schema | None = None) -> Corrections:
    """Return the corrections of a file, none where there is no such file.

    Raises FormatError for a file that cannot be read as corrections, and InputError for a type the schema lacks or an
    entry that contradicts one before it; both name the file and the entry.
    """
    if not path.exists():
        return Corrections()
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FormatError(f"{path}: not readable as UTF-8 text ({error}); mend the file or take it away") from error
    return parse_corrections(text, str(path), schema)


def parse_corrections(text: str, source: str, schema: Schema | None = None) -> Corrections:
    """Return the corrections of a text; `source` names it in errors, those of read_corrections."""
    try:
        rows = yaml.load(text, _Loader)
    except yaml.MarkedYAMLError as error:
        at = error.problem_mark or error.context_mark
        where = f"line {at.line + 1}, column {at.column + 1}: " if at else ""
        raise FormatError(f"{source}: not readable YAML ({where}{error.problem}); mend the file") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:  # YAML makes dates, and raises for 2025-02-30
        said = " ".join(str(error).split())
        raise FormatError(f"{source}: not readable YAML ({said}); mend the file, dates in it too") from error
    if rows is None:
        return Corrections()
    if not isinstance(rows, list):
        raise FormatError(f"{source}: write a list, each entry beginning with '- merge:', '- split:' and so on")
    entries = tuple(_entry(row, f"{source}: entry {number}") for number, row in enumerate(rows, 1))
    _check_names(entries, source, schema or load_schema())
    _check_agreement(entries, source)
    return Corrections(entries=entries, source=source)


def _entry(row: Any, where: str) -> Entry:
    try:
        return Entry.model_validate(row)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        hint = "an id is what `kg entities` prints; a number must stand in quotes"
        said = SAID.get(first["type"]) or first["msg"].removeprefix("Value error, ")
        raise FormatError(f"{where}: {place + ': ' if place else ''}{said}; mend it ({hint})") from error


def _check_names(entries: Sequence[Entry], source: str, schema: Schema) -> None:
    for number, entry in enumerate(entries, 1):
        try:
            if entry.retract is not None:
                schema.relation(entry.retract.type)
            if entry.retype is not None:
                kind_of(entry.retype, schema)
        except (UnknownNameError, InputError) as error:
            raise InputError(f"{source}: entry {number} ({entry.kind}): {error}; mend it") from error


def kind_of(retype: Retype, schema: Schema) -> tuple[str, str | None]:
    """Return the top type and subtype that an entry gives; raises UnknownNameError and InputError."""
    given = retype.subtype or retype.type or ""
    top = schema.top(given)
    if retype.type is not None and schema.entity(retype.type).name != top:
        raise InputError(f"{retype.type} lies below {schema.top(retype.type)}; give a top type, or it as `subtype`")
    return top, None if given == top else given


def _check_agreement(entries: Sequence[Entry], source: str) -> None:
    """Raise InputError for an entry that undoes or repeats one before it, by the ids as written."""
    groups: dict[str, frozenset[str]] = {}
    apart: list[tuple[str, str, int]] = []
    gone: dict[str, int] = {}
    taken: dict[tuple[str, str], int] = {}

    def fail(number: int, problem: str, other: int) -> None:
        kind = entries[number - 1].kind
        raise InputError(f"{source}: entry {number} ({kind}): {problem} by entry {other}; take one of them out")

    def one(ids: Iterable[str]) -> frozenset[str]:
        return frozenset().union(*(groups.get(i, frozenset({i})) for i in ids))

    for number, entry in enumerate(entries, 1):
        if entry.merge is not None:
            sizes = sum(len(one([i])) for i in entry.merge)
            joined = one(entry.merge)
            if sizes > len(joined):
                first = next(n for n, e in enumerate(entries, 1) if len(joined.intersection(e.merge or ())) > 1)
                fail(number, "these are one already", first)
            for left, right, other in apart:
                if {left, right} <= joined:
                    fail(number, f"{left} and {right} are kept apart", other)
            groups |= dict.fromkeys(joined, joined)
            gone |= dict.fromkeys(entry.merged[1:], number)
        if entry.distinct is not None:
            if entry.distinct[1] in one(entry.distinct[:1]):
                first = next(n for n, e in enumerate(entries, 1) if e.merge and one(e.merge) == one(entry.distinct))
                fail(number, "these are merged", first)
            apart.append((*entry.distinct, number))
        if entry.split is not None:
            if entry.split.entity in gone:
                fail(number, f"{entry.split.entity} is merged into another", gone[entry.split.entity])
            for article in entry.split.articles:
                if (before := taken.setdefault((entry.split.entity, article), number)) != number:
                    fail(number, f"article {article} is split off", before)
            apart.append((entry.split.entity, entry.split.id, number))
