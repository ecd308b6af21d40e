"""The names of the RDF form: namespaces, our own properties, and where each is used.

One table feeds the writers, the JSON-LD context, the ontology and the shapes, so none can drift.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kg.errors import SchemaError
from kg.export.terms import RDF, XSD, checked_base
from kg.schema import Schema

DEFAULT_BASE = "https://w3id.org/korean-news-kg/"

STANDARD = {
    "rdf": RDF,
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": XSD,
    "owl": "http://www.w3.org/2002/07/owl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "oa": "http://www.w3.org/ns/oa#",
    "prov": "http://www.w3.org/ns/prov#",
    "schema": "https://schema.org/",
}
"""Namespaces the writers use themselves; those of schemas/prefixes.yaml come on top."""

DATA_KINDS = ("ent", "stmt", "doc", "ev", "agent")
"""Folders of the data's IRIs below the base, each with a prefix of its name."""

Kind = Literal["iri", "text", "string", "integer", "share", "percent", "date"]
"""What a property's values are: IRIs, text with a language tag, or a literal; a share is a decimal of 0 to 1."""
DECIMAL = ("share", "percent")
"""Kinds written as xsd:decimal."""


@dataclass(frozen=True, slots=True)
class Property:
    """A property of our own namespace: what carries it, what its values are, how often it stands, what it refines.

    What it means is in `kg.export.comments`.
    """

    name: str
    domain: tuple[str, ...]
    kind: Kind
    required: bool
    many: bool
    ko: str
    en: str
    above: str | None = None


_STATEMENT, _EVIDENCE, _ENTITY, _ARTICLE = "rdf:Statement", "kg:Evidence", "kg:Entity", "schema:NewsArticle"
_DATASET, _NAMED = "schema:Dataset", "dcterms:isReferencedBy"

PROPERTIES = (
    Property("mentions", (_ENTITY,), "integer", True, False, "언급 수", "number of mentions"),
    Property("articles", (_ENTITY, _STATEMENT), "integer", True, False, "기사 수", "number of articles"),
    Property("mentionedIn", (_ENTITY,), "iri", False, True, "언급한 기사", "article that mentions it", _NAMED),
    Property("otherId", (_ENTITY,), "string", False, True, "다른 식별자", "identifier elsewhere, as a CURIE"),
    Property("sources", (_STATEMENT,), "integer", True, False, "독립 출처 수", "number of independent sources"),
    Property("status", (_STATEMENT,), "iri", True, False, "상태", "status"),
    Property("date", (_STATEMENT, _EVIDENCE), "date", False, False, "시점", "date of the event"),
    Property("lastDate", (_STATEMENT,), "date", False, False, "마지막 시점", "last date of the event"),
    Property("role", (_STATEMENT, _EVIDENCE), "text", False, False, "역할", "role", "schema:roleName"),
    Property("amount", (_STATEMENT, _EVIDENCE), "text", False, False, "금액", "amount as written"),
    Property("value", (_STATEMENT, _EVIDENCE), "integer", False, False, "금액 값", "amount in units of its currency"),
    Property(
        "currency", (_STATEMENT, _EVIDENCE), "string", False, False, "통화", "currency (ISO 4217)", "schema:currency"
    ),
    Property("stake", (_STATEMENT, _EVIDENCE), "percent", False, False, "지분율", "stake in percent"),
    Property("round", (_STATEMENT, _EVIDENCE), "text", False, False, "투자 단계", "funding round"),
    Property("item", (_STATEMENT, _EVIDENCE), "text", False, False, "거래 대상", "thing bought, supplied or paid for"),
    Property("confidence", (_STATEMENT, _EVIDENCE), "share", True, False, "신뢰도", "confidence"),
    Property("evidence", (_STATEMENT,), "iri", True, True, "근거", "evidence", "prov:wasDerivedFrom"),
    Property("cueStart", (_EVIDENCE,), "integer", True, False, "단서 시작", "start of the cue words"),
    Property("cueEnd", (_EVIDENCE,), "integer", True, False, "단서 끝", "end of the cue words"),
    Property("speaker", (_EVIDENCE,), "text", False, False, "말한 이", "speaker"),
    Property("extractor", (_EVIDENCE,), "string", True, False, "추출기", "extractor"),
    Property("sha256", (_ARTICLE,), "string", True, False, "본문 해시", "SHA-256 of the text"),
    Property(
        "address", (_ARTICLE,), "string", False, False, "주소 원문", "address as given, where it is no IRI as it stands"
    ),
    Property("schemaHash", (_DATASET,), "string", True, False, "스키마 해시", "hash of the schema"),
)

CARRIED = {
    _ENTITY: (
        *("rdfs:label", "skos:prefLabel", "skos:altLabel", "schema:identifier"),
        *("skos:exactMatch", "owl:sameAs", "schema:tickerSymbol", "schema:url"),
    ),
    _ARTICLE: (
        *("schema:identifier", "schema:headline", "schema:datePublished", "schema:publisher", "schema:url"),
        *("schema:inLanguage", "schema:isBasedOn"),
    ),
    _STATEMENT: ("rdf:subject", "rdf:predicate", "rdf:object"),
    _EVIDENCE: ("oa:hasSource", "oa:hasSelector", "prov:wasAttributedTo"),
    "oa:TextPositionSelector": ("oa:exact", "oa:start", "oa:end"),
    "prov:SoftwareAgent": ("rdfs:label", "schema:identifier", "schema:softwareVersion"),
    _DATASET: (),
}
"""The classes of an export's things, and the public properties each may have beside our own."""

CLASSES = {
    "Entity": ("개체", "entity"),
    "Evidence": ("근거", "evidence"),
    "Status": ("상태", "status"),
}

STATUS_LABELS = {
    "actual": ("사실", "actual"),
    "planned": ("예정", "planned"),
    "possible": ("가능성", "possible"),
    "denied": ("부인", "denied"),
    "ended": ("종료", "ended"),
}


def with_status(label: str, status: str, language: str = "ko") -> str:
    """Return what a relation is called, its status in brackets unless that is actual: no plan reads like a fact."""
    return label if status == "actual" else f"{label} ({STATUS_LABELS[status][language == 'en']})"


@dataclass(frozen=True, slots=True)
class Names:
    """The IRIs of one export: `base` for the data, prefixes for the vocabularies."""

    base: str
    prefixes: dict[str, str]

    def full(self, curie: str) -> str:
        """Return the IRI of a CURIE; its prefix must be known."""
        prefix, _, local = curie.partition(":")
        return self.prefixes[prefix] + local

    def term(self, curie: str) -> str:
        """Return the IRI term of a CURIE."""
        return f"<{self.full(curie)}>"

    def data(self, kind: str, segment: str) -> str:
        """Return the IRI term of a thing of the data, `segment` already fit for an IRI."""
        return f"<{self.base}{kind}/{segment}>"


def names(schema: Schema, base: str = DEFAULT_BASE) -> Names:
    """Return the IRIs for a schema and base.

    Raises ExportError when the base is no absolute IRI, SchemaError when a type takes a reserved name.
    """
    reserved = {p.name for p in PROPERTIES} | CLASSES.keys() | STATUS_LABELS.keys()
    for name in (*schema.entities, *schema.relations):
        if name in reserved:
            raise SchemaError(f"type {name!r}: the RDF vocabulary uses this name itself; rename the type")
    base = checked_base(base)
    data = {kind: f"{base}{kind}/" for kind in DATA_KINDS}
    return Names(base, {**STANDARD, **schema.prefixes, **data})
