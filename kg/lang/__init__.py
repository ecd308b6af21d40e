"""Languages the package reads, one sub-package each."""
