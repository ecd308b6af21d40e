"""The stores that the tests know."""

from __future__ import annotations

from tests.stores import comunica, jena, oxigraph, rdflib_memory, virtuoso
from tests.stores.protocol import Store

STORES: tuple[Store, ...] = (oxigraph, rdflib_memory, jena, virtuoso, comunica)
