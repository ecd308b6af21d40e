"""Clusters of words: k-means over the embeddings that Kiwi's language model gives its morphemes."""

from __future__ import annotations

import gzip
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg import resources

TAGS = frozenset(
    ("NNG", "NNP", "NNB", "NR", "NP", "VV", "VA", "MAG", "MAJ", "MM", "XSN", "XPN", "XR", "SL", "SN", "IC")
)
CLUSTERS = "names_clusters.tsv.gz"
SIZES = (64, 256, 1024)
"""Numbers of clusters, coarse to fine."""
ANCHORS, DIMENSIONS, VOCABULARY = 400, 256, 80_000
"""Morphemes the others are compared with, rank of Kiwi's embeddings, ids that its language model covers."""

Clusters = Mapping[tuple[str, str], Sequence[int]]


def embeddings(kiwi: Any, seed: int) -> tuple[list[tuple[str, str]], Any]:
    """Return (form, tag) pairs and their unit vectors, shape (morphemes, DIMENSIONS).

    Kiwi gives cosine similarities only. With S the similarities to the anchors and G = Q L Q' those among
    the anchors, S Q L^-1/2 has the same inner products as the embeddings, up to a rotation.
    """
    import numpy as np

    morphemes = [(number, kiwi.morpheme(number)) for number in range(VOCABULARY)]
    kept = [
        (n, m.form, m.tag) for n, m in morphemes if m.form and m.tag in TAGS and kiwi.morpheme_similarity(n, n) > 0.5
    ]
    chosen = np.sort(np.random.default_rng(seed).choice(len(kept), ANCHORS, replace=False))
    anchors = [kept[place][0] for place in chosen]
    rows = np.array([[kiwi.morpheme_similarity(n, a) for a in anchors] for n, _, _ in kept], dtype=np.float64)
    gram = rows[chosen]
    values, vectors = np.linalg.eigh((gram + gram.T) / 2)
    top = np.argsort(-values)[:DIMENSIONS]
    points = rows @ vectors[:, top] / np.sqrt(values[top])
    points -= points.mean(axis=0)
    points /= np.linalg.norm(points, axis=1, keepdims=True)
    return [(form, tag) for _, form, tag in kept], points.astype(np.float32)


def kmeans(points: Any, count: int, seed: int, rounds: int = 25) -> Any:
    """Return the cluster number of each unit vector: spherical k-means (Dhillon and Modha 2001)."""
    import numpy as np

    generator = np.random.default_rng(seed)
    centres = points[np.sort(generator.choice(len(points), count, replace=False))].copy()
    for _ in range(rounds):
        nearest = np.concatenate(
            [(part @ centres.T).argmax(axis=1) for part in np.array_split(points, len(points) // 8192 + 1)]
        )
        sums = np.zeros_like(centres)
        np.add.at(sums, nearest, points)
        lengths = np.linalg.norm(sums, axis=1, keepdims=True)
        centres = np.where(lengths > 0, sums / np.maximum(lengths, 1e-9), centres)
    return nearest


def save(path: Path, clusters: Clusters) -> None:
    """Write clusters as gzip of "form, tag, numbers" lines, the same bytes for the same clusters."""
    lines = "".join(
        f"{form}\t{tag}\t{' '.join(map(str, numbers))}\n" for (form, tag), numbers in sorted(clusters.items())
    )
    path.write_bytes(gzip.compress(lines.encode(), 9, mtime=0))


def load(path: Path) -> dict[tuple[str, str], tuple[int, ...]]:
    """Return what `save` wrote."""
    clusters = {}
    for line in gzip.decompress(path.read_bytes()).decode().splitlines():
        form, tag, numbers = line.split("\t")
        clusters[form, tag] = tuple(map(int, numbers.split(" ")))
    return clusters


@lru_cache(maxsize=1)
def shipped() -> dict[tuple[str, str], tuple[int, ...]]:
    """Return the clusters that ship with the package, read once for all that look words up in them."""
    return load(resources.models(CLUSTERS))


def compute(kiwi: Any, seed: int) -> dict[tuple[str, str], tuple[int, ...]]:
    """Return the cluster numbers of each (form, tag), one for each of SIZES; the first sense of a form counts."""
    names, points = embeddings(kiwi, seed)
    columns = [kmeans(points, size, seed) for size in SIZES]
    found: dict[tuple[str, str], tuple[int, ...]] = {}
    for place, name in enumerate(names):
        found.setdefault(name, tuple(int(column[place]) for column in columns))
    return found
