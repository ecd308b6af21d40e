"""The arguments that several tools share, with their bounds; the descriptions are part of their JSON Schemas."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from kg.model import Status

_DATE = r"^\d{4}(-\d{2}(-\d{2})?)?$"

Name = Annotated[
    str, Field(min_length=1, max_length=200, description="Name, alias, id or ticker (krx:035720) of an entity.")
]
MaybeName = Annotated[
    str | None, Field(min_length=1, max_length=200, description="Name, alias, id or ticker of an entity.")
]
EntityType = Annotated[
    str | None,
    Field(max_length=100, description="Entity type by name or label, types below it included (Company, 기업)."),
]
RelationTypes = Annotated[
    list[str] | None,
    Field(max_length=50, description="Relation types by name or label, any of them (acquires, 인수)."),
]
Statuses = Annotated[
    list[Status] | None,
    Field(description="Any of these statuses; ['actual'] for what was reported as a fact. All when left out."),
]
Date = Annotated[str, Field(pattern=_DATE, description="ISO date: 2025, 2025-03 or 2025-03-14.")]
MaybeDate = Annotated[str | None, Field(pattern=_DATE, description="ISO date, included: 2025, 2025-03 or 2025-03-14.")]
AsOf = Annotated[
    str | None,
    Field(pattern=_DATE, description="Answer from the articles published by this date alone, as of that day."),
]
Few = Annotated[int, Field(ge=1, le=30, description="Most to give in one answer.")]
Many = Annotated[int, Field(ge=1, le=100, description="Most to give in one answer.")]
Offset = Annotated[int, Field(ge=0, le=1_000_000, description="Skip so many.")]
Evidence = Annotated[
    int, Field(ge=0, le=3, description="Pieces of evidence for each relation; get_relation gives all.")
]
