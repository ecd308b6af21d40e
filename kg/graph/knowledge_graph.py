"""The KnowledgeGraph: what a Python programmer asks of the graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Unpack

from kg.contract import check_size
from kg.graph.conditions import Conditions, Filter
from kg.graph.lookup import entity_types
from kg.graph.period import checked_date
from kg.graph.queries import Queries
from kg.model import LARGEST, Document
from kg.schema import Schema, load_schema

if TYPE_CHECKING:
    import networkx as nx
    import pandas
    import rdflib

    from kg.graph.difference import Difference
    from kg.graph.notebook import Frame


class KnowledgeGraph(Queries):
    """Entities and relations with the sentences they rest on, read-only, over a NetworkX graph.

    Wherever a name is asked for, any alias, an entity id (also one of an earlier build) or an id elsewhere
    (krx:035720) will do; spaces, case, punctuation and legal forms (㈜, Inc.) do not count in names. A name that
    no entity has, or that several share, raises UnknownNameError with the nearest names or the ids to choose
    from; `entities(name=…)` gives all that share one. `len` is the number of relations, iteration yields them,
    and `name in graph` says whether an entity has a name.
    """

    @classmethod
    def from_documents(cls, documents: Iterable[Document], schema: Schema | None = None) -> KnowledgeGraph:
        """Resolve and assemble documents; the same graph comes of them in any order."""
        from kg.graph.assemble import assemble
        from kg.resolve import resolve
        from kg.resolve.copies import fingerprint, originals
        from kg.resolve.identifiers import identify

        again = list(documents) if isinstance(documents, Iterator) else documents
        schema = schema or load_schema()
        return cls(assemble(again, identify(resolve(again)), schema, originals(map(fingerprint, again))), schema)

    @classmethod
    def load(cls, path: str | Path, schema: Schema | None = None) -> KnowledgeGraph:
        """Read `graph.json`, the folder that has it, or an RDF file, also with .gz; raises FormatError naming the file.

        RDF files are those of `export`: .ttl, .nt, .nq, .trig, .jsonld (see `from_rdf`).
        """
        from kg.graph.reading import read_checked

        schema = schema or load_schema()
        return cls(read_checked(Path(path), schema), schema)

    @classmethod
    def from_rdf(cls, source: str | Path | rdflib.Graph, schema: Schema | None = None) -> KnowledgeGraph:
        """Return the graph that RDF written by `export` or made by `to_rdf` holds, equal to the one written.

        `source` is a file (.ttl, .nt, .nq, .trig, .jsonld, each also with .gz) or an rdflib Graph or Dataset.
        pyoxigraph reads files where it is installed, several times as quickly; without it RDF 1.2 raises
        MissingExtraError.
        docs/rdf.md lists what RDF cannot carry. Raises FormatError naming the file or subject that is not as written.
        """
        from kg.contract import check_graph
        from kg.export.rdfreading import graph_from_rdf, read_rdf

        schema = schema or load_schema()
        graph = read_rdf(Path(source), schema) if isinstance(source, str | Path) else graph_from_rdf(source, schema)
        check_graph(graph, schema)
        return cls(graph, schema)

    def subgraph(
        self,
        around: str | Sequence[str] | None = None,
        hops: int = 1,
        *,
        entities: str | None = None,
        **conditions: Unpack[Conditions],
    ) -> KnowledgeGraph:
        """Return the part of the graph that lies around entities, or that meets conditions.

        `around` is a name or several: what is at most `hops` relations away from any of them stays, with
        all relations between what stays. `entities` keeps entities of one type and of types below it
        beside those of `around`; the further conditions (type, status, since, until, min_confidence,
        min_sources, publisher) are those of `relations`, and only relations that meet them count. Without
        `around`, the ends of all such relations stay. Counts of entities stay those of the whole graph.
        """
        from kg.graph.subgraphs import part

        given = [around] if isinstance(around, str) else around
        nodes = None if given is None else [self._names.node(name) for name in given]
        kinds = None if entities is None else entity_types(self._schema, entities)
        wanted = Filter.of(self._schema, conditions)
        return KnowledgeGraph(part(self._graph, self._table, nodes, hops, kinds, wanted), self._schema)

    def as_of(self, date: str) -> KnowledgeGraph:
        """Return the graph as the articles published by a date had it, the date included.

        `date` may be a year or a month, which stands for its end. An article counts when it was certainly
        published by then: one without date never does, one dated 2025-03 does from the end of March on.
        Each relation is made anew of the evidence that remains (dates, role, deal, confidence, articles,
        sources); one that only later articles end or deny stands as it did. What is stated as actual with
        an event date after `date` is planned. Entities that no remaining article names drop out; of those
        that stay, `articles` counts the remaining ones and `mentions` is that same number, since the graph
        does not know in which article a mention stands. Names, aliases, types and which mentions are one
        entity are those of the whole graph. Raises InputError for what is no date.
        """
        from kg.graph.history import as_of

        return KnowledgeGraph(as_of(self._graph, checked_date(date)), self._schema)

    def since(self, date: str) -> KnowledgeGraph:
        """Return what is new since a date: relations that no article published before it states.

        The date is included, and `graph.as_of` of the day before has what is not new. A relation is its
        type, its ends and its status, so a plan come true is new, also where earlier articles gave its
        date in advance. The graph has the articles published on or after the date (or perhaps so: 2025-03
        for 2025-03-15), the new relations, their ends, and the entities that no earlier article names,
        counted as in `as_of`. Articles without date are left out. Raises InputError for what is no date.
        """
        from kg.graph.history import since

        return KnowledgeGraph(since(self._graph, checked_date(date)), self._schema)

    def diff(self, other: KnowledgeGraph) -> Difference:
        """Return what `other`, the later graph, has added, lost and changed.

        Entities are matched by id, else by type and name, relations by type, ends and status.
        """
        from kg.graph.difference import difference

        return difference((self.entities(), other.entities()), (self, other))

    def to_networkx(self, largest: int = LARGEST) -> nx.MultiDiGraph[Any]:
        """Return a copy of the NetworkX graph, with the attributes that kg.contract describes.

        Raises GraphSizeError when it has more than `largest` entities and relations.
        """
        import copy

        check_size(self._graph.number_of_nodes(), len(self), largest)
        return copy.deepcopy(self._graph)

    def to_rdf(self, **options: Any) -> rdflib.Graph:
        """Return the graph in RDF, as the Turtle export has it.

        `base` sets the namespace of its IRIs; `named_graphs=True` returns a Dataset with a graph for each article;
        `text=False` leaves quotations and titles out.
        """
        from kg.export import to_rdf

        return to_rdf(self._graph, self._schema, **options)

    def sparql(self, query: str) -> list[dict[str, Any]]:
        """Return the solutions of a SPARQL query as dicts from variable to Python value.

        The prefixes of the RDF forms need no PREFIX line. An ASK query gives one row, `answer`; a CONSTRUCT
        query rows of subject, predicate and object. Raises InputError for a query that cannot be read or
        that would reach another source (SERVICE, FROM).
        """
        from kg.graph.sparql import prefixes_of, rows

        return rows(self._rdf, query, prefixes_of(self._schema))

    def to_html(self, path: str | Path, **options: Any) -> Path:
        """Write the interactive page and return its path; `options` are those of `export`."""
        return self.export(path, "html", **options)

    def show(self, height: int = 640, **options: Any) -> Frame | Path:
        """Show the interactive page: in the cell of a notebook, elsewhere in the browser from a temporary file.

        `height` is that of the cell in pixels; `options` are those of `to_html`, such as `title` and `language`.
        Returns what the notebook displays, or the path of the file. Both work without network.
        """
        from kg.graph.notebook import show

        return show(lambda path: self.to_html(path, **options), height)

    def to_json(self, path: str | Path) -> Path:
        """Write the complete graph, which `load` reads back, and return its path."""
        return self.export(path, "json")

    def to_pandas(self, *, evidence: bool = False) -> pandas.DataFrame:
        """Return a DataFrame with a row for each relation, or with `evidence` one for each sentence that states it.

        The columns are kg.graph.tables.COLUMNS or EVIDENCE_COLUMNS. Needs the extra `pandas`, else raises
        MissingExtraError. `graph.subgraph(type=…).to_pandas()` gives a part.
        """
        from kg.graph.tables import frame

        return frame(self.relations(), evidence)

    def export(self, path: str | Path, form: str | None = None, **options: Any) -> Path:
        """Write the graph in a form, by default the one of the path's ending, and return the path.

        `options` are those of kg.export.export (`text=False` leaves quotations and titles out, `base` and `rdf12` of
        the RDF forms, `title` of page and pictures, `largest` of what needs memory). A path that ends in .gz gets gzip.
        Raises ExportError and GraphSizeError.
        """
        from kg.export import export

        export(self._graph, self._schema, Path(path), form, **options)
        return Path(path)

    def __repr__(self) -> str:
        return (
            f"<KnowledgeGraph: {self._graph.number_of_nodes()} entities, {len(self)} relations"
            f" from {self.articles} articles>"
        )

    def _repr_html_(self) -> str:
        from kg.graph.notebook import as_html

        return as_html(self._graph, repr(self).strip("<>"))

    @cached_property
    def _rdf(self) -> rdflib.Graph:
        return self.to_rdf()
