"""The types of entities and relations, read from `schemas/*.yaml` into one frozen Schema."""

from __future__ import annotations

import hashlib
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kg import resources
from kg.errors import SchemaError, UnknownNameError
from kg.model import Status

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""LibYAML's where PyYAML was built with it, which takes a tenth of the time."""
_T = TypeVar("_T")
_Model = TypeVar("_Model", bound=BaseModel)

Role = Literal[
    "subject",
    "accusative",
    "comitative",
    "dative",
    "locative",
    "direction",
    "ablative",
    "genitive",
    "compound",
    "about",
    "agent",
    "modified",
    "quoted",
]
"""The roles of arguments: by particle, and subject (은/는/이/가 or dropped), compound (하만 인수), about (에 대한),
agent (에 의해, or who does a passive), modified (the noun after a relative clause),
quoted (the subject of the clause that is said)."""


DealPart = Literal["money", "share", "round", "item"]
"""What a sentence may say of a deal: a sum, a share in percent, a funding round, the thing bought or supplied."""


class _Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Labels(_Frozen):
    """A name of a type in Korean and English."""

    ko: str
    en: str


class Frame(_Frozen):
    """One way in which Korean states a relation.

    An *event* frame gives `nouns` (event nouns, used alone or with 하다/되다 or a verb of `light`) and
    `verbs` (lemmas); `subject` and `object` list the roles each end may stand in, best first. A
    *relational noun* frame gives `heads` (자회사, 개발사): "X의 자회사 Y", "Y는 X의 자회사"; `of` says
    which end X is. When `light` is given an event noun counts only under one of these verbs.
    """

    nouns: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    light: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    of: Literal["subject", "object"] | None = None
    subject: tuple[Role, ...] = ()
    object: tuple[Role, ...] = ()
    subject_types: tuple[str, ...] = ()
    object_types: tuple[str, ...] = ()
    """Narrower types the ends must have here (a FinancialInstitution as subject of 금융 협력)."""
    telic: bool = True
    """Whether the present tense announces (인수한다) rather than describes (보유한다)."""
    status: Status | None = None
    confidence: float = Field(default=0.8, ge=0, le=1)


class Example(_Frozen):
    """A sentence and the relation it states; `subject` and `object` are None in a negative example."""

    text: str
    subject: str | None = None
    object: str | None = None
    status: Status = "actual"
    role: str | None = None
    date: str | None = None


class Examples(_Frozen):
    """Sentences that state the relation, some of them not found yet (`wanted`), and ones that must not yield it.

    A test runs all three: a wanted sentence that is found belongs among the positive ones.
    """

    positive: tuple[Example, ...] = ()
    wanted: tuple[Example, ...] = ()
    negative: tuple[Example, ...] = ()


class EntityType(_Frozen):
    """A type of entity; `parent` None marks one of the four top types a mention can have."""

    name: str
    labels: Labels
    description: Labels
    parent: str | None = None
    iris: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()
    """Name endings that show the subtype (은행, 대학교), longest match first; top types have none."""


class RelationType(_Frozen):
    """A type of relation, what it may join, how it is named elsewhere and how Korean states it."""

    name: str
    labels: Labels
    description: Labels
    inverse_labels: Labels | None = None
    domain: tuple[str, ...]
    range: tuple[str, ...]
    symmetric: bool = False
    functional: bool = False
    occasion: bool = False
    """Whether it is an act of one day, which the day that the article speaks of dates when its clause does not."""
    deal: tuple[DealPart, ...] = ()
    """What a sentence may say of such a relation as a deal."""
    iris: tuple[str, ...] = ()
    """CURIEs of equivalent or broader properties elsewhere (wdt:P2652, schema:memberOf)."""
    klue: tuple[str, ...] = ()
    """KLUE-RE labels it corresponds to."""
    frames: tuple[Frame, ...] = ()
    examples: Examples = Examples()


