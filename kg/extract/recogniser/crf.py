"""A linear-chain CRF read from CRFsuite's file: the weights as arrays, and the likeliest labels of sentences."""

from __future__ import annotations

import gzip
import struct
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from kg.errors import ResourceError

_FEATURE = np.dtype([("type", "<u4"), ("source", "<u4"), ("target", "<u4"), ("weight", "<f8")])
_STATE = 0
"""Type of the features that tie an attribute to a label; the others tie a label to the next one."""


@dataclass(frozen=True, slots=True)
class Crf:
    """`states[rows[attribute], label]` is what an attribute adds to a label, `steps[label, next]` what a step adds.

    The first row of `states` is zero, for what has no weight.
    """

    labels: tuple[str, ...]
    rows: Mapping[str, int]
    states: Any
    steps: Any

    def best(self, scores: Any, lengths: Sequence[int]) -> list[list[str]]:
        """Return the likeliest labels of sentences whose units score `scores`, shape (sentences, units, labels).

        `lengths` are the sentences' units, the longest sentence first, none empty. Method: Viterbi 1967.
        """
        reached = scores[:, 0].copy()
        came: list[list[list[int]]] = []
        going = len(lengths)
        for at in range(1, lengths[0]):
            while lengths[going - 1] <= at:
                going -= 1
            ways = reached[:going, :, None] + self.steps
            came.append(ways.argmax(axis=1).tolist())
            reached[:going] = ways.max(axis=1) + scores[:going, at]
        found = []
        for number, (label, length) in enumerate(zip(reached.argmax(axis=1).tolist(), lengths, strict=True)):
            path = [label]
            for at in range(length - 2, -1, -1):
                path.append(came[at][number][path[-1]])
            found.append([self.labels[label] for label in reversed(path)])
        return found


def load(path: Path) -> Crf:
    """Return the CRF of a gzipped file of CRFsuite; raises ResourceError naming the file when it is damaged.

    Format: crf1d_model.c and cqdb.c of CRFsuite 0.12 (https://github.com/chokkan/crfsuite).
    """
    try:
        content = gzip.decompress(path.read_bytes())
        magic, features, labels, attributes = struct.unpack_from("<4s24xIII", content)
        if magic != b"lCRF":
            raise ValueError("no file of CRFsuite")
        (count,) = struct.unpack_from("<I", content, features + 8)
        weights = np.frombuffer(content, _FEATURE, count, features + 12)
        names, rows = _strings(content, labels), _strings(content, attributes)
    except (OSError, EOFError, ValueError, zlib.error, struct.error) as error:
        raise ResourceError(f"{path}: not the weights of a CRF ({error}); reinstall the package") from error
    states, steps = np.zeros((len(rows) + 1, len(names))), np.zeros((len(names), len(names)))
    alone = weights["type"] == _STATE
    for table, first, part in ((states, 1, weights[alone]), (steps, 0, weights[~alone])):
        table[part["source"] + first, part["target"]] = part["weight"]
    return Crf(tuple(names), {name: row for row, name in enumerate(rows, 1)}, states, steps)


def _strings(content: bytes, start: int) -> list[str]:
    """Return the strings of one of the file's tables in the order of their numbers."""
    count, listed = struct.unpack_from("<II", content, start + 16)
    places = np.frombuffer(content, "<u4", count, start + listed).tolist()
    sizes = (struct.unpack_from("<I", content, start + place + 4)[0] for place in places)
    return [
        content[start + place + 8 : start + place + 7 + size].decode()
        for place, size in zip(places, sizes, strict=True)
    ]
