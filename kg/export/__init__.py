"""Writers of the graph in other forms; each sees the Schema and the records of a graph, or all of it in NetworkX."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from inspect import signature
from pathlib import Path
from typing import Any

import networkx as nx

from kg.errors import ExportError
from kg.export.dot import write_dot
from kg.export.files import is_packed
from kg.export.ftm import write_ftm
from kg.export.gexf import write_gexf
from kg.export.graphjson import graph_from_json, graph_to_json, read_graph, write_json
from kg.export.graphml import write_graphml
from kg.export.html import write_html
from kg.export.jsonld import write_jsonld
from kg.export.neo4j import write_neo4j
from kg.export.obsidian import write_obsidian
from kg.export.parquet import write_parquet
from kg.export.png import write_png
from kg.export.rdf import to_rdf, write_nquads, write_ntriples, write_trig, write_turtle
from kg.export.records import GraphRecords, Records
from kg.export.schemaorg import write_schemaorg
from kg.export.svg import write_svg
from kg.export.textless import Textless
from kg.model import LARGEST
from kg.schema import Schema

__all__ = [
    "EXPORTERS",
    "Exporter",
    "export",
    "graph_from_json",
    "graph_to_json",
    "read_graph",
    "to_rdf",
]


@dataclass(frozen=True, slots=True)
class Exporter:
    """A form the graph can be written in: its file suffix, what it is, and its writer.

    `write(records, schema, path, **options)` replaces the file whole or leaves it as it was. What does not `stream`
    takes the NetworkX graph in place of its records.
    """

    suffix: str
    description: str
    write: Callable[..., None]
    streams: bool = True


EXPORTERS: dict[str, Exporter] = {
    "html": Exporter(".html", "interactive page, one offline file", write_html, streams=False),
    "turtle": Exporter(".ttl", "RDF 1.1 Turtle, default graph", write_turtle),
    "ntriples": Exporter(".nt", "RDF 1.1 N-Triples, default graph", write_ntriples),
    "nquads": Exporter(".nq", "RDF 1.1 N-Quads, a named graph for each article", write_nquads),
    "trig": Exporter(".trig", "RDF 1.1 TriG, a named graph for each article", write_trig),
    "jsonld": Exporter(".jsonld", "JSON-LD 1.1 with its context", write_jsonld),
    "json": Exporter(".json", "the complete graph, reloadable", write_json),
    "parquet": Exporter(".parquet", "Parquet tables, a folder of four files", write_parquet),
    "graphml": Exporter(".graphml", "GraphML for Gephi and yEd", write_graphml),
    "gexf": Exporter(".gexf", "GEXF 1.3 for Gephi, with time, colours and sizes", write_gexf),
    "neo4j": Exporter(".neo4j", "CSV for Neo4j, a folder with its scripts", write_neo4j),
    "ftm": Exporter(".ftm.json", "FollowTheMoney entities as JSON lines", write_ftm),
    "schemaorg": Exporter(".schemaorg.jsonld", "JSON-LD with the terms of schema.org alone", write_schemaorg),
    "dot": Exporter(".dot", "DOT for Graphviz", write_dot),
    "obsidian": Exporter(".vault", "Markdown vault for Obsidian, a folder", write_obsidian, streams=False),
    "svg": Exporter(".svg", "picture of the most connected entities", write_svg, streams=False),
    "png": Exporter(".png", "the same picture in print quality", write_png, streams=False),
}


def export(
    graph: nx.MultiDiGraph[Any] | Records,
    schema: Schema,
    path: Path,
    form: str | None = None,
    *,
    text: bool = True,
    largest: int = LARGEST,
    **options: Any,
) -> None:
    """Write the graph to a file in the form named, or in the one its suffix stands for; gzip where it ends in .gz.

    html, obsidian, svg and png need the whole graph in memory, and raise GraphSizeError where it has more than
    `largest` entities and relations; the other forms take any.
    Without `text`, quotations and titles are left out. Other options go to the writer: `base` for the RDF forms,
    `rdf12` for those but JSON-LD, `title`, `language` and `shown` for html, svg and png, `language` for obsidian.
    Raises ExportError when form, suffix or option is unknown or the file cannot be written.
    """
    if form is None:
        form = form_of(path)
    if form not in EXPORTERS:
        forms = ", ".join(f"{name} ({one.suffix})" for name, one in EXPORTERS.items())
        raise ExportError(f"{path}: no form {form or path.suffix!r}; the forms are {forms}")
    found = EXPORTERS[form]
    if unknown := sorted(options.keys() - signature(found.write).parameters.keys()):
        raise ExportError(f"{path}: form {form} has no option {', '.join(unknown)}; leave it out or write another form")
    records: Records = GraphRecords(graph) if isinstance(graph, nx.Graph) else graph
    records = records if text else Textless(records)
    found.write(records if found.streams else records.networkx(largest), schema, path, **options)


def form_of(path: Path) -> str | None:
    """Return the form that the longest ending of a file's name stands for, .gz aside; None where none does."""
    name = (path.with_suffix("") if is_packed(path) else path).name.lower()
    fitting = [form for form, one in EXPORTERS.items() if name.endswith(one.suffix)]
    return max(fitting, key=lambda form: len(EXPORTERS[form].suffix), default=None)