class Schema(_Frozen):
    """All types by name, the prefixes of their IRIs and the hash of the files they came from."""

    entities: dict[str, EntityType]
    relations: dict[str, RelationType]
    prefixes: dict[str, str]
    hash: str

    def entity(self, name: str) -> EntityType:
        """Return the entity type of that name; raises UnknownNameError."""
        return _lookup("entity type", name, self.entities)

    def relation(self, name: str) -> RelationType:
        """Return the relation type of that name; raises UnknownNameError."""
        return _lookup("relation type", name, self.relations)

    def top(self, name: str) -> str:
        """Return the top type (Organization, Person, Place, Product) above an entity type."""
        found = self.entity(name)
        return found.name if found.parent is None else self.top(found.parent)

    @cached_property
    def symmetric(self) -> frozenset[str]:
        """The relations that hold either way round."""
        return frozenset(name for name, kind in self.relations.items() if kind.symmetric)

    def ordered(self, relation: str, subject: str, obj: str) -> tuple[str, str]:
        """Return the ends of a relation as it is kept: those of a symmetric one with the smaller id first."""
        return (obj, subject) if relation in self.symmetric and obj < subject else (subject, obj)

    def allows(self, relation: str, subject_type: str, object_type: str) -> bool:
        """Say whether a relation may join entities of these types, their top types considered."""
        kind = self.relation(relation)
        return bool({subject_type, self.top(subject_type)} & set(kind.domain)) and bool(
            {object_type, self.top(object_type)} & set(kind.range)
        )


def _lookup(kind: str, name: str, table: dict[str, _T]) -> _T:
    if name in table:
        return table[name]
    import difflib

    raise UnknownNameError(kind, name, difflib.get_close_matches(name, table, n=3, cutoff=0.4))


def _read(path: Path) -> object:
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)
    except (OSError, yaml.YAMLError) as error:
        raise SchemaError(f"{path}: not readable YAML ({error}); fix the file") from error


def _parse(path: Path, kind: type[_Model]) -> _Model:
    try:
        return kind.model_validate(_read(path))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise SchemaError(f"{path}: {where}: {first['msg']}; fix the file") from error


def _check(schema: Schema, folder: Path) -> None:
    for kind in schema.entities.values():
        if kind.parent is not None and kind.parent not in schema.entities:
            raise SchemaError(f"{folder}/entities/{kind.name}.yaml: parent {kind.parent!r} is no entity type")
    for relation in schema.relations.values():
        where = f"{folder}/relations/{relation.name}.yaml"
        for name in (*relation.domain, *relation.range):
            if name not in schema.entities:
                raise SchemaError(f"{where}: domain or range {name!r} is no entity type")
        if relation.symmetric and set(relation.domain) != set(relation.range):
            raise SchemaError(f"{where}: a symmetric relation needs the same domain and range")
    owners: list[EntityType | RelationType] = [*schema.entities.values(), *schema.relations.values()]
    for owner in owners:
        for curie in owner.iris:
            if curie.partition(":")[0] not in schema.prefixes:
                raise SchemaError(f"{folder}: {owner.name}: prefix of {curie!r} is not in prefixes.yaml")


def load_schema(folder: Path | None = None) -> Schema:
    """Return the Schema read from a folder laid out like `schemas/`, the shipped one by default.

    Raises SchemaError naming the file and key when one is wrong.
    """
    return _load(folder or resources.schemas())


@lru_cache(maxsize=4)
def _load(folder: Path) -> Schema:
    digest = hashlib.sha256()
    files = [*folder.glob("entities/*.yaml"), *folder.glob("relations/*.yaml"), folder / "prefixes.yaml"]
    for path in sorted(files):
        if path.is_file():
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    entities = {t.name: t for t in (_parse(p, EntityType) for p in sorted(folder.glob("entities/*.yaml")))}
    relations = {t.name: t for t in (_parse(p, RelationType) for p in sorted(folder.glob("relations/*.yaml")))}
    prefixes = _read(folder / "prefixes.yaml")
    if not isinstance(prefixes, dict) or not entities or not relations:
        raise SchemaError(f"{folder}: entities/, relations/ and prefixes.yaml must be there; is it a schemas folder?")
    schema = Schema(entities=entities, relations=relations, prefixes=prefixes, hash=digest.hexdigest()[:16])
    _check(schema, folder)
    return schema
