"""schemas/ontology.ttl, shapes.ttl and context.jsonld, generated from the types in YAML.

`python -m kg.export.ontology` writes them anew after a change of `schemas/`.
"""

from __future__ import annotations

import json

from kg import resources
from kg.export import terms
from kg.export.comments import COMMENTS
from kg.export.files import write_text
from kg.export.jsonld import context
from kg.export.shapes import shapes_turtle
from kg.export.spelling import Block, Pair, Turtle
from kg.export.vocabulary import CLASSES, DATA_KINDS, PROPERTIES, STATUS_LABELS, Names, Property, names
from kg.schema import EntityType, Labels, RelationType, Schema, load_schema

About = tuple[str, list[Pair]]
"""A subject term and what is said of it."""

VERSION = "0.1.0"
"""The version of the vocabulary, raised when a term changes."""
_HEADER = {"dc": "http://purl.org/dc/elements/1.1/", "dcterms": "http://purl.org/dc/terms/"}
"""Namespaces that the ontology uses and the data does not."""
_LICENCE = "https://www.apache.org/licenses/LICENSE-2.0"
_RANGES = {
    "text": "rdf:langString",
    "string": "xsd:string",
    "integer": "xsd:integer",
    "share": "xsd:decimal",
    "percent": "xsd:decimal",
}
"""Ranges of the properties whose values are of one datatype."""
_SEVERAL = {
    "date": ("xsd:date", "xsd:gYearMonth", "xsd:gYear"),
    "mentionedIn": ("schema:NewsArticle",),
    "status": ("kg:Status",),
    "evidence": ("kg:Evidence",),
}
"""What values may be by kind or name, said with schema:rangeIncludes, of which nothing is inferred."""
_NEAR = {
    "meetsWith": ("rel:hasMet",),
    "memberOf": ("org:memberOf",),
}
"""Public terms that a relation is near but not below: theirs joins people or agents alone, ours also places."""


def ontology_turtle(schema: Schema) -> str:
    """Return the ontology: our classes and properties with labels, and how they map to public ones."""
    vocabulary = _names(schema)
    spelling = Turtle(vocabulary)
    used = {k: v for k, v in sorted(vocabulary.prefixes.items()) if k not in DATA_KINDS}
    head = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in used.items())
    blocks = "".join(
        spelling.block(Block("", spelling.term(subject), spelling.lines_of(pairs))) for subject, pairs in _about(schema)
    )
    return f"{head}\n{blocks.rstrip()}\n"


def _names(schema: Schema) -> Names:
    known = names(schema)
    return Names(known.base, {**known.prefixes, **_HEADER})


def _about(schema: Schema) -> list[About]:
    vocabulary = _names(schema)
    blocks = [_header(vocabulary)]
    for name, (ko, en) in CLASSES.items():
        pairs = [
            (vocabulary.term("rdf:type"), vocabulary.term("owl:Class")),
            *_labels(vocabulary, Labels(ko=ko, en=en)),
            *_comments(vocabulary, name),
        ]
        blocks.append((vocabulary.term(f"kg:{name}"), pairs))
    for name, (ko, en) in STATUS_LABELS.items():
        pairs = [
            (vocabulary.term("rdf:type"), vocabulary.term("kg:Status")),
            *_labels(vocabulary, Labels(ko=ko, en=en)),
            *_comments(vocabulary, name),
        ]
        blocks.append((vocabulary.term(f"kg:{name}"), pairs))
    blocks += [_property(vocabulary, p) for p in PROPERTIES]
    blocks += [_class(vocabulary, schema, schema.entities[name]) for name in sorted(schema.entities)]
    blocks += [_relation(vocabulary, schema.relations[name]) for name in sorted(schema.relations)]
    return blocks


def _header(vocabulary: Names) -> About:
    term, iri = vocabulary.term, vocabulary.prefixes["kg"].rstrip("#/")
    title = Labels(ko="한국 뉴스 지식 그래프", en="Korean news knowledge graph")
    about = Labels(
        ko="한국어 뉴스에서 읽은 개체와 관계, 그 근거가 되는 문장을 적는 말.",
        en="Terms for entities and relations read from Korean news, and for the sentences they rest on.",
    )
    pairs = [
        (term("rdf:type"), term("owl:Ontology")),
        *_labels(vocabulary, title),
        *_labels(vocabulary, title, "dcterms:title"),
        *_labels(vocabulary, about, "dcterms:description"),
        (term("dc:creator"), terms.tagged("the authors of korean-news-kg", "en")),
        (term("dcterms:license"), terms.iri(_LICENCE)),
        (term("owl:versionIRI"), terms.iri(f"{iri}/{VERSION}")),
        (term("owl:versionInfo"), terms.text(VERSION)),
    ]
    return terms.iri(iri), pairs


