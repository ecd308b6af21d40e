"""Faults that a broken exporter could put into RDF, each as a SPARQL update of the sample's graph.

So that an engine need run but once, `planted` gives the graph with each fault under a base of its own.
"""

from __future__ import annotations

import re

import rdflib

from kg.export.vocabulary import DEFAULT_BASE

PREFIXES = """PREFIX kg: <https://w3id.org/korean-news-kg/schema#> PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX schema: <https://schema.org/> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX owl: <http://www.w3.org/2002/07/owl#> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
PREFIX foaf: <http://xmlns.com/foaf/0.1/> PREFIX e: <https://w3id.org/korean-news-kg/ent/>
"""


def without(subject: str, predicate: str) -> str:
    """Return the update that takes a property from all things of a class."""
    return f"DELETE {{ ?x {predicate} ?o }} WHERE {{ ?x a {subject} ; {predicate} ?o }}"


def instead(subject: str, predicate: str, value: str) -> str:
    """Return the update that gives a property of all things of a class another value."""
    return (
        f"DELETE {{ ?x {predicate} ?o }} INSERT {{ ?x {predicate} {value} }} "
        f"WHERE {{ ?x a {subject} ; {predicate} ?o }}"
    )


def besides(subject: str, predicate: str, *values: str) -> str:
    """Return the update that gives a property of all things of a class more values."""
    return f"INSERT {{ ?x {predicate} {', '.join(values)} }} WHERE {{ ?x a {subject} }}"


def renamed(kind: str, old: str, new: str) -> str:
    """Return the update that changes the IRIs of all things of a class, wherever they stand."""
    iri = f'BIND(IRI(REPLACE(STR(?x), "{old}", "{new}")) AS ?y)'
    return (
        f"DELETE {{ ?x ?p ?o . ?s ?q ?x }} INSERT {{ ?y ?p ?o . ?s ?q ?y }} "
        f"WHERE {{ ?x a {kind} ; ?p ?o . OPTIONAL {{ ?s ?q ?x }} {iri} }}"
    )


