"""How stages are run over many articles."""
