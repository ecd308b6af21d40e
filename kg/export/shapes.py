"""SHACL shapes for an export, from the same tables as the writers and the types in YAML.

They catch a missing label, a count or date of the wrong datatype, a relation between types it may not
join, evidence without article or quote, and a direct triple that no actual statement supports.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.export.vocabulary import PROPERTIES, STATUS_LABELS, Names, Property, names
from kg.model import STATUSES
from kg.schema import RelationType, Schema

_DATES = f"sh:or ( {' '.join(f'[ sh:datatype xsd:{kind} ]' for kind in ('date', 'gYearMonth', 'gYear', 'dateTime'))} )"
_ADDRESS = "sh:or ( [ sh:nodeKind sh:IRI ] [ sh:datatype xsd:anyURI ] )"
_VALUES = {
    "iri": "sh:nodeKind sh:IRI",
    "text": "sh:datatype rdf:langString",
    "string": "sh:datatype xsd:string",
    "integer": "sh:datatype xsd:integer ; sh:minInclusive 0",
    "share": "sh:datatype xsd:decimal ; sh:minInclusive 0 ; sh:maxInclusive 1",
    "percent": "sh:datatype xsd:decimal ; sh:minInclusive 0 ; sh:maxInclusive 100",
    "date": _DATES,
}

_UNSUPPORTED = """\
kg:DirectTripleShape a sh:NodeShape ;
    sh:targetClass rdf:Statement ;
    sh:sparql [
        a sh:SPARQLConstraint ;
        sh:message "a direct triple stands for a relation that no statement gives as actual"@en ;
        sh:prefixes kg:Prefixes ;
        sh:select \"\"\"SELECT $this WHERE {
            $this rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o .
            ?s ?p ?o .
            FILTER NOT EXISTS { ?a rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; kg:status kg:actual }
            FILTER NOT EXISTS { ?b rdf:subject ?o ; rdf:predicate ?p ; rdf:object ?s ; kg:status kg:actual }
        }\"\"\" ;
    ] .

kg:ActualStatementShape a sh:NodeShape ;
    sh:targetClass rdf:Statement ;
    sh:sparql [
        a sh:SPARQLConstraint ;
        sh:message "an actual statement lacks its direct triple"@en ;
        sh:prefixes kg:Prefixes ;
        sh:select \"\"\"SELECT $this WHERE {
            $this rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; kg:status kg:actual .
            FILTER NOT EXISTS { ?s ?p ?o }
        }\"\"\" ;
    ] .