_ENTITY = {
    "no label": without("kg:Person", "rdfs:label"),
    "two labels": besides("kg:Person", "rdfs:label", "'이름'@ko"),
    "label without language": instead("kg:Person", "rdfs:label", "'이름'"),
    "label in another language": instead("kg:Person", "rdfs:label", "'이름'@ja"),
    "empty label": instead("kg:Person", "rdfs:label", "''@ko"),
    "label of another": instead("kg:Person", "rdfs:label", "'이름'@ko"),
    "no preferred label": without("kg:Person", "skos:prefLabel"),
    "alias without language": besides("kg:Person", "skos:altLabel", "'별명'"),
    "alias that is the name": "INSERT { ?x skos:altLabel ?o } WHERE { ?x a kg:Person ; skos:prefLabel ?o }",
    "no identifier": without("kg:Person", "schema:identifier"),
    "two identifiers": besides("kg:Person", "schema:identifier", "'x'"),
    "identifier of another": instead("kg:Person", "schema:identifier", "'e9d31ed46cf41501a'"),
    "count as text": instead("kg:Person", "kg:mentions", "'many'"),
    "count below zero": instead("kg:Person", "kg:mentions", "-1"),
    "count as xsd:int": instead("kg:Person", "kg:mentions", "'1'^^xsd:int"),
    "articles that are not there": instead("kg:Person", "kg:articles", "9"),
    "named nowhere": without("kg:Organization", "kg:mentionedIn"),
    "mentioned in a text": besides("kg:Person", "kg:mentionedIn", "'a1'"),
    "mentioned in no article of the file": besides("kg:Person", "kg:mentionedIn", "<https://w3id.org/x/doc/gone>"),
    "exchange unknown": besides("kg:Person", "schema:tickerSymbol", "'035720'"),
    "no item of Wikidata": besides("kg:Person", "skos:exactMatch", "kg:Company"),
    "web address as text": besides("kg:Person", "schema:url", "'kakao.com'"),
    "same as a text": besides("kg:Person", "owl:sameAs", "'e1'"),
    "no class of ours": "DELETE { ?x a kg:Person } WHERE { ?x a kg:Person }",
    "not said to be an entity": "DELETE { ?x a kg:Entity } WHERE { ?x a kg:Person }",
    "no public class": "DELETE { ?x a schema:Person } WHERE { ?x a kg:Person }",
    "public class of others": besides("kg:Person", "a", "schema:Organization"),
    "person and organization": besides("kg:Person", "a", "kg:Organization, schema:Organization"),
    "company and party": besides("kg:PoliticalParty", "a", "kg:Company, schema:Corporation"),
    "http of schema.org in a class": "DELETE { ?x a ?c } INSERT { ?x a <http://schema.org/Person> } "
    "WHERE { ?x a kg:Person, ?c FILTER(?c = schema:Person) }",
    "http of schema.org in a property": "DELETE { ?x schema:headline ?o } "
    "INSERT { ?x <http://schema.org/headline> ?o } WHERE { ?x schema:headline ?o }",
    "property unknown": besides("kg:Person", "kg:nickname", "'별명'@ko"),
    "no classes at all": "DELETE { ?x a ?c } WHERE { ?x a kg:Person, ?c }",
    "IRI outside the base": renamed("kg:Person", "https://w3id.org/korean-news-kg/", "https://example.org/"),
    "IRI in another folder": renamed("kg:Person", "/ent/", "/node/"),
    "IRI with Hangul": renamed("kg:Person", "/ent/.*", "/ent/이름"),
    "blank node": "DELETE { ?x ?p ?o } INSERT { [] ?p ?o } WHERE { ?x a kg:Place ; ?p ?o }",
}
_STATEMENT = {
    "no evidence": "DELETE { ?x kg:evidence ?e } WHERE { ?x kg:status kg:denied ; kg:evidence ?e }",
    "evidence that is not there": instead("rdf:Statement", "kg:evidence", "<https://w3id.org/x/ev/0a>"),
    "evidence of two statements": "INSERT { ?x kg:evidence ?e } WHERE { ?x a rdf:Statement . ?y kg:evidence ?e }",
    "unknown status": instead("rdf:Statement", "kg:status", "kg:no"),
    "two statuses": besides("rdf:Statement", "kg:status", "kg:actual, kg:planned"),
    "unknown relation": instead("rdf:Statement", "rdf:predicate", "kg:likes"),
    "no relation": without("rdf:Statement", "rdf:predicate"),
    "no subject": without("rdf:Statement", "rdf:subject"),
    "subject that is not there": instead("rdf:Statement", "rdf:subject", "e:gone"),
    "object that is not there": instead("rdf:Statement", "rdf:object", "e:gone"),
    "two objects": besides("rdf:Statement", "rdf:object", "e:e9d31ed46cf41501a, e:e8feb1264c913cc42"),
    "date as text": "INSERT { ?x kg:date '지난달' } WHERE { ?x kg:status kg:denied }",
    "date of no calendar": "INSERT { ?x kg:date '2025-02-30'^^xsd:date } WHERE { ?x kg:status kg:denied }",
    "date of a wrong datatype": "INSERT { ?x kg:date '2025-02'^^xsd:date } WHERE { ?x kg:status kg:denied }",
    "confidence of two": instead("rdf:Statement", "kg:confidence", "2.0"),
    "confidence as double": instead("rdf:Statement", "kg:confidence", "9.0E-1"),
    "no confidence": without("rdf:Statement", "kg:confidence"),
    "stake beyond all": besides("rdf:Statement", "kg:stake", "120.5"),
    "currency in words": besides("rdf:Statement", "kg:currency", "'원'"),
    "person as product": """DELETE { ?x rdf:object ?o . ?s ?p ?o } INSERT { ?x rdf:object ?other . ?s ?p ?other }
        WHERE { ?x rdf:predicate kg:produces ; rdf:predicate ?p ; rdf:subject ?s ; rdf:object ?o .
            ?other a kg:Person }""",
    "place as subject": """DELETE { ?x rdf:subject ?o } INSERT { ?x rdf:subject ?other }
        WHERE { ?x rdf:predicate kg:acquires ; rdf:subject ?o . ?other a kg:Place }""",
    "denied but direct": """INSERT { ?s ?p ?o }
        WHERE { ?x kg:status kg:denied ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o }""",
    "actual without direct": "DELETE { ?s kg:produces ?o } WHERE { ?s kg:produces ?o }",
    "symmetric one way": "DELETE { ?o ?p ?s } WHERE { ?x rdf:predicate kg:meetsWith ; kg:status kg:actual ; "
    "rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o }",
    "direct the wrong way": "DELETE { ?s kg:produces ?o } INSERT { ?o kg:produces ?s } WHERE { ?s kg:produces ?o }",
    "direct both ways": "INSERT { ?o kg:produces ?s } WHERE { ?s kg:produces ?o }",
    "direct without statement": "INSERT DATA { e:e9d31ed46cf41501a kg:competesWith e:eb44fcec7bf3fe181 }",
    "statement lost": "DELETE { ?x ?p ?o } WHERE { ?x rdf:predicate kg:produces ; ?p ?o }",
    "statement twice": """INSERT { ?y ?p ?o } WHERE { ?x rdf:predicate kg:finances ; ?p ?o
        BIND(IRI(CONCAT(STR(?x), "2")) AS ?y) }""",
    "articles counted wrong": instead("rdf:Statement", "kg:articles", "3"),
    "more sources than articles": instead("rdf:Statement", "kg:sources", "3"),
    "no sources": without("rdf:Statement", "kg:sources"),
    "stated by an article that does not name it": """DELETE { ?s kg:mentionedIn ?d ; kg:articles ?n }
        INSERT { ?s kg:articles 1 } WHERE { ?x rdf:subject ?s ; kg:evidence/oa:hasSource ?d .
            ?s kg:articles ?n ; kg:mentionedIn ?other FILTER(?d != ?other) }""",
    "statement without class": "DELETE { ?x a rdf:Statement } WHERE { ?x a rdf:Statement }",
}
_EVIDENCE = {
    "evidence without article": without("kg:Evidence", "oa:hasSource"),
    "article that is not there": instead("kg:Evidence", "oa:hasSource", "<https://w3id.org/x/doc/gone>"),
    "evidence in an entity": instead("kg:Evidence", "oa:hasSource", "e:e9d31ed46cf41501a"),
    "no selector": without("kg:Evidence", "oa:hasSelector"),
    "selector that is not there": instead("kg:Evidence", "oa:hasSelector", "<https://w3id.org/x/ev/0a-s>"),
    "selector shared": "INSERT { ?x oa:hasSelector ?s } WHERE { ?x a kg:Evidence . ?y oa:hasSelector ?s }",
    "evidence of nothing": "INSERT { ?y ?p ?o } WHERE { ?x a kg:Evidence ; ?p ?o "
    "BIND(IRI(CONCAT(STR(?x), '1')) AS ?y) }",
    "selector of nothing": "INSERT DATA { <https://w3id.org/korean-news-kg/ev/1a-s> a oa:TextPositionSelector ; "
    "oa:start 1 ; oa:end 2 }",
    "cue backwards": instead("kg:Evidence", "kg:cueEnd", "0"),
    "cue before its sentence": instead("kg:Evidence", "kg:cueStart", "0"),
    "cue behind its sentence": instead("kg:Evidence", "kg:cueEnd", "99999"),
    "no extractor": without("kg:Evidence", "kg:extractor"),
    "agent of another extractor": instead("kg:Evidence", "kg:extractor", "'rules/9'"),
    "agent left out": without("kg:Evidence", "prov:wasAttributedTo"),
    "agent without name": without("prov:SoftwareAgent", "rdfs:label"),
    "agent that is none": "DELETE { ?a a prov:SoftwareAgent } WHERE { ?a a prov:SoftwareAgent }",
    "empty quote": instead("oa:TextQuoteSelector", "oa:exact", "''@ko"),
    "quote cut short": "DELETE { ?e oa:exact ?t } INSERT { ?e oa:exact ?u } WHERE { ?e oa:exact ?t "
    "BIND(STRLANG(SUBSTR(?t, 2), 'ko') AS ?u) }",
    "quote without language": "DELETE { ?e oa:exact ?t } INSERT { ?e oa:exact ?u } WHERE { ?e oa:exact ?t "
    "BIND(STR(?t) AS ?u) }",
    "quotation without words": without("oa:TextQuoteSelector", "oa:exact"),
    "no offsets": without("oa:TextPositionSelector", "oa:start"),
    "end before start": instead("oa:TextPositionSelector", "oa:end", "0"),
    "offsets exchanged": "DELETE { ?e oa:start ?a ; oa:end ?b } INSERT { ?e oa:start ?b ; oa:end ?a } "
    "WHERE { ?e oa:start ?a ; oa:end ?b }",
    "offsets shifted": "DELETE { ?e oa:start ?a } INSERT { ?e oa:start ?b } "
    "WHERE { ?e oa:start ?a BIND(?a + 1 AS ?b) }",
}
_ARTICLE = {
    "no hash": without("schema:NewsArticle", "kg:sha256"),
    "hash in capitals": instead("schema:NewsArticle", "kg:sha256", f"'{'AB' * 32}'"),
    "hash cut short": instead("schema:NewsArticle", "kg:sha256", "'ab12'"),
    "no language": without("schema:NewsArticle", "schema:inLanguage"),
    "article's identifier of another": instead("schema:NewsArticle", "schema:identifier", "'a1'"),
    "two originals": besides("schema:NewsArticle", "schema:isBasedOn", "kg:x", "kg:y"),
    "original that is not there": instead("schema:NewsArticle", "schema:isBasedOn", "<https://w3id.org/x/doc/gone>"),
    "two addresses": besides("schema:NewsArticle", "kg:address", "'a'", "'b'"),
    "address as text": instead("schema:NewsArticle", "schema:url", "'https://news.example/a'"),
    "two dates": besides("schema:NewsArticle", "schema:datePublished", "'1999'^^xsd:gYear", "'1998'^^xsd:gYear"),
    "published in words": instead("schema:NewsArticle", "schema:datePublished", "'어제'"),
    "publisher as IRI": instead("schema:NewsArticle", "schema:publisher", "kg:x"),
    "headline without language": instead("schema:NewsArticle", "schema:headline", "'제목'"),
    "article as another class": "DELETE { ?x a schema:NewsArticle } INSERT { ?x a schema:Article } "
    "WHERE { ?x a schema:NewsArticle }",
    "no dataset": "DELETE { ?d ?p ?o } WHERE { ?d a schema:Dataset ; ?p ?o }",
    "two datasets": "INSERT DATA { <https://w3id.org/x/graph/meta> a schema:Dataset ; kg:schemaHash 'ab' }",
    "no schema": without("schema:Dataset", "kg:schemaHash"),
}
FAULTS = {**_ENTITY, **_STATEMENT, **_EVIDENCE, **_ARTICLE}
"""Updates by what they break; each changes the sample's graph."""

