from __future__ import annotations

import gzip
from functools import lru_cache
from pathlib import Path

import numpy as np
import pycrfsuite
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import resources
from kg.errors import ResourceError
from kg.extract.recogniser import clusters, crf, tagger
from kg.extract.recogniser.beside import UNKNOWN, Beside
from kg.extract.recogniser.features import FeatureMaker
from kg.extract.recogniser.known import load_lexicon, splitter, surnames
from kg.extract.recogniser.tagger import WEIGHTS, Labeller
from kg.extract.recogniser.units import Unit
from kg.lang.ko.morphemes import analyse

TEXT = "\n".join(
    (
        "한빛전자는 12일 나래텔레콤과 인공지능 반도체를 함께 개발하기로 했다고 밝혔다.",
        "김도현 한빛전자 대표는 “서울과 부산에 연구소를 세우겠다”고 말했다.",
        "예.",
        "미국 뉴욕에 있는 스미스 교수(57)는 이 계획이 유럽연합의 규정에 어긋난다고 보았으나 정부는 답하지 않았다.",
    )
)


@lru_cache(maxsize=1)
def features() -> FeatureMaker:
    return FeatureMaker(load_lexicon(), clusters.shipped(), surnames())


@lru_cache(maxsize=1)
def weights() -> crf.Crf:
    return crf.load(resources.models(WEIGHTS))


@lru_cache(maxsize=1)
def sentences() -> list[list[Unit]]:
    return list(splitter(clusters.shipped())(analyse(TEXT)))


@lru_cache(maxsize=1)
def expected() -> list[list[str]]:
    own = pycrfsuite.Tagger()
    own.open_inmemory(gzip.decompress(resources.models(WEIGHTS).read_bytes()))
    return [own.tag(features()(units, TEXT)) for units in sentences()]


def test_labels_are_those_of_crfsuite() -> None:
    found = Labeller(weights(), features())([(TEXT, units) for units in sentences()])
    assert len({label for row in found for label in row}) > 3
    assert found == expected()


@settings(max_examples=20)
@given(st.lists(st.integers(0, 3), max_size=9))
def test_a_sentence_is_labelled_alike_whatever_stands_beside_it(chosen: list[int]) -> None:
    label = Labeller(weights(), features())
    assert label([(TEXT, sentences()[n]) for n in chosen]) == [expected()[n] for n in chosen]


def test_neighbours_are_told_apart_also_where_a_form_holds_the_sign_between_them() -> None:
    rows = {"ww+|||": 1, "ww+가|나": 2, "ww-|||": 3, "w-+가|나": 4, "tt+SW|SWg": 5, "tt-^|SW": 6, "ttt^|SW|SW": 7}
    states = np.vstack([np.zeros(8), np.eye(8)[:7]])
    beside = Beside(crf.Crf(tuple("abcdefgh"), rows, states, np.zeros((8, 8))), {})
    edge = Unit("", "", 0, 0, False)

    def added(first: str, second: str, tag: str, glued: bool) -> list[list[int]]:
        numbers = [beside.numbers(Unit(form, tag, 0, 1, False)) for form in (first, second)]
        found = beside(np.array([[0] * 3, *numbers, [0] * 3]), np.array([0, 0, int(glued), 0]))
        return [np.flatnonzero(row).tolist() for row in found]

    assert added("|", "|", "SW", True) == [[0, 4, 5, 6], [2]]
    assert added("가", "나", "NNG", False) == [[1], []]
    assert added("다", "나", "SW", False) == [[5, 6], []]
    assert beside.numbers(edge)[1] == UNKNOWN


def test_a_full_cache_is_emptied_and_labels_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    most = sum(len(units) for units in sentences()) + 1
    monkeypatch.setattr(tagger, "CACHED", most)
    label = Labeller(weights(), features())
    assert [label([(TEXT, units)])[0] for units in sentences() * 2] == expected() * 2


def test_texts_of_nothing_but_new_words_are_labelled_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tagger, "CACHED", tagger.TOGETHER + tagger.LONGEST + 3)
    text = "".join(map(chr, range(0xAC00, 0xAC00 + tagger.LONGEST)))
    rows = [[Unit(f"{char}{n}", "NNG", at, at + 1, False) for at, char in enumerate(text)] for n in range(60)]
    assert len({(unit.form, unit.tag) for row in rows for unit in row}) > tagger.CACHED
    found = Labeller(weights(), features())([(text, row) for row in rows])
    assert [len(labels) for labels in found] == [tagger.LONGEST] * len(rows)


def test_a_sentence_without_units_has_no_labels() -> None:
    assert Labeller(weights(), features())([(TEXT, []), (TEXT, sentences()[0])]) == [[], expected()[0]]


@pytest.mark.parametrize("content", [b"", b"lCRF", gzip.compress(b"lCRF"), gzip.compress(b"{}" * 40)])
def test_a_damaged_file_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / WEIGHTS
    path.write_bytes(content)
    with pytest.raises(ResourceError, match=r"names\.crfsuite\.gz: not the weights of a CRF"):
        crf.load(path)
