"""The suite that every extractor passes, with recorded answers about its articles."""

from __future__ import annotations

from typing import Any

import pytest

from kg.extract.conformance import CHECKS, Trial
from kg.extract.extractors import load_extractor
from tests.extract.llm.articles import relation
from tests.extract.llm.conftest import Write
from tests.extract.llm.endpoint import Endpoint

HOLDS = "하이브는 2021년 이타카홀딩스를 인수했다."
BUYS = "삼성전자는 하만을 인수했다."
ENGLISH = "Apple Inc. acquired Beats Electronics in 2014."


def recorded() -> dict[str, Any]:
    triples: tuple[tuple[str, str, str, str, dict[str, str]], ...] = (
        (HOLDS, "하이브", "이타카홀딩스", "인수", {"date": "2021"}),
        (BUYS, "삼성전자", "하만", "인수", {}),
        (ENGLISH, "Apple Inc", "Beats Electronics", "acquired", {"date": "2014"}),
    )
    return {
        sentence: {
            "names": [{"name": name, "type": "Company"} for name in (subject, obj, "없는회사")],
            "relations": [relation("acquires", subject, obj, sentence, cue, **parts)],
        }
        for sentence, subject, obj, cue, parts in triples
    }


@pytest.mark.parametrize(("name", "language"), [("llm", "ko"), ("llm", "en"), ("cascade", "ko")])
def test_the_extractors_conform(endpoint: Endpoint, write: Write, name: str, language: str) -> None:
    endpoint.recorded = recorded()
    trial = Trial(load_extractor(f"{name}:{write()}", language), language, network=True)
    for check in CHECKS:
        check(trial)
    assert sum(len(document.relations) for document in trial.found) >= 1
