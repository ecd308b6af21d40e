"""SHACL shapes for an export, from the same tables as the writers and the types in YAML.

Each property has a shape of its own with its own target and message: engines check one property over all things of a
class at a stretch, which takes pySHACL a tenth of the time that properties nested in a node shape take. Whatever the
shape, it looks no further than the links of the thing it is about, and back along them, so a large graph can be
validated in parts (`kg.triplestore.validation`).
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.export.shaperules import rules
from kg.export.vocabulary import CARRIED, PROPERTIES, STANDARD, STATUS_LABELS, Names, Property, names
from kg.model import STATUSES
from kg.schema import EntityType, RelationType, Schema

_WHOLE = "0|[1-9][0-9]*"
_VALUES = {
    "iri": ("an IRI", "sh:nodeKind sh:IRI"),
    "text": ("a text with a language tag", "sh:datatype rdf:langString"),
    "string": ("a plain string", "sh:datatype xsd:string"),
    "integer": (
        "an xsd:integer of at least 0, without leading zeros",
        f'sh:datatype xsd:integer ; sh:pattern "^({_WHOLE})$"',
    ),
    "share": (
        "an xsd:decimal of 0 to 1, without trailing zeros",
        r'sh:datatype xsd:decimal ; sh:pattern "^(0|1|0\\.[0-9]*[1-9])$"',
    ),
    "percent": (
        "an xsd:decimal of 0 to 100, without trailing zeros",
        rf'sh:datatype xsd:decimal ; sh:maxInclusive 100 ; sh:pattern "^({_WHOLE})(\\.[0-9]*[1-9])?$"',
    ),
    "date": ("a date", "sh:nodeKind sh:Literal"),
}
"""What a value of each kind is in words, and the constraints that say so; DateShape has the datatypes of dates."""
_FURTHER = {
    "currency": ('sh:pattern "^[A-Z]{3}$"',),
    "schemaHash": ('sh:pattern "^[0-9a-f]+$"',),
    "sha256": ('sh:pattern "^[0-9a-f]{64}$"',),
}
"""What else our own properties keep."""
_DATES = ("kg:date", "kg:lastDate", "schema:datePublished")
_DATE_KINDS = ("date", "gYearMonth", "gYear", "dateTime")
_SEGMENT = "[A-Za-z0-9._~%-]+"
_CLOSED = {
    "kg:Entity": f"[/#]ent/{_SEGMENT}$",
    "schema:NewsArticle": f"[/#]doc/{_SEGMENT}$",
    "rdf:Statement": f"[/#]stmt/{_SEGMENT}$",
    "kg:Evidence": "[/#]ev/[0-9a-f]+$",
    "oa:TextPositionSelector": "[/#]ev/[0-9a-f]+-s$",
    "prov:SoftwareAgent": f"[/#]agent/{_SEGMENT}$",
    "schema:Dataset": "[/#]graph/meta$",
}
"""The pattern of the IRIs of each class."""


def shapes_turtle(schema: Schema) -> str:
    """Return the SHACL shapes graph for exports with this schema."""
    vocabulary = names(schema)
    parts = [
        _prefixes(schema, vocabulary),
        _typed(schema),
        *(_closed(schema, one) for one in _CLOSED),
        *(_own(found, domain) for domain in CARRIED for found in PROPERTIES if domain in found.domain),
        *_entity(vocabulary),
        *(_types(schema, schema.entities[name]) for name in sorted(schema.entities)),
        *_article(),
        *_statement(schema),
        *_evidence(),
        *_selector(),
        *_agent(),
        _dataset(),
        _dates(),
        *(_ends(schema.relations[name]) for name in sorted(schema.relations)),
        *rules(schema),
    ]
    return "\n".join(parts)


def _prefixes(schema: Schema, vocabulary: Names) -> str:
    used = {*STANDARD, "kg", *(curie.partition(":")[0] for kind in schema.entities.values() for curie in kind.iris)}
    wanted = {prefix: vocabulary.prefixes[prefix] for prefix in used - {"wd"}}
    head = "".join(
        f"@prefix {prefix}: <{namespace}> .\n"
        for prefix, namespace in sorted({**wanted, "sh": "http://www.w3.org/ns/shacl#"}.items())
    )
    declared = " ,\n        ".join(
        f'[ sh:prefix "{prefix}" ; sh:namespace "{wanted[prefix]}"^^xsd:anyURI ]'
        for prefix in ("kg", "oa", "prov", "rdf", "schema", "xsd")
    )
    return f"{head}\nkg:Prefixes sh:declare\n        {declared} .\n"


def _shape(name: str, kind: str, *constraints: str) -> str:
    return f"kg:{name} a sh:{kind} ;\n    " + " ;\n    ".join(constraints) + " .\n"


def _property(target: str, path: str, message: str, *constraints: str, name: str | None = None) -> str:
    """Return the shape of one property of one class."""
    title = f"{target.partition(':')[2]}-{name or path.partition(':')[2]}"
    said = f'sh:message "{path if name is None else name}: {message}"@en'
    return _shape(title, "PropertyShape", f"sh:targetClass {target} ; sh:path {path}", *constraints, said)


def _kind(target: str, path: str, kind: str, *constraints: str, needed: bool = False, many: bool = False) -> str:
    """Return the shape of a property whose values are of one kind, and how many they may be."""
    words, values = _VALUES[kind]
    counts = ["sh:minCount 1"] * needed + ["sh:maxCount 1"] * (not many)
    often = {(True, False): "exactly one, ", (True, True): "one or more, each ", (False, False): "one at most, "}
    return _property(target, path, often.get((needed, many), "") + words, *counts, values, *constraints)


def _own(found: Property, domain: str) -> str:
    return _kind(domain, f"kg:{found.name}", found.kind, *_FURTHER.get(found.name, ()), needed=found.required, many=found.many)


def _entity(vocabulary: Names) -> list[str]:
    one, wikidata = "kg:Entity", f"^{vocabulary.prefixes['wd']}Q[1-9][0-9]*$"
    tagged = 'sh:languageIn ( "ko" "en" )'
    return [
        _kind(one, "rdfs:label", "text", "sh:minLength 1", tagged, "sh:equals skos:prefLabel", needed=True),
        _kind(one, "skos:prefLabel", "text", "sh:minLength 1", tagged, needed=True),
        _kind(one, "skos:altLabel", "text", tagged, "sh:disjoint skos:prefLabel", many=True),
        _kind(one, "schema:identifier", "string", needed=True),
        _kind(one, "schema:tickerSymbol", "string", 'sh:pattern "^X[A-Z]{3} "', many=True),
        _kind(one, "skos:exactMatch", "iri", f'sh:pattern "{wikidata}"', many=True),
        _kind(one, "owl:sameAs", "iri", 'sh:pattern "[/#]ent/"', many=True),
        _property(
            one,
            "kg:mentionedIn",
            "one or more, each an article of the file",
            "sh:minCount 1 ; sh:class schema:NewsArticle",
            name="named-there",
        ),
    ]


def _article() -> list[str]:
    one = "schema:NewsArticle"
    return [
        _kind(one, "schema:identifier", "string", needed=True),
        _kind(one, "schema:inLanguage", "string", needed=True),
        _kind(one, "schema:headline", "text"),
        _kind(one, "schema:datePublished", "date"),
        _kind(one, "schema:publisher", "text"),
        _property(one, "schema:url", "one at most", "sh:maxCount 1"),
        _kind(one, "schema:isBasedOn", "iri", "sh:class schema:NewsArticle"),
    ]


def _statement(schema: Schema) -> list[str]:
    one = "rdf:Statement"
    predicates = " ".join(f"kg:{name}" for name in sorted(schema.relations))
    statuses = " ".join(f"kg:{name}" for name in STATUSES if name in STATUS_LABELS)
    needed = "sh:minCount 1 ; sh:maxCount 1"
    return [
        _property(one, "rdf:subject", "exactly one, an entity of the file", needed, "sh:class kg:Entity"),
        _property(one, "rdf:object", "exactly one, an entity of the file", needed, "sh:class kg:Entity"),
        _property(one, "rdf:predicate", "exactly one, a relation type", needed, f"sh:in ( {predicates} )"),
        _property(one, "kg:status", "one of the five", f"sh:in ( {statuses} )", name="status-known"),
        _property(one, "kg:evidence", "evidence of the file", "sh:class kg:Evidence", name="evidence-there"),
        _property(
            one, "kg:sources", "no more than kg:articles", "sh:lessThanOrEquals kg:articles", name="sources-of-articles"
        ),
    ]


def _evidence() -> list[str]:
    one, needed = "kg:Evidence", "sh:minCount 1 ; sh:maxCount 1"
    return [
        _property(one, "oa:hasSource", "exactly one, an article of the file", needed, "sh:class schema:NewsArticle"),
        _property(one, "oa:hasSelector", "exactly one, a selector", needed, "sh:class oa:TextPositionSelector"),
        _property(
            one,
            "prov:wasAttributedTo",
            "one at most, software of the file",
            "sh:maxCount 1",
            "sh:class prov:SoftwareAgent",
        ),
        _property(one, "kg:cueStart", "before kg:cueEnd", "sh:lessThan kg:cueEnd", name="cue-forward"),
        _property(
            one,
            "( oa:hasSelector oa:start )",
            "the cue begins inside its sentence",
            "sh:lessThanOrEquals kg:cueStart",
            name="cue-after-start",
        ),
        _property(one, "[ sh:inversePath kg:evidence ]", "of exactly one statement", needed, name="of-statement"),
    ]


def _selector() -> list[str]:
    one = "oa:TextPositionSelector"
    return [
        _kind(one, "oa:exact", "text", "sh:minLength 1"),
        _kind(one, "oa:start", "integer", "sh:lessThan oa:end", needed=True),
        _kind(one, "oa:end", "integer", needed=True),
        _property("oa:TextQuoteSelector", "oa:exact", "there are words to quote", "sh:minCount 1"),
        _property(
            one,
            "( [ sh:inversePath oa:hasSelector ] kg:cueEnd )",
            "the cue ends inside its sentence",
            "sh:lessThanOrEquals oa:end",
            name="cue-before-end",
        ),
        _property(
            one,
            "[ sh:inversePath oa:hasSelector ]",
            "of exactly one piece of evidence",
            "sh:minCount 1 ; sh:maxCount 1",
            name="of-evidence",
        ),
    ]


def _agent() -> list[str]:
    one = "prov:SoftwareAgent"
    return [
        _kind(one, "rdfs:label", "text", "sh:minLength 1", needed=True),
        _kind(one, "schema:identifier", "string", needed=True),
        _kind(one, "schema:softwareVersion", "string"),
    ]


def _dataset() -> str:
    return _shape(
        "Dataset-one",
        "PropertyShape",
        "sh:targetNode schema:Dataset ; sh:path [ sh:inversePath rdf:type ]",
        "sh:minCount 1 ; sh:maxCount 1",
        'sh:message "a file has exactly one schema:Dataset"@en',
    )


def _dates() -> str:
    """Return the shape of the dates themselves: each distinct one is looked at once, however often it stands."""
    kinds = " ".join(f"[ sh:datatype xsd:{kind} ]" for kind in _DATE_KINDS)
    words = ", ".join(f"xsd:{kind}" for kind in _DATE_KINDS[:-1]) + f" or xsd:{_DATE_KINDS[-1]}"
    return _shape(
        "DateShape",
        "NodeShape",
        f"sh:targetObjectsOf {', '.join(_DATES)}",
        f"sh:or ( {kinds} )",
        f'sh:message "{", ".join(_DATES)}: {words}"@en',
    )


def _typed(schema: Schema) -> str:
    """Return the shape that whatever has a property of exports has classes, and known ones.

    rdf:type and rdfs:label alone say nothing: an ontology beside the data has them too.
    """
    known = [*CARRIED, "oa:SpecificResource", "oa:TextQuoteSelector"]
    known += [term for name in schema.entities for term in _classes(schema, name)]
    said = sorted({path for paths in CARRIED.values() for path in paths} - {"rdfs:label"})
    said += [f"kg:{name}" for name in sorted([*schema.relations, *(found.name for found in PROPERTIES)])]
    return _shape(
        "TypedShape",
        "PropertyShape",
        f"sh:targetSubjectsOf {', '.join(said)} ; sh:path rdf:type",
        "sh:minCount 1",
        f"sh:in ( {' '.join(sorted(set(known)))} )",
        'sh:message "rdf:type: one or more, each a class that exports have"@en',
    )


def _closed(schema: Schema, one: str) -> str:
    """Return the shape of the things of a class themselves: their IRIs, and which properties they may have."""
    paths = [*CARRIED[one], *(f"kg:{found.name}" for found in PROPERTIES if one in found.domain)]
    paths += [f"kg:{name}" for name in sorted(schema.relations)] if one == "kg:Entity" else []
    return _shape(
        f"{one.partition(':')[2]}Shape",
        "NodeShape",
        f"sh:targetClass {one}",
        f'sh:nodeKind sh:IRI ; sh:pattern "{_CLOSED[one]}"',
        f"sh:closed true ; sh:ignoredProperties ( {' '.join(sorted({'rdf:type', *paths}))} )",
        f'sh:message "{one}: an IRI of its folder, and no property that exports do not have"@en',
    )


def _classes(schema: Schema, name: str) -> list[str]:
    """Return the classes of an entity type and all above it, ours and public ones."""
    found, kind = ["kg:Entity"], schema.entities[name]
    while True:
        found += [f"kg:{kind.name}", *(curie for curie in kind.iris if not curie.startswith("wd:"))]
        if kind.parent is None:
            return sorted(set(found))
        kind = schema.entities[kind.parent]


def _types(schema: Schema, found: EntityType) -> str:
    """Return the shape of the classes beside an entity type: those above it, and none but those above and below."""
    above = _classes(schema, found.name)
    below = [one for name in schema.entities for one in _classes(schema, name) if _is_below(schema, name, found.name)]
    return _property(
        f"kg:{found.name}",
        "rdf:type",
        "all classes above it, no class that excludes it",
        f"sh:hasValue {', '.join(above)}",
        f"sh:in ( {' '.join(sorted({*above, *below}))} )",
        name="classes",
    )


def _is_below(schema: Schema, name: str | None, top: str) -> bool:
    while name is not None and name != top:
        name = schema.entities[name].parent
    return name == top


def _ends(found: RelationType) -> str:
    """Return the shape that a relation's ends are of the types it may join, planned or denied too."""
    ends = [
        f"sh:property [\n        sh:path {path} ; {_one_of(types)} ;\n"
        f'        sh:message "{path}: kg:{found.name} joins {", ".join(types)} here"@en ]'
        for path, types in (("rdf:subject", found.domain), ("rdf:object", found.range))
    ]
    return _shape(
        f"{found.name}-ends",
        "PropertyShape",
        f"sh:targetNode kg:{found.name} ; sh:path [ sh:inversePath rdf:predicate ]",
        *ends,
    )


def _one_of(types: Iterable[str]) -> str:
    classes = [f"sh:class kg:{name}" for name in types]
    return classes[0] if len(classes) == 1 else f"sh:or ( {' '.join(f'[ {one} ]' for one in classes)} )"
