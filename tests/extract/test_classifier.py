from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from kg.errors import InputError, ResourceError
from kg.extract.classifier.klue import Row, micro_f1, read_pairs
from kg.extract.classifier.pairs import End, joinable, pairs
from kg.extract.classifier.sentence import sentence_strings
from kg.extract.classifier.weights import Weights, load, save
from kg.extract.recogniser.labels import Span
from kg.lang.ko.morphemes import analyse
from kg.schema import load_schema

ALLOWED = joinable(load_schema())
HEADER = "id,sentence,subject_entity,object_entity,label,source\n"


def end(name: str, start: int, kind: str = "Organization", carried: str = "") -> End:
    stop = start if carried else start + len(name)
    return End(start, stop, name, kind, kind, name, carried)


def test_weights_come_back_as_they_were_saved(tmp_path: Path) -> None:
    path = tmp_path / "w.gz"
    matrix = np.array([[1.27, 0.0], [0.001, -0.001], [0.5, -1.27]])
    rows = {"인수": 0, "rare": 1, "O|투자": 2}
    assert save(path, Weights(("none", "acquires>"), rows, matrix, [0.5, -0.5], {"slope": 1.5})) == 2
    found = load(path)
    assert (found.labels, dict(found.rows)) == (("none", "acquires>"), {"인수": 0, "O|투자": 1})
    assert found.settings == {"slope": 1.5}
    np.testing.assert_allclose(found.total(["인수", "unknown", "O|투자"]), [1.77, -1.27], rtol=1e-6)
    np.testing.assert_allclose(found.probabilities(np.zeros(2)), [0.7310586, 0.2689414], rtol=1e-6)


def test_the_same_weights_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        save(tmp_path / name, Weights(("x",), {"가": 0}, np.array([[1.0]]), [0.0], {}))
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_a_feature_with_a_line_break_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="has a line break"):
        save(tmp_path / "w", Weights(("x",), {"가\n": 0}, np.array([[1.0]]), [0.0], {}))


def test_damaged_weights_are_named(tmp_path: Path) -> None:
    (tmp_path / "w.gz").write_bytes(b"no gzip")
    with pytest.raises(ResourceError, match=r"w\.gz: not the weights"):
        load(tmp_path / "w.gz")


def test_two_entities_are_paired_once_where_they_stand_closest() -> None:
    named = [end("카카오", 0), end("네이버", 10), end("카카오", 15)]
    found = [(a.start, b.start, between) for a, b, between in pairs(named, [], ALLOWED)]
    assert found == [(10, 15, ())]


def test_names_between_two_ends_are_given_by_type() -> None:
    named = [end("카카오", 0), end("서울", 5, "Place"), end("네이버", 10)]
    found = {(a.name, b.name): between for a, b, between in pairs(named, [], ALLOWED)}
    assert found[("카카오", "네이버")] == ("Place",)


def test_no_pair_is_made_of_types_that_no_relation_joins_nor_of_distant_names() -> None:
    assert list(pairs([end("서울", 0, "Place"), end("갤럭시", 5, "Product")], [], ALLOWED)) == []
    assert list(pairs([end("카카오", 0), end("네이버", 400)], [], ALLOWED)) == []


def test_a_carried_end_is_paired_with_every_name_but_not_with_another_carried_one() -> None:
    carried = [end("쏘카", 0, carried="T"), end("우버", 0, carried="M")]
    found = {(a.name, b.name) for a, b, _ in pairs([end("카카오", 4)], carried, ALLOWED)}
    assert found == {("쏘카", "카카오"), ("우버", "카카오")}


def test_features_of_a_marked_sentence_tell_the_order_and_are_sorted() -> None:
    text = "카카오의 정신아 대표가 사임했다."
    org, person = Span(0, 3, "ORG"), Span(5, 8, "PER")
    strings = [sentence_strings(text, analyse(text), *ends, {}) for ends in ((org, person), (person, org))]
    assert strings[0] == sorted(strings[0])
    assert "ORGPER>" in strings[0] and "PERORG<" in strings[1]
    assert {"r>0대표/NN", "oe1아"} <= set(strings[0])


def test_micro_f1_leaves_no_relation_out() -> None:
    gold = ["a", "b", "no_relation", "a"]
    found = micro_f1(gold, ["a", "no_relation", "a", "a"])
    assert found == {"micro_f1": 0.6667, "precision": 0.6667, "recall": 0.6667, "pairs": 4, "gold": 3}


def test_klue_rows_are_read_with_half_open_spans(tmp_path: Path) -> None:
    path = tmp_path / "dev.csv"
    subject = "{'word': '카카오', 'start_idx': 0, 'end_idx': 2, 'type': 'ORG'}"
    obj = "{'word': '정신아', 'start_idx': 5, 'end_idx': 7, 'type': 'PER'}"
    path.write_text(f'{HEADER}7,카카오의 정신아,"{subject}","{obj}",no_relation,w\n', encoding="utf-8")
    assert list(read_pairs(path)) == [Row("7", "카카오의 정신아", Span(0, 3, "ORG"), Span(5, 8, "PER"), "no_relation")]
    assert Row.of("7", "카카오의 정신아", "0-3:ORG", "5-8:PER", "no_relation") == next(read_pairs(path))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("id,sentence\n", "lacks the columns subject_entity"),
        (HEADER + "7,가,x,y,z,w\n", r":2: no entity"),
        (
            HEADER + "7,가,\"{'start_idx': 0, 'end_idx': 9, 'type': 'ORG'}\",y,z,w\n",
            "outside the sentence",
        ),
    ],
)
def test_a_wrong_klue_file_is_named(tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "dev.csv").write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        list(read_pairs(tmp_path / "dev.csv"))
