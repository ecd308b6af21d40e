"""The reference of the schema: a page of entity types and one for each relation, made of `schemas/`."""

from __future__ import annotations

from collections.abc import Iterator

from kg.schema import EntityType, Example, Frame, RelationType, Schema, load_schema

STATUS = {"actual": "사실", "planned": "예정", "possible": "가능", "denied": "부인", "ended": "종료"}
WIKIDATA = {"wd": "https://www.wikidata.org/wiki/", "wdt": "https://www.wikidata.org/wiki/Property:"}
"""Where people read of what an IRI of Wikidata names."""


def overview() -> str:
    """Return the page of all types in Markdown."""
    schema = load_schema()
    lines = [
        "# Types of entities and relations",
        "",
        "Made of `schemas/entities/*.yaml` and `schemas/relations/*.yaml`; `kg schema` prints the same in short. A "
        "relation joins entities of its domain to entities of its range, types below them included. Every relation has "
        "a [status](../concepts.md#status), and each is one `rdf:Statement` in [RDF](../rdf.md).",
        "",
        "## Relations",
        "",
        "| relation | 한국어 | from | to | |",
        "|---|---|---|---|---|",
    ]
    for name, kind in schema.relations.items():
        ways = "either way" if kind.symmetric else ""
        ends = " | ".join(", ".join(names) for names in (kind.domain, kind.range))
        lines.append(f"| [`{name}`]({name}.md) | {kind.labels.ko} | {ends} | {ways} |")
    lines += ["", "## Entities", "", "Described on [their page](entities.md).", ""]
    lines += [_branch(schema, kind, 0) for kind in schema.entities.values() if kind.parent is None]
    return "\n".join(lines) + "\n"


def _branch(schema: Schema, kind: EntityType, depth: int) -> str:
    below = [other for other in schema.entities.values() if other.parent == kind.name]
    line = f"{'    ' * depth}- [`{kind.name}`](entities.md#{kind.name}) {kind.labels.ko}, {kind.labels.en}"
    return "\n".join([line, *(_branch(schema, other, depth + 1) for other in below)])


def entities() -> str:
    """Return the page of the types of entities."""
    schema = load_schema()
    parts = [
        "# Types of entities",
        "Four top types a mention can have, and types below them that names, titles and endings show.",
    ]
    parts += [_entity(schema, kind) for top in _tops(schema) for kind in _below(schema, top)]
    return "\n\n".join(parts) + "\n"


def _tops(schema: Schema) -> list[EntityType]:
    return [kind for kind in schema.entities.values() if kind.parent is None]


def _below(schema: Schema, kind: EntityType) -> Iterator[EntityType]:
    yield kind
    for other in schema.entities.values():
        if other.parent == kind.name:
            yield from _below(schema, other)


def _entity(schema: Schema, kind: EntityType) -> str:
    out = [name for name, relation in schema.relations.items() if kind.name in relation.domain]
    into = [name for name, relation in schema.relations.items() if kind.name in relation.range]
    rows = [
        ("below", f"[`{kind.parent}`](#{kind.parent})" if kind.parent else ""),
        ("elsewhere", ", ".join(_elsewhere(schema, curie) for curie in kind.iris)),
        ("relations from it", _links(out)),
        ("relations to it", _links(into)),
        ("endings that show it", _some(kind.suffixes)),
    ]
    table = "\n".join(["| | |", "|---|---|", *(f"| {name} | {value} |" for name, value in rows if value)])
    return f"## {kind.name} {{ #{kind.name} }}\n\n**{kind.labels.ko}** · {kind.labels.en}\n\n{_told(kind)}\n\n{table}"


def _some(words: tuple[str, ...]) -> str:
    shown = ", ".join(words[:40])
    return f"{shown} … ({len(words)} in all)" if len(words) > 40 else shown


def _links(names: list[str]) -> str:
    return ", ".join(f"[`{name}`]({name}.md)" for name in names)


def relation(name: str) -> str:
    """Return the page of one type of relation."""
    schema = load_schema()
    kind = schema.relation(name)
    inverse = kind.inverse_labels
    rows = [
        ("from", _ends(kind.domain)),
        ("to", _ends(kind.range)),
        ("holds", "either way round" if kind.symmetric else "from the one to the other"),
        ("read backwards", f"{inverse.ko} · {inverse.en}" if inverse else ""),
        ("one object at a time", "yes" if kind.functional else ""),
        ("an act of one day", "yes" if kind.occasion else ""),
        ("as a deal it bears", ", ".join(kind.deal)),
        ("IRI", f"`https://w3id.org/korean-news-kg/schema#{name}`"),
        ("elsewhere", ", ".join(_elsewhere(schema, curie) for curie in kind.iris)),
        ("KLUE-RE", ", ".join(f"`{label}`" for label in kind.klue)),
    ]
    table = "\n".join(["| | |", "|---|---|", *(f"| {key} | {value} |" for key, value in rows if value)])
    parts = [f"# {name}", f"**{kind.labels.ko}** · {kind.labels.en}", _told(kind), table, *_examples(kind)]
    frames = [line for frame in kind.frames if (line := _frame(frame))]
    if frames:
        parts += ["## How Korean states it", "\n".join(frames)]
    return "\n\n".join(parts) + "\n"


def _told(kind: EntityType | RelationType) -> str:
    return f"{kind.description.ko}\n\n{kind.description.en}"


def _ends(names: tuple[str, ...]) -> str:
    return ", ".join(f"[`{name}`](entities.md#{name})" for name in names)


def _elsewhere(schema: Schema, curie: str) -> str:
    prefix, _, local = curie.partition(":")
    return f"[`{curie}`]({WIKIDATA.get(prefix) or schema.prefixes[prefix]}{local})"


def _examples(kind: RelationType) -> Iterator[str]:
    titles = {
        "positive": ("States it", "A test finds the relation in each of these sentences."),
        "wanted": ("States it, not found yet", "Sentences that extraction still misses."),
        "negative": ("Does not state it", "A test finds no such relation in these, between the ends given if any are."),
    }
    for key, (title, told) in titles.items():
        examples: tuple[Example, ...] = getattr(kind.examples, key)
        if examples:
            columns = ["sentence", "from", "to", *([] if key == "negative" else ["status", "role or date"])]
            rows = [_line(columns), _line(["---"] * len(columns))]
            rows += [_line(_cells(example)[: len(columns)]) for example in examples]
            yield f"## {title}\n\n{told}\n\n" + "\n".join(rows)


def _cells(example: Example) -> list[str]:
    status = f"{STATUS[example.status]} {example.status}"
    further = ", ".join(part for part in (example.role, example.date) if part)
    return [example.text.replace("|", "&#124;"), example.subject or "", example.object or "", status, further]


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _frame(frame: Frame) -> str:
    words = [*frame.nouns, *(f"{verb}다" for verb in frame.verbs), *frame.heads]
    light = f" with {', '.join(f'{verb}다' for verb in frame.light)}" if frame.light else ""
    status = f" → {frame.status}" if frame.status else ""
    return f"- {', '.join(words)}{light}{status}" if words else ""
