from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import owlrl
import pytest
import rdflib

from kg import resources
from kg.codec import document_to_dict
from kg.errors import SchemaError
from kg.export import read_graph, to_rdf
from kg.export.ontology import generated
from kg.export.vocabulary import CARRIED, CLASSES, PROPERTIES, names
from kg.model import Document, DocumentEntity, Evidence, Mention, RelationMention
from kg.schema import Schema
from tests.export.conftest import SAMPLE


@pytest.mark.parametrize("name", ["ontology.ttl", "shapes.ttl", "context.jsonld"])
def test_shipped_files_equal_the_generated(name: str, schema: Schema) -> None:
    shipped = resources.schemas(name).read_text(encoding="utf-8")
    assert shipped == generated(schema)[name], "run python -m kg.export.ontology"


def test_every_type_is_labelled_in_both_languages(schema: Schema) -> None:
    ontology = rdflib.Graph().parse(data=generated(schema)["ontology.ttl"], format="turtle")
    kg = rdflib.Namespace(schema.prefixes["kg"])
    found = {
        name: {label.language for label in ontology.objects(kg[name], rdflib.RDFS.label)}  # type: ignore[attr-defined]
        for name in (*schema.entities, *schema.relations)
    }
    assert found == {name: {"ko", "en"} for name in found}


PUBLIC_AXIOMS = """
@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix org: <http://www.w3.org/ns/org#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix prov: <http://www.w3.org/ns/prov#> . @prefix rel: <http://purl.org/vocab/relationship/> .
foaf:Person rdfs:subClassOf foaf:Agent ; owl:disjointWith foaf:Organization .
foaf:Organization rdfs:subClassOf foaf:Agent .
org:Organization rdfs:subClassOf foaf:Agent ; owl:equivalentClass foaf:Organization .
org:memberOf rdfs:domain foaf:Agent ; rdfs:range org:Organization .
org:subOrganizationOf rdfs:domain org:Organization ; rdfs:range org:Organization .
rel:parentOf rdfs:domain foaf:Person ; rdfs:range foaf:Person .
rel:siblingOf rdfs:domain foaf:Person ; rdfs:range foaf:Person .
rel:spouseOf rdfs:domain foaf:Person ; rdfs:range foaf:Person .
rel:hasMet rdfs:domain foaf:Person ; rdfs:range foaf:Person .
prov:wasDerivedFrom rdfs:domain prov:Entity ; rdfs:range prov:Entity .
prov:wasAttributedTo rdfs:domain prov:Entity ; rdfs:range prov:Agent .
prov:SoftwareAgent rdfs:subClassOf prov:Agent .
"""
"""What FOAF, the W3C ORG ontology, RELATIONSHIP and PROV-O say of the terms that ours are below."""
DECLARED = ("Class", "ObjectProperty", "DatatypeProperty")
PAGE = Path(resources.schemas("README.md")).read_text(encoding="utf-8")
"""The page that lists the public terms, each in the first cell of a row."""


@pytest.fixture(scope="module")
def ontology() -> rdflib.Graph:
    return rdflib.Graph().parse(data=resources.schemas("ontology.ttl").read_text(encoding="utf-8"), format="turtle")


@pytest.fixture(scope="module")
def exported(schema: Schema) -> rdflib.Graph:
    """The samples' graphs: one of every status and kind of identifier."""
    return to_rdf(read_graph(SAMPLE), schema)


def test_every_term_of_ours_is_labelled_and_explained_in_both_languages(ontology: rdflib.Graph, schema: Schema) -> None:
    kg = schema.prefixes["kg"]
    ours = {term for term in ontology.subjects() if str(term).startswith(kg)}
    assert len(ours) == len(schema.entities) + len(schema.relations) + len(PROPERTIES) + len(CLASSES) + 5
    for predicate in (rdflib.RDFS.label, rdflib.RDFS.comment):
        found = {term: sorted(getattr(o, "language", "") for o in ontology.objects(term, predicate)) for term in ours}
        assert {term: tags for term, tags in found.items() if tags != ["en", "ko"]} == {}


def test_every_term_of_an_export_is_declared_or_a_public_one_of_the_page(
    ontology: rdflib.Graph, exported: rdflib.Graph, schema: Schema
) -> None:
    vocabulary = names(schema)
    public = {vocabulary.full(curie) for curie in re.findall(r"^\| `([a-z]+:\w+)` \|", PAGE, flags=re.MULTILINE)}
    ours = {str(term) for kind in DECLARED for term in ontology.subjects(rdflib.RDF.type, rdflib.OWL[kind])}
    used = {*map(str, exported.predicates()), *map(str, exported.objects(None, rdflib.RDF.type))}
    assert used - ours - public == set()
    allowed = {vocabulary.full(curie) for curies in CARRIED.values() for curie in curies}
    kinds = {vocabulary.full(c) for kind in schema.entities.values() for c in kind.iris if not c.startswith("wd:")}
    carriers = {vocabulary.full(curie) for curie in CARRIED if not curie.startswith("kg:")}
    rest = {vocabulary.full(c) for c in ("rdf:type", "oa:SpecificResource", "oa:TextQuoteSelector")}
    assert public == allowed | kinds | carriers | rest


