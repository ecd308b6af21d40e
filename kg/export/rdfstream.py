"""The triples of RDF files and rdflib graphs as text, one after another.

pyoxigraph reads files where it is installed, an eighth of the time and without holding them; rdflib does otherwise.
The triples are the same, but only pyoxigraph reads RDF 1.2: a reifier comes as the rdf:Statement that it stands for.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from kg.errors import FormatError, MissingExtraError
from kg.export.files import form_suffix, open_bytes
from kg.export.terms import RDF

if TYPE_CHECKING:
    import pyoxigraph
    import rdflib

RDF_SUFFIXES = {".ttl": "turtle", ".nt": "nt11", ".nq": "nquads", ".trig": "trig", ".jsonld": "json-ld"}
"""Endings of files that are read as RDF, and rdflib's names of their forms."""
EXTRA = "oxigraph"
_RDF12 = re.compile(r"reifies>?\s+<<\(")
Triple = tuple[str, str, str]
"""Subject, predicate and object: IRIs, labels of blank nodes, or the text of a literal without language and type."""


def file_triples(path: Path) -> Iterator[Triple]:
    """Yield the triples of a file in one of the forms of RDF_SUFFIXES, of all its graphs, unpacked where it is .gz.

    Raises FormatError, to which the caller adds the file's name, and MissingExtraError for RDF 1.2 without pyoxigraph.
    """
    suffix = form_suffix(path)
    if suffix not in RDF_SUFFIXES:
        raise FormatError(f"no RDF by its ending; give one of {', '.join(RDF_SUFFIXES)}")
    read = _oxigraph_file if find_spec("pyoxigraph") else _rdflib_file
    try:
        with open_bytes(path) as data:
            yield from read(data, suffix)
    except MissingExtraError:
        raise
    except Exception as error:  # rdflib's parsers raise errors of many kinds
        raise FormatError(f"cannot be read as RDF ({error}); export the graph again") from error


def rdflib_triples(rdf: rdflib.Graph) -> Iterator[Triple]:
    """Yield the triples of a Graph, or of all graphs of a Dataset."""
    import rdflib

    found = (quad[:3] for quad in rdf.quads()) if isinstance(rdf, rdflib.Dataset) else rdf
    for subject, predicate, obj in found:
        yield str(subject), str(predicate), str(obj)


def _rdflib_file(data: IO[bytes], suffix: str) -> Iterator[Triple]:
    import rdflib

    text = data.read().decode("utf-8")
    dataset = rdflib.Dataset()
    try:
        with warnings.catch_warnings():
            # rdflib 7.6 calls deprecated methods of its own when it reads quads and JSON-LD.
            warnings.filterwarnings("ignore", category=DeprecationWarning, module="rdflib")
            dataset.parse(data=text, format=RDF_SUFFIXES[suffix])
    except Exception as error:
        if _RDF12.search(text):
            raise MissingExtraError("RDF 1.2", EXTRA) from error
        raise
    yield from rdflib_triples(dataset)


def _oxigraph_file(data: IO[bytes], suffix: str) -> Iterator[Triple]:
    import pyoxigraph

    form = pyoxigraph.RdfFormat.from_extension(suffix[1:])
    for subject, predicate, obj, _ in pyoxigraph.parse(data, form):
        if isinstance(obj, pyoxigraph.Triple):
            yield from _statement(_text(subject), obj)
        else:
            yield _text(subject), predicate.value, _text(obj)


def _statement(reifier: str, stated: pyoxigraph.Triple) -> Iterator[Triple]:
    yield reifier, f"{RDF}type", f"{RDF}Statement"
    for part, term in (("subject", stated.subject), ("predicate", stated.predicate), ("object", stated.object)):
        yield reifier, f"{RDF}{part}", _text(term)


def _text(term: Any) -> str:
    return str(getattr(term, "value", term))