def _comments(vocabulary: Names, name: str) -> list[Pair]:
    ko, en = COMMENTS[name]
    return _labels(vocabulary, Labels(ko=ko, en=en), "rdfs:comment")


def _labels(vocabulary: Names, labels: Labels, predicate: str = "rdfs:label") -> list[Pair]:
    return [
        (vocabulary.term(predicate), terms.tagged(labels.en, "en")),
        (vocabulary.term(predicate), terms.tagged(labels.ko, "ko")),
    ]


def _property(vocabulary: Names, found: Property) -> About:
    kind = "owl:ObjectProperty" if found.kind == "iri" else "owl:DatatypeProperty"
    pairs = [(vocabulary.term("rdf:type"), vocabulary.term(kind))]
    pairs += _labels(vocabulary, Labels(ko=found.ko, en=found.en)) + _comments(vocabulary, found.name)
    if found.above is not None:
        pairs.append((vocabulary.term("rdfs:subPropertyOf"), vocabulary.term(found.above)))
    pairs += [(vocabulary.term("schema:domainIncludes"), vocabulary.term(name)) for name in found.domain]
    if found.kind in _RANGES:
        pairs.append((vocabulary.term("rdfs:range"), vocabulary.term(_RANGES[found.kind])))
    values = _SEVERAL.get(found.name) or _SEVERAL.get(found.kind, ())
    pairs += [(vocabulary.term("schema:rangeIncludes"), vocabulary.term(curie)) for curie in values]
    return vocabulary.term(f"kg:{found.name}"), pairs


def _class(vocabulary: Names, schema: Schema, found: EntityType) -> About:
    above = [f"kg:{found.parent or 'Entity'}", *(curie for curie in found.iris if not curie.startswith("wd:"))]
    pairs = [(vocabulary.term("rdf:type"), vocabulary.term("owl:Class"))]
    pairs += _labels(vocabulary, found.labels) + _labels(vocabulary, found.description, "rdfs:comment")
    pairs += [(vocabulary.term("rdfs:subClassOf"), vocabulary.term(curie)) for curie in above]
    others = (kind.name for kind in schema.entities.values() if kind.parent is None and kind.name > found.name)
    apart = [f"kg:{name}" for name in sorted(others)] if found.parent is None else []
    pairs += [(vocabulary.term("owl:disjointWith"), vocabulary.term(curie)) for curie in apart]
    pairs += [
        (vocabulary.term("skos:closeMatch"), vocabulary.term(curie)) for curie in found.iris if curie.startswith("wd:")
    ]
    return vocabulary.term(f"kg:{found.name}"), pairs


def _relation(vocabulary: Names, found: RelationType) -> About:
    pairs = [(vocabulary.term("rdf:type"), vocabulary.term("owl:ObjectProperty"))]
    if found.symmetric:
        pairs.append((vocabulary.term("rdf:type"), vocabulary.term("owl:SymmetricProperty")))
    pairs += _labels(vocabulary, found.labels) + _labels(vocabulary, found.description, "rdfs:comment")
    near = _NEAR.get(found.name, ())
    pairs += [(vocabulary.term("rdfs:subPropertyOf"), vocabulary.term(c)) for c in found.iris if c not in near]
    pairs += [(vocabulary.term("skos:closeMatch"), vocabulary.term(curie)) for curie in near]
    pairs += [(vocabulary.term("schema:domainIncludes"), vocabulary.term(f"kg:{name}")) for name in found.domain]
    pairs += [(vocabulary.term("schema:rangeIncludes"), vocabulary.term(f"kg:{name}")) for name in found.range]
    return vocabulary.term(f"kg:{found.name}"), pairs


def generated(schema: Schema) -> dict[str, str]:
    """Return the text of each generated file of `schemas/` by its name."""
    return {
        "ontology.ttl": ontology_turtle(schema),
        "shapes.ttl": shapes_turtle(schema),
        "context.jsonld": json.dumps({"@context": context(schema, names(schema))}, ensure_ascii=False, indent=1) + "\n",
    }


def main() -> None:
    """Write the generated files into the shipped `schemas/` folder."""
    for name, text in generated(load_schema()).items():
        write_text(resources.schemas() / name, text)


if __name__ == "__main__":
    main()