def test_the_public_terms_exist_in_their_vocabularies(ontology: rdflib.Graph, schema: Schema) -> None:
    known = (rdflib.SDO, rdflib.PROV, rdflib.ORG, rdflib.FOAF, rdflib.SKOS, rdflib.OWL, rdflib.RDFS, rdflib.RDF)
    namespaces = {str(namespace): namespace for namespace in (*known, rdflib.DCTERMS)}
    used: set[Any] = {
        rdflib.URIRef(names(schema).full(curie)) for curie in re.findall(r"^\| `([a-z]+:\w+)` \|", PAGE, re.MULTILINE)
    }
    used |= {*ontology.objects(None, rdflib.RDFS.subPropertyOf), *ontology.objects(None, rdflib.RDFS.subClassOf)}
    used |= set(ontology.predicates())
    parted = [re.fullmatch(r"(.*[/#])(\w+)", str(term)) for term in used]
    unknown = {part.group() for part in parted if part and part[1] in namespaces and part[2] not in namespaces[part[1]]}
    assert unknown - {"https://schema.org/PoliticalParty"} == set(), "it is newer than rdflib's list"


def test_the_header_names_title_creator_licence_and_version(ontology: rdflib.Graph) -> None:
    (one,) = ontology.subjects(rdflib.RDF.type, rdflib.OWL.Ontology)
    wanted = (rdflib.DCTERMS.title, rdflib.DC.creator, rdflib.DCTERMS.license, rdflib.OWL.versionIRI)
    assert [predicate for predicate in wanted if (one, predicate, None) not in ontology] == []


def test_what_follows_by_owl_rl_is_no_contradiction_and_no_other_type(
    ontology: rdflib.Graph, exported: rdflib.Graph, schema: Schema
) -> None:
    kinds = {rdflib.URIRef(f"{schema.prefixes['kg']}{name}") for name in (*schema.entities, "Evidence", "Status")}
    before = {(s, o) for s, o in exported.subject_objects(rdflib.RDF.type) if o in kinds}
    whole = ontology + exported + rdflib.Graph().parse(data=PUBLIC_AXIOMS, format="turtle")
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(whole)
    data = set(exported.subjects())
    assert {(s, o) for s, o in whole.subject_objects(rdflib.RDF.type) if o in kinds and s in data} == before
    assert list(whole.objects(None, rdflib.URIRef("http://www.daml.org/2002/03/agents/agent-ont#error"))) == []
    people = {s for s, o in before if str(o).endswith("#Person")}
    foaf = rdflib.FOAF
    assert set(whole.subjects(rdflib.RDF.type, foaf.Person)) & data == people
    places = {s for s, o in before if str(o).endswith("#Place")}
    assert set(whole.subjects(rdflib.RDF.type, foaf.Agent)) & places == set()


def test_a_contradiction_is_found_by_owl_rl(ontology: rdflib.Graph, exported: rdflib.Graph, schema: Schema) -> None:
    kg = rdflib.Namespace(schema.prefixes["kg"])
    person = min(exported.subjects(rdflib.RDF.type, kg.Person), key=str)
    whole = ontology + exported
    whole.add((person, rdflib.RDF.type, kg.Company))
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(whole)
    assert list(whole.objects(None, rdflib.URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")))


def test_a_type_may_not_take_a_name_of_the_vocabulary(schema: Schema) -> None:
    taken = schema.relations["partnersWith"].model_copy(update={"name": "status"})
    clash = schema.model_copy(update={"relations": {**schema.relations, "status": taken}})
    with pytest.raises(SchemaError, match="'status'"):
        names(clash)


TEXT = "가나전자, 다라화학과 제휴\n가나전자는 다라화학과 제휴했다고 밝혔다."
DOCUMENT = Document(
    id="d1",
    text=TEXT,
    title="가나전자, 다라화학과 제휴",
    date="2025-05-26",
    mentions=(Mention(0, 4, "가나전자", "Organization", "e0"), Mention(6, 10, "다라화학", "Organization", "e1")),
    entities=(DocumentEntity("e0", "가나전자", "Organization"), DocumentEntity("e1", "다라화학", "Organization")),
    relations=(RelationMention("partnersWith", "e0", "e1", Evidence(15, len(TEXT), TEXT[15:], (27, 29))),),
)


@pytest.fixture(scope="module")
def validator() -> Any:
    rules = json.loads(resources.schemas("documents.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(rules)
    return jsonschema.Draft202012Validator(rules)


def test_documents_keep_their_json_schema(validator: Any) -> None:
    DOCUMENT.check()
    row = json.loads(json.dumps(document_to_dict(DOCUMENT)))
    assert [error.message for error in validator.iter_errors(row)] == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"version": 1}, "2 was expected"),
        ({"date": "지난달"}, "is not valid under any of the given schemas"),
        ({"extra": 1}, "Additional properties are not allowed"),
        ({"entities": [{"id": "e0"}]}, "is a required property"),
    ],
)
def test_the_json_schema_catches_faults(change: dict[str, Any], message: str, validator: Any) -> None:
    row = json.loads(json.dumps({**document_to_dict(DOCUMENT), **change}))
    assert message in " ".join(error.message for error in validator.iter_errors(row))
