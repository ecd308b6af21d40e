"""Relations as a pandas DataFrame."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from kg.errors import MissingExtraError
from kg.model import DEAL_PARTS, Deal, Relation

if TYPE_CHECKING:
    import pandas

ENDS = ("subject", "subject_type", "subject_id", "object", "object_type", "object_id")
COLUMNS = (
    *("id", "type", *ENDS, "status", "date", "last_date", "role", *DEAL_PARTS),
    *("confidence", "articles", "sources"),
)
"""Columns of a table with a row each relation."""
EVIDENCE_COLUMNS = (
    *("id", "type", *ENDS, "status", "date", "role", *DEAL_PARTS, "speaker", "confidence", "extractor"),
    *("published", "publisher", "title", "url", "article", "original", "start", "end", "text"),
)
"""Columns of a table with a row each sentence: `date`, `role` and deal as that sentence states them."""

NUMBERS = {
    "value": "Int64",
    "stake": "Float64",
    "confidence": "float64",
    **dict.fromkeys(("articles", "sources", "start", "end"), "int64"),
}
"""Types of the columns that are numbers; the capital ones may be missing."""


def frame(relations: Iterable[Relation], evidence: bool) -> pandas.DataFrame:
    """Return a DataFrame of relations or of their evidence; raises MissingExtraError without pandas.

    Texts are pandas strings and numbers what NUMBERS says, whatever the graph holds; dates stay ISO texts, since they
    differ in precision.
    """
    try:
        import pandas
    except ImportError as error:
        raise MissingExtraError("to_pandas", "pandas") from error
    columns = EVIDENCE_COLUMNS if evidence else COLUMNS
    rows = (row for relation in relations for row in _rows(relation, evidence))
    made = pandas.DataFrame([[row[column] for column in columns] for row in rows], columns=list(columns))
    return made.astype({column: NUMBERS.get(column, "string") for column in columns})


def _rows(relation: Relation, evidence: bool) -> Iterator[dict[str, Any]]:
    ends = {
        "subject": relation.subject.name,
        "subject_id": relation.subject.id,
        "object": relation.object.name,
        "object_id": relation.object.id,
        "subject_type": relation.subject.subtype or relation.subject.type,
        "object_type": relation.object.subtype or relation.object.type,
    }
    common = {"id": relation.id, "type": relation.type, **ends}
    for stated in relation.evidence if evidence else [relation]:
        own = {name: getattr(stated, name) for name in stated.__dataclass_fields__}
        yield {**own, **common, **_parts(stated.deal)}


def _parts(deal: Deal | None) -> dict[str, Any]:
    return {part: getattr(deal, part, None) for part in DEAL_PARTS}
