"""SHACL shapes for an export, from the same tables as the writers and the types in YAML.

Each property has a shape of its own with its own target and message: engines check one property over all things of a
class at a stretch, which takes pySHACL a tenth of the time that properties nested in a node shape take. Whatever the
shape, it looks no further than the links of the thing it is about, and back along them, so a large graph can be
validated in parts (`kg.triplestore.validation`).
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.export.shapeforms import own_shape, property_shape, shape, value_shape
from kg.export.shaperules import rules
from kg.export.vocabulary import CARRIED, PROPERTIES, STANDARD, STATUS_LABELS, Names, names
from kg.model import STATUSES
from kg.schema import EntityType, RelationType, Schema

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
        *(own_shape(found, domain) for domain in CARRIED for found in PROPERTIES if domain in found.domain),
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


def _entity(vocabulary: Names) -> list[str]:
    one, wikidata = "kg:Entity", f"^{vocabulary.prefixes['wd']}Q[1-9][0-9]*$"
    tagged = 'sh:languageIn ( "ko" "en" )'
    return [
        value_shape(one, "rdfs:label", "text", "sh:minLength 1", tagged, "sh:equals skos:prefLabel", needed=True),
        value_shape(one, "skos:prefLabel", "text", "sh:minLength 1", tagged, needed=True),
        value_shape(one, "skos:altLabel", "text", tagged, "sh:disjoint skos:prefLabel", many=True),
        value_shape(one, "schema:identifier", "string", needed=True),
        value_shape(one, "schema:tickerSymbol", "string", 'sh:pattern "^X[A-Z]{3} "', many=True),
        value_shape(one, "skos:exactMatch", "iri", f'sh:pattern "{wikidata}"', many=True),
        value_shape(one, "owl:sameAs", "iri", 'sh:pattern "[/#]ent/"', many=True),
        property_shape(
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
        value_shape(one, "schema:identifier", "string", needed=True),
        value_shape(one, "schema:inLanguage", "string", needed=True),
        value_shape(one, "schema:headline", "text"),
        value_shape(one, "schema:datePublished", "date"),
        value_shape(one, "schema:publisher", "text"),
        property_shape(one, "schema:url", "one at most", "sh:maxCount 1"),
        value_shape(one, "schema:isBasedOn", "iri", "sh:class schema:NewsArticle"),
    ]


def _statement(schema: Schema) -> list[str]:
    one = "rdf:Statement"
    predicates = " ".join(f"kg:{name}" for name in sorted(schema.relations))
    statuses = " ".join(f"kg:{name}" for name in STATUSES if name in STATUS_LABELS)
    needed = "sh:minCount 1 ; sh:maxCount 1"
    return [
        property_shape(one, "rdf:subject", "exactly one, an entity of the file", needed, "sh:class kg:Entity"),
        property_shape(one, "rdf:object", "exactly one, an entity of the file", needed, "sh:class kg:Entity"),
        property_shape(one, "rdf:predicate", "exactly one, a relation type", needed, f"sh:in ( {predicates} )"),
        property_shape(one, "kg:status", "one of the five", f"sh:in ( {statuses} )", name="status-known"),
        property_shape(one, "kg:evidence", "evidence of the file", "sh:class kg:Evidence", name="evidence-there"),
        property_shape(
            one, "kg:sources", "no more than kg:articles", "sh:lessThanOrEquals kg:articles", name="sources-of-articles"
        ),
    ]


def _evidence() -> list[str]:
    one, needed = "kg:Evidence", "sh:minCount 1 ; sh:maxCount 1"
    return [
        property_shape(
            one, "oa:hasSource", "exactly one, an article of the file", needed, "sh:class schema:NewsArticle"
        ),
        property_shape(one, "oa:hasSelector", "exactly one, a selector", needed, "sh:class oa:TextPositionSelector"),
        property_shape(
            one,
            "prov:wasAttributedTo",
            "one at most, software of the file",
            "sh:maxCount 1",
            "sh:class prov:SoftwareAgent",
        ),
        property_shape(one, "kg:cueStart", "before kg:cueEnd", "sh:lessThan kg:cueEnd", name="cue-forward"),
        property_shape(
            one,
            "( oa:hasSelector oa:start )",
            "the cue begins inside its sentence",
            "sh:lessThanOrEquals kg:cueStart",
            name="cue-after-start",
        ),
        property_shape(one, "[ sh:inversePath kg:evidence ]", "of exactly one statement", needed, name="of-statement"),
    ]


def _selector() -> list[str]:
    one = "oa:TextPositionSelector"
    return [
        value_shape(one, "oa:exact", "text", "sh:minLength 1"),
        value_shape(one, "oa:start", "integer", "sh:lessThan oa:end", needed=True),
        value_shape(one, "oa:end", "integer", needed=True),
        property_shape("oa:TextQuoteSelector", "oa:exact", "there are words to quote", "sh:minCount 1"),
        property_shape(
            one,
            "( [ sh:inversePath oa:hasSelector ] kg:cueEnd )",
            "the cue ends inside its sentence",
            "sh:lessThanOrEquals oa:end",
            name="cue-before-end",
        ),
        property_shape(
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
        value_shape(one, "rdfs:label", "text", "sh:minLength 1", needed=True),
        value_shape(one, "schema:identifier", "string", needed=True),
        value_shape(one, "schema:softwareVersion", "string"),
    ]


def _dataset() -> str:
    return shape(
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
    return shape(
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
    return shape(
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
    return shape(
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
    return property_shape(
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
    return shape(
        f"{found.name}-ends",
        "PropertyShape",
        f"sh:targetNode kg:{found.name} ; sh:path [ sh:inversePath rdf:predicate ]",
        *ends,
    )


def _one_of(types: Iterable[str]) -> str:
    classes = [f"sh:class kg:{name}" for name in types]
    return classes[0] if len(classes) == 1 else f"sh:or ( {' '.join(f'[ {one} ]' for one in classes)} )"
