"""The scripts and the README beside the CSV files for Neo4j."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

ARRAY = "\x1f"
"""Between the parts of a list: the unit separator, which stands in no name."""
_UNQUOTED = {":long": "toInteger({})", ":double": "toFloat({})", ":string[]": "split({}, '\\u001F')"}
Files = Mapping[str, Mapping[str, str]]

README = """# The graph for Neo4j (5.26 or later)

`sh import.sh [DATABASE]` fills a new or stopped database with `neo4j-admin database import full`. For a running one,
copy the CSV files into its import folder and run `cypher-shell -f load.cypher`; that can be repeated. LOAD CSV reads a
backslash before a quotation mark as part of the text only with `db.import.csv.legacy_quote_escaping=false`.

- `(:Entity)` has a second label for its type and a third for its subtype: `(:Entity:Organization:Company)`.
- A relationship of what is actual has the type of its relation, `ACQUIRES`; anything else has its status in the type:
  `ACQUIRES_PLANNED`, `_POSSIBLE`, `_DENIED`, `_ENDED`. `relation` and `status` say the same as properties.
- `(:Evidence)` is one quoted sentence: its `relation` is the `id` of the relationship; it is `FROM_ARTICLE` and
  `ABOUT_SUBJECT`, `ABOUT_OBJECT`. `(:Article)-[:MENTIONS]->(:Entity)`, `(:Article)-[:COPY_OF]->(:Article)`.

```cypher
MATCH (a:Entity)-[r:ACQUIRES|INVESTS_IN]->(b:Entity)
MATCH (e:Evidence {relation: r.id})-[:FROM_ARTICLE]->(article)
RETURN a.name, type(r), b.name, e.text, article.title;
```
"""


def import_script(files: Files, nodes: Iterable[str]) -> str:
    """Return import.sh, which calls neo4j-admin with all files."""
    nodes = tuple(nodes)
    lines = ['cd "$(dirname "$0")"', 'neo4j-admin database import full "${1:-neo4j}" \\']
    lines += ["  --array-delimiter=U+001F --multiline-fields=true --overwrite-destination=true \\"]
    lines += [f"  --nodes={name}.csv \\" for name in nodes]
    lines += [f"  --relationships={name}.csv \\" for name in files if name not in nodes]
    return "#!/bin/sh\nset -e\n" + "\n".join(lines).removesuffix(" \\") + "\n"


def load_script(files: Files, nodes: Iterable[str]) -> str:
    """Return load.cypher: constraints, then each file, so that what is there already is brought up to date."""
    nodes = tuple(nodes)
    labels = {name: _space(files[name]["id"]) for name in nodes}
    constraints = [
        f"CREATE CONSTRAINT {name}_id IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE;"
        for name, label in labels.items()
    ]
    constraints += ["CREATE INDEX evidence_relation IF NOT EXISTS FOR (n:Evidence) ON (n.relation);"]
    constraints += ["CREATE INDEX entity_name IF NOT EXISTS FOR (n:Entity) ON (n.name);"]
    loaded = [_nodes(name, label, files[name]) for name, label in labels.items()]
    loaded += [_relationships(name, columns) for name, columns in files.items() if name not in nodes]
    return "\n".join(constraints) + "\n\n" + "\n".join(loaded)


def _nodes(name: str, label: str, columns: Mapping[str, str]) -> str:
    first, labels, *rest = columns.values()
    return _load(
        name,
        f"MERGE (n:{label} {{id: {_field(first)}}})",
        f"SET n:$(split({_field(labels)}, '\\u001F'))",
        f"SET n += {{{', '.join(_properties(rest))}}}",
    )


def _relationships(name: str, columns: Mapping[str, str]) -> str:
    start, end, type, *rest = columns.values()
    own = next((column for column in rest if column == "id"), None)
    key = f" {{id: {_field(own)}}}" if own else ""
    steps = [
        f"MATCH (a:{_space(start)} {{id: {_field(start)}}})",
        f"MATCH (b:{_space(end)} {{id: {_field(end)}}})",
        f"MERGE (a)-[r:$({_field(type)}){key}]->(b)",
    ]
    rest = [column for column in rest if column != own]
    steps += [f"SET r += {{{', '.join(_properties(rest))}}}"] if rest else []
    return _load(name, *steps)


def _load(name: str, *steps: str) -> str:
    body = "\n".join(f"  {step}" for step in steps)
    return (
        f"LOAD CSV WITH HEADERS FROM 'file:///{name}.csv' AS row\n"
        f"CALL (row) {{\n{body}\n}} IN TRANSACTIONS OF 10000 ROWS;\n"
    )


def _properties(columns: Iterable[str]) -> Iterator[str]:
    for column in columns:
        name, colon, kind = column.partition(":")
        yield f"{name}: {_UNQUOTED.get(colon + kind, '{}').format(_field(column))}"


def _field(column: str) -> str:
    return f"row.`{column}`"


def _space(column: str) -> str:
    """Return the label of the nodes that a column names: that of its id space."""
    return column.partition("(")[2].rstrip(")")
