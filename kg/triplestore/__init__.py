"""The graph in triple stores: SPARQL over it, the query pack, loading and serving."""