_INTEGER, _DECIMAL = '"^^<http://www.w3.org/2001/XMLSchema#integer>', '"^^<http://www.w3.org/2001/XMLSchema#decimal>'
SPELLINGS = {
    "leading zeros": (f'#mentions> "1{_INTEGER}', f'#mentions> "001{_INTEGER}'),
    "a plus sign": (f'#mentions> "1{_INTEGER}', f'#mentions> "+1{_INTEGER}'),
    "trailing zeros": (f'#confidence> "0.9{_DECIMAL}', f'#confidence> "0.90{_DECIMAL}'),
    "no digit before the point": (f'#confidence> "0.9{_DECIMAL}', f'#confidence> ".9{_DECIMAL}'),
    "one with decimals": (f'#confidence> "0.9{_DECIMAL}', f'#confidence> "1.0{_DECIMAL}'),
}
"""Numbers in other than canonical form, as what stands in N-Triples and what stands there instead."""

APART = ("IRI outside the base", "no dataset", "two datasets")
"""Faults that show only where the file has one base and one dataset."""
_DATA = re.compile(f"(?<=<{DEFAULT_BASE})(?=(ent|stmt|doc|ev|agent|graph|node)/)")
_SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")
TOGETHER = "kg:Rule-base sh:deactivated true . kg:Dataset-one sh:deactivated true ."
"""Turtle behind the shapes, for graphs of many bases."""


