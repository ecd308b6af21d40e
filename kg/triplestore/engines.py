"""SPARQL with pyoxigraph where it is installed, else with rdflib; both give the same Answer.

Named graphs are asked as one, beside GRAPH: a query over everything needs no option. SERVICE and FROM are refused.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Literal

from kg.errors import InputError, MissingExtraError, StoreError
from kg.graph.sparql import parts, prefixes_of, prepared
from kg.schema import load_schema
from kg.triplestore.answers import Answer, Term
from kg.triplestore.sources import FORMS, Source

if TYPE_CHECKING:
    import pyoxigraph
    import rdflib

Engine = Literal["oxigraph", "rdflib"]
EXTRA = "oxigraph"


def known_prefixes() -> dict[str, str]:
    """Return the prefixes that a query may use without PREFIX: those of the RDF forms, the schema's among them."""
    return prefixes_of(load_schema())


def ask(graph: str | Path, query: str, *, engine: Engine | None = None) -> Answer:
    """Return what a SPARQL 1.1 query (SELECT, ASK, CONSTRUCT, DESCRIBE) answers about a graph.

    `graph` is a folder that `kg build` wrote, its graph.json, an RDF file or a store of `kg load`; `engine` is
    by default Oxigraph where it is installed. Raises InputError for a query or file that cannot be read or a query
    that reaches elsewhere, MissingExtraError when the engine is not installed.
    """
    source, prefixes = Source.of(graph), known_prefixes()
    checked = prepared(query, prefixes)
    ordered = "OrderBy" in parts(checked)
    if engine is None:
        engine = "oxigraph" if source.store or find_spec("pyoxigraph") else "rdflib"
    if engine == "rdflib" and source.store:
        raise InputError(f"{source.path}: rdflib reads no Oxigraph store; ask it with Oxigraph")
    if engine == "rdflib":
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # of names that rdflib uses itself
            return _rdflib_evaluated(_rdflib_graph(source), checked, ordered)
    try:
        return _oxigraph_answer(oxigraph_store(source), query, prefixes, ordered)
    except SyntaxError as error:
        raise InputError(f"SPARQL query: {error}; mend it") from error


def oxigraph_store(source: Source) -> pyoxigraph.Store:
    """Return an Oxigraph store of a source, in memory unless it is on disk already."""
    try:
        import pyoxigraph
    except ImportError as error:
        raise MissingExtraError("Oxigraph", EXTRA) from error
    if source.store:
        try:
            return pyoxigraph.Store.read_only(str(source.path))
        except OSError as error:
            raise StoreError(f"{source.path}: cannot be opened ({error}); load it again with kg load") from error
    store = pyoxigraph.Store()
    if source.named:
        fill_named(store, source)
    fill(store, source)
    return store


def fill_named(store: pyoxigraph.Store, source: Source) -> None:
    """Load the named graphs of a source, and only these, into a store; raises InputError for a file with a fault."""
    _loaded(source, "nquads", lambda data, form: store.bulk_extend(_in_graphs(data, form)))


def fill(store: pyoxigraph.Store, source: Source) -> None:
    """Load all triples of a source into the default graph of a store; raises InputError for a file with a fault.

    What two named graphs state is there once, as it is not in their union.
    """
    if source.named:
        _loaded(source, "nquads", lambda data, form: store.bulk_extend(_plain(data, form)))
    else:
        _loaded(source, "ntriples", lambda data, form: store.bulk_load(data, form))


def _loaded(source: Source, form: str, load: Callable[[IO[bytes], pyoxigraph.RdfFormat], None]) -> None:
    with source.rdf(form) as (data, written), told_of(source.path, written):
        load(data, oxigraph_form(written))


@contextmanager
def told_of(path: object, form: str) -> Iterator[None]:
    """Raise InputError naming the file for what Oxigraph raises over RDF that is not of its form."""
    try:
        yield
    except (SyntaxError, ValueError, EOFError, OSError) as error:
        raise InputError(f"{path}: not {form} ({error}); mend the file or write it again") from error


def _plain(data: IO[bytes], form: pyoxigraph.RdfFormat) -> Iterator[pyoxigraph.Quad]:
    """Yield the quads of RDF without their graphs."""
    import pyoxigraph

    return (pyoxigraph.Quad(*quad.triple) for quad in pyoxigraph.parse(data, form))


