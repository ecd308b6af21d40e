"""The SHACL shapes that take SPARQL: counts, direct triples, quotations and IRIs, over all things of a class at once.

The focus node is a class or property, so that an engine reads and asks each query once, not once a thing; what breaks
the rule is the value. Patterns are stars around one variable, which no engine can take in a bad order.
"""

from __future__ import annotations

from kg.schema import Schema

_RULES = {
    "base": (
        "kg:Entity, schema:NewsArticle, rdf:Statement, kg:Evidence, oa:TextPositionSelector, prov:SoftwareAgent",
        "an IRI outside the base of the file",
        """?dataset a schema:Dataset . BIND ( STRBEFORE(STR(?dataset), "graph/meta") AS ?base )
            ?value a $this . FILTER ( ! STRSTARTS(STR(?value), ?base) )""",
    ),
    "identifier": (
        "kg:Entity, schema:NewsArticle, prov:SoftwareAgent",
        "schema:identifier: not what the IRI ends in",
        """?value a $this ; schema:identifier ?id .
            FILTER ( ! STRENDS(STR(?value), CONCAT("/", ENCODE_FOR_URI(?id))) && ?id NOT IN (".", "..") )""",
    ),
    "address": (
        "schema:url",
        "schema:url: an IRI, or xsd:anyURI where it is none",
        """?value $this ?address .
            FILTER ( isBlank(?address) || (isLiteral(?address) && DATATYPE(?address) != xsd:anyURI) )""",
    ),
    "actual": (
        "rdf:Statement",
        "an actual statement lacks its direct triple",
        """?value a $this ; kg:status kg:actual ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o .
            FILTER NOT EXISTS { ?s ?p ?o }""",
    ),
    "ends-named": (
        "rdf:Statement",
        "an article states it that does not name both its ends",
        """?value a $this ; (rdf:subject|rdf:object) ?end ; kg:evidence/oa:hasSource ?article .
            FILTER NOT EXISTS { ?end kg:mentionedIn ?article }""",
    ),
    "extractor": (
        "kg:Evidence",
        "kg:extractor: not the identifier of prov:wasAttributedTo",
        """?value a $this ; kg:extractor ?extractor .
            FILTER ( ?extractor != "" )
            FILTER NOT EXISTS { ?value prov:wasAttributedTo/schema:identifier ?extractor }""",
    ),
    "quotation": (
        "oa:TextQuoteSelector",
        "oa:exact: not as long as from oa:start to oa:end",
        """?value a $this ; oa:exact ?words ; oa:start ?start ; oa:end ?end .
            FILTER ( STRLEN(?words) != ?end - ?start )""",
    ),
}
"""Rules by name: the focus nodes, the message and the pattern that finds what breaks the rule."""

_COUNTED = {
    "articles-counted": (
        "rdf:Statement",
        "kg:articles: not the number of articles of its evidence",
        "?value a $this ; kg:articles ?count ; kg:evidence/oa:hasSource ?article .",
        "?value ?count",
        "COUNT(DISTINCT ?article) != ?count",
    ),
    "mentions-counted": (
        "kg:Entity",
        "kg:articles: not the number of kg:mentionedIn",
        "?value a $this ; kg:articles ?count ; kg:mentionedIn ?article .",
        "?value ?count",
        "COUNT(DISTINCT ?article) != ?count",
    ),
    "relation-once": (
        "rdf:Statement",
        "two statements of one subject, predicate, object and status",
        "?one a $this ; rdf:subject ?value ; rdf:predicate ?p ; rdf:object ?o ; kg:status ?status .",
        "?value ?p ?o ?status",
        "COUNT(DISTINCT ?one) > 1",
    ),
}
"""Rules that count: the focus nodes, the message, the pattern, what is counted together, and what breaks the rule."""


def rules(schema: Schema) -> list[str]:
    """Return the shapes in Turtle."""
    symmetric = [f"kg:{name}" for name in sorted(schema.symmetric)]
    others = [f"kg:{name}" for name in sorted(schema.relations) if name not in schema.symmetric]
    return [
        *(_rule(name, targets, message, pattern) for name, (targets, message, pattern) in _RULES.items()),
        *(
            _rule(name, *parts[:3], f" GROUP BY $this {parts[3]} HAVING ({parts[4]})")
            for name, parts in _COUNTED.items()
        ),
        _rule(
            "actual-back",
            "rdf:Statement",
            "an actual statement of a symmetric relation lacks its direct triple back",
            f"""?value a $this ; kg:status kg:actual ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o .
            FILTER ( ?p IN ({", ".join(symmetric)}) )
            FILTER NOT EXISTS {{ ?o ?p ?s }}""",
        ),
        _rule("direct", ", ".join(others), _UNSUPPORTED, f"?value $this ?o .{_no_actual('?value', '?o', 'a')}"),
        _rule(
            "direct-symmetric",
            ", ".join(symmetric),
            _UNSUPPORTED,
            f"?value $this ?o .{_no_actual('?value', '?o', 'a')}{_no_actual('?o', '?value', 'b')}",
        ),
    ]


_UNSUPPORTED = "a direct triple stands for a relation that no statement gives as actual"


def _no_actual(subject: str, obj: str, name: str) -> str:
    return f"""
            FILTER NOT EXISTS {{
                ?{name} rdf:subject {subject} ; rdf:object {obj} ; rdf:predicate $this ; kg:status ?{name}s .
                FILTER ( ?{name}s = kg:actual )
            }}"""


def _rule(name: str, targets: str, message: str, pattern: str, ending: str = "") -> str:
    return f"""\
kg:Rule-{name} a sh:NodeShape ;
    sh:targetNode {targets} ;
    sh:sparql [
        a sh:SPARQLConstraint ;
        sh:message "{message}"@en ;
        sh:prefixes kg:Prefixes ;
        sh:select \"\"\"SELECT $this ?value WHERE {{
            {pattern}
        }}{ending}\"\"\" ;
    ] .
"""