"""


def shapes_turtle(schema: Schema) -> str:
    """Return the SHACL shapes graph for exports with this schema."""
    vocabulary = names(schema)
    tops = [f"kg:{name}" for name in sorted(schema.entities) if schema.entities[name].parent is None]
    parts = [
        _prefixes(vocabulary),
        _shape("EntityShape", tops, ["sh:class kg:Entity", *_own("kg:Entity"), *_entity(vocabulary)]),
        _shape("ArticleShape", ["schema:NewsArticle"], [*_own("schema:NewsArticle"), *_article()]),
        _shape("StatementShape", ["rdf:Statement"], [*_own("rdf:Statement"), *_statement(schema)]),
        _shape("EvidenceShape", ["kg:Evidence"], [*_own("kg:Evidence"), *_evidence()]),
        _shape("SelectorShape", ["oa:TextPositionSelector"], _selector()),
        _shape("QuoteShape", ["oa:TextQuoteSelector"], [_once("oa:exact", _VALUES["text"], "sh:minLength 1")]),
        _shape("AgentShape", ["prov:SoftwareAgent"], _agent()),
        _shape("DatasetShape", ["schema:Dataset"], _own("schema:Dataset")),
        *(_ends(schema.relations[name]) for name in sorted(schema.relations)),
        _UNSUPPORTED,
    ]
    return "\n".join(parts)


def _prefixes(vocabulary: Names) -> str:
    wanted = {k: vocabulary.prefixes[k] for k in ("kg", "oa", "owl", "prov", "rdf", "rdfs", "schema", "skos", "xsd")}
    wanted["sh"] = "http://www.w3.org/ns/shacl#"
    head = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in sorted(wanted.items()))
    declared = " ,\n        ".join(
        f'[ sh:prefix "{prefix}" ; sh:namespace "{wanted[prefix]}"^^xsd:anyURI ]' for prefix in ("kg", "rdf")
    )
    return f"{head}\nkg:Prefixes sh:declare\n        {declared} .\n"


def _shape(name: str, targets: Iterable[str], constraints: Iterable[str]) -> str:
    lines = [f"sh:targetClass {', '.join(targets)}", *constraints]
    return f"kg:{name} a sh:NodeShape ;\n    " + " ;\n    ".join(lines) + " .\n"


def _path(path: str, *constraints: str) -> str:
    return f"sh:property [ sh:path {path} ; {' ; '.join(constraints)} ]"


def _once(path: str, *constraints: str) -> str:
    return _path(path, "sh:minCount 1", "sh:maxCount 1", *constraints)


def _own(domain: str) -> list[str]:
    """Return the constraints of our own properties on one class."""
    return [_one_own(found) for found in PROPERTIES if domain in found.domain]


def _one_own(found: Property) -> str:
    counts = ["sh:minCount 1"] * found.required + ["sh:maxCount 1"] * (not found.many)
    return _path(f"kg:{found.name}", *counts, _VALUES[found.kind])


def _entity(vocabulary: Names) -> list[str]:
    return [
        _once("rdfs:label", _VALUES["text"], "sh:minLength 1"),
        _path("skos:prefLabel", "sh:minCount 1", _VALUES["text"], "sh:uniqueLang true"),
        _path("skos:altLabel", _VALUES["text"]),
        _once("schema:identifier", _VALUES["string"]),
        _path("schema:tickerSymbol", _VALUES["string"], 'sh:pattern "^X[A-Z]{3} "'),
        _path("schema:url", _ADDRESS),
        _path("skos:exactMatch", _VALUES["iri"], f'sh:pattern "^{vocabulary.prefixes["wd"]}Q[1-9][0-9]*$"'),
        _path("owl:sameAs", _VALUES["iri"]),
    ]


def _article() -> list[str]:
    return [
        _once("schema:identifier", _VALUES["string"]),
        _once("schema:inLanguage", _VALUES["string"]),
        _path("schema:headline", "sh:maxCount 1", _VALUES["text"]),
        _path("schema:datePublished", "sh:maxCount 1", _DATES),
        _path("schema:publisher", "sh:maxCount 1", _VALUES["text"]),
        _path("schema:url", "sh:maxCount 1", _ADDRESS),
        _path("schema:isBasedOn", "sh:maxCount 1", _VALUES["iri"]),
    ]


def _statement(schema: Schema) -> list[str]:
    predicates = " ".join(f"kg:{name}" for name in sorted(schema.relations))
    statuses = " ".join(f"kg:{name}" for name in STATUSES if name in STATUS_LABELS)
    return [
        _once("rdf:subject", "sh:class kg:Entity"),
        _once("rdf:object", "sh:class kg:Entity"),
        _once("rdf:predicate", f"sh:in ( {predicates} )"),
        _path("kg:status", f"sh:in ( {statuses} )"),
        _path("kg:evidence", "sh:class kg:Evidence"),
    ]


def _evidence() -> list[str]:
    return [
        _once("oa:hasSource", "sh:class schema:NewsArticle"),
        _once("oa:hasSelector", "sh:class oa:TextPositionSelector"),
        _path("prov:wasAttributedTo", "sh:maxCount 1", "sh:class prov:SoftwareAgent"),
        _path("kg:cueStart", "sh:lessThan kg:cueEnd"),
    ]


def _selector() -> list[str]:
    return [
        _path("oa:exact", "sh:maxCount 1", _VALUES["text"], "sh:minLength 1"),
        _once("oa:start", _VALUES["integer"], "sh:lessThan oa:end"),
        _once("oa:end", _VALUES["integer"]),
    ]


def _agent() -> list[str]:
    return [
        _once("rdfs:label", _VALUES["text"], "sh:minLength 1"),
        _once("schema:identifier", _VALUES["string"]),
        _path("schema:softwareVersion", "sh:maxCount 1", _VALUES["string"]),
    ]


def _ends(found: RelationType) -> str:
    """Return the shape that a relation's ends are of the types it may join, planned or denied too."""
    ends = _path("rdf:subject", _classes(found.domain)), _path("rdf:object", _classes(found.range))
    other = f"[ sh:not [ sh:path rdf:predicate ; sh:hasValue kg:{found.name} ] ]"
    return _shape(f"{found.name}Shape", ["rdf:Statement"], [f"sh:or ( {other} [ {' ; '.join(ends)} ] )"])


def _classes(types: Iterable[str]) -> str:
    return f"sh:or ( {' '.join(f'[ sh:class kg:{name} ]' for name in types)} )"