def _in_graphs(data: IO[bytes], form: pyoxigraph.RdfFormat) -> Iterator[pyoxigraph.Quad]:
    """Yield the quads of RDF that have a graph."""
    import pyoxigraph

    outside = pyoxigraph.DefaultGraph()
    return (quad for quad in pyoxigraph.parse(data, form) if quad.graph_name != outside)


def only_named(store: pyoxigraph.Store) -> bool:
    """Return whether a store has nothing in its default graph, so that its named graphs are to be asked as one."""
    import pyoxigraph

    return next(store.quads_for_pattern(None, None, None, pyoxigraph.DefaultGraph()), None) is None


def oxigraph_form(form: str) -> pyoxigraph.RdfFormat:
    """Return Oxigraph's name of a form."""
    from pyoxigraph import RdfFormat

    return {
        "turtle": RdfFormat.TURTLE,
        "ntriples": RdfFormat.N_TRIPLES,
        "nquads": RdfFormat.N_QUADS,
        "trig": RdfFormat.TRIG,
        "jsonld": RdfFormat.JSON_LD,
    }[form]


def _oxigraph_answer(store: pyoxigraph.Store, query: str, prefixes: dict[str, str], ordered: bool) -> Answer:
    import pyoxigraph

    result = store.query(query, prefixes=prefixes, use_default_graph_as_union=only_named(store))
    if isinstance(result, pyoxigraph.QueryBoolean):
        return Answer(boolean=bool(result))
    if isinstance(result, pyoxigraph.QueryTriples):
        return Answer.triples(tuple(map(_oxigraph_term, triple)) for triple in result)
    names = [variable.value for variable in result.variables]
    return Answer.of(names, (tuple(map(_oxigraph_term, row)) for row in result), ordered)


def _oxigraph_term(term: Any) -> Term | None:
    import pyoxigraph

    if term is None:
        return None
    if isinstance(term, pyoxigraph.Literal):
        return Term.literal(term.value, term.language, term.datatype.value)
    if isinstance(term, pyoxigraph.Triple):
        raise InputError("the answer has triple terms of RDF 1.2; ask for other things, or the graph without --rdf12")
    return Term("uri" if isinstance(term, pyoxigraph.NamedNode) else "bnode", term.value)


def _rdflib_graph(source: Source) -> rdflib.Graph:
    import rdflib

    if source.form is None:
        return source.graph.to_rdf()
    from kg.export.rdfstream import RDF_SUFFIXES

    rdflib_forms = {FORMS[ending]: name for ending, name in RDF_SUFFIXES.items()}
    plain = source.form in ("turtle", "ntriples")
    result = rdflib.Graph() if plain else rdflib.Dataset(default_union=True)
    with source.rdf() as (data, form):
        try:
            result.parse(data, format=rdflib_forms[form])
        except Exception as error:  # each of rdflib's parsers raises its own
            raise InputError(f"{source.path}: not {form} ({error}); mend the file or write it again") from error
    return result


def _rdflib_evaluated(graph: rdflib.Graph, checked: Any, ordered: bool) -> Answer:
    try:
        return _rdflib_answer(graph.query(checked), ordered)
    except (TypeError, AttributeError, NotImplementedError) as error:  # of ORDER BY STR(?unbound), for one
        raise InputError(
            f"SPARQL query: rdflib cannot answer it ({error}); pip install 'korean-news-kg[{EXTRA}]' brings Oxigraph"
        ) from error


def _rdflib_answer(result: Any, ordered: bool) -> Answer:
    if result.type == "ASK":
        return Answer(boolean=bool(result.askAnswer))
    if result.graph is not None:
        return Answer.triples(tuple(map(_rdflib_term, triple)) for triple in result.graph)
    rows = (tuple(_rdflib_term(row.get(variable)) for variable in result.vars) for row in result.bindings)
    return Answer.of(map(str, result.vars), rows, ordered)


def _rdflib_term(term: Any) -> Term | None:
    import rdflib

    if term is None:
        return None
    if isinstance(term, rdflib.Literal):
        datatype = rdflib.XSD.string if term.datatype is None else term.datatype
        return Term.literal(str(term), term.language, str(datatype))
    return Term("uri" if isinstance(term, rdflib.URIRef) else "bnode", str(term))
