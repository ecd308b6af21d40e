"""The name recogniser: units, features, a linear-chain CRF, and the passes over its output."""
