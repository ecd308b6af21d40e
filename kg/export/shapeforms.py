"""How a shape is written in Turtle, and what values of each kind are in SHACL."""

from __future__ import annotations

from kg.export.vocabulary import Property

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


def shape(name: str, kind: str, *constraints: str) -> str:
    """Return a shape of our namespace in Turtle; `kind` is NodeShape or PropertyShape."""
    return f"kg:{name} a sh:{kind} ;\n    " + " ;\n    ".join(constraints) + " .\n"


def property_shape(target: str, path: str, message: str, *constraints: str, name: str | None = None) -> str:
    """Return the shape of one property of one class."""
    title = f"{target.partition(':')[2]}-{name or path.partition(':')[2]}"
    said = f'sh:message "{path if name is None else name}: {message}"@en'
    return shape(title, "PropertyShape", f"sh:targetClass {target} ; sh:path {path}", *constraints, said)


def value_shape(target: str, path: str, kind: str, *constraints: str, needed: bool = False, many: bool = False) -> str:
    """Return the shape of a property whose values are of one kind, and how many they may be."""
    words, values = _VALUES[kind]
    counts = ["sh:minCount 1"] * needed + ["sh:maxCount 1"] * (not many)
    often = {(True, False): "exactly one, ", (True, True): "one or more, each ", (False, False): "one at most, "}
    return property_shape(target, path, often.get((needed, many), "") + words, *counts, values, *constraints)


def own_shape(found: Property, domain: str) -> str:
    """Return the shape of a property of our own on one of the classes that carry it."""
    return value_shape(
        domain, f"kg:{found.name}", found.kind, *_FURTHER.get(found.name, ()), needed=found.required, many=found.many
    )