def broken(rdf: rdflib.Graph, *given: str) -> str:
    """Return a graph with faults, one after the other, as N-Triples; each must change it."""
    lines = rdf.serialize(format="nt11")
    for fault in given:
        if fault in SPELLINGS:
            changed = lines.replace(*SPELLINGS[fault])
        else:
            other = rdflib.Graph().parse(data=lines, format="nt11")
            other.update(PREFIXES + FAULTS[fault])
            changed = other.serialize(format="nt11")
        assert set(changed.splitlines()) != set(lines.splitlines()), f"{fault}: nothing changed"
        lines = changed
    return lines


def planted(rdf: rdflib.Graph) -> dict[str, str]:
    """Return N-Triples by fault, each under a base of its own; "none" has no fault."""
    texts = {"none": rdf.serialize(format="nt11")}
    texts |= {fault: broken(rdf, fault) for fault in (*FAULTS, *SPELLINGS) if fault not in APART}
    return {fault: _DATA.sub(f"x{number}/", text) for number, (fault, text) in enumerate(texts.items())}


def found(report: rdflib.Graph, texts: dict[str, str]) -> set[str]:
    """Return the faults that a report of all the texts together is about, by what it names."""
    bases = {f"/x{number}/": fault for number, fault in enumerate(texts)}
    faults = set()
    for result in report.subjects(rdflib.RDF.type, _SH.ValidationResult):
        focus, value = report.value(result, _SH.focusNode), report.value(result, _SH.value)
        if isinstance(focus, rdflib.Literal):  # a date by itself
            faults |= {fault for fault, text in texts.items() if f" {focus.n3()} .\n" in text}
        elif base := re.search(r"/x\d+/", str(focus)) or re.search(r"/x\d+/", str(value)):
            faults.add(bases[base.group()])
    return faults
