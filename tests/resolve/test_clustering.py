from __future__ import annotations

import pytest

from kg.resolve import Appearance, clustering, judgements
from kg.resolve.clustering import clusters
from kg.resolve.features import told
from kg.resolve.scoring import scorer

MAYOR = [
    Appearance(
        *(f"mayor{day:02}", "e0", "Person", "김하늘", "김하늘", (), None, 2, f"2025-03-{day:02}"),
        company=("L다솜시", "O다솜시의회", "P박바다"),
        words=("버스", "시장", "예산", "조례"),
        titles=("시장",),
        employers=("다솜시",),
        scope=(),
    )
    for day in range(1, 29)
]
NAMESAKES = [
    Appearance(
        *(f"other{day:02}", "e0", "Person", "김하늘", "김하늘", (), None, 1, f"2025-03-{day:02}"),
        company=(f"O누리{day}학교",),
        words=(f"낱말{day}",),
        titles=(("선수", "교수", "기자", "판사", "대표", "의원")[day % 6],),
        employers=(f"누리{day}학교",),
        scope=(),
    )
    for day in range(1, 25)
]


def test_a_person_in_many_articles_is_one_across_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clustering, "MOST", 20)
    found = clusters([*NAMESAKES, *MAYOR], told([]), scorer())
    assert max(found, key=len) == MAYOR
    assert sorted(one.document for cluster in found for one in cluster) == [one.document for one in MAYOR + NAMESAKES]


def test_each_entity_has_so_many_unsure_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judgements, "UNSURE", 0.0)
    monkeypatch.setattr(judgements, "DOUBTS", 2)
    alone = [[one] for one in NAMESAKES]
    found = list(judgements.judgements(alone, told([]), scorer()))
    assert {one.verdict for one in found} == {"unsure"}
    assert len(NAMESAKES) <= len(found) <= 2 * len(NAMESAKES)
