from __future__ import annotations

import pickle
import sys
import types
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from kg.errors import ExtractionError, InputError
from kg.extract import gliner as module
from kg.extract.conformance import CHECKS, Trial
from kg.extract.extractors import load_extractor
from kg.extract.gliner import LONGEST
from kg.model import Document
from kg.stage import Stage
from tests.extract.gliner_folders import StandIn, untrained

needs_gliner = pytest.mark.skipif(find_spec("gliner") is None, reason="needs GLiNER: pip install gliner")
Make = Callable[..., Stage]


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Make:
    """Return a function that makes the extractor over a stand-in of the library, which finds the names given."""
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "weights").write_text("1", encoding="utf-8")
    library = types.ModuleType("gliner")
    monkeypatch.setitem(sys.modules, "gliner", library)
    monkeypatch.setattr(module, "version", lambda name: "0.2.29")

    def make(names: dict[str, str], language: str, settings: str = "", **attributes: Any) -> Stage:
        library.GLiNER = type("GLiNER", (StandIn,), {"names": names, **attributes})  # type: ignore[attr-defined]
        return load_extractor(f"gliner:{tmp_path / 'model'}{settings}", language)

    return make


def test_names_are_asked_for_by_the_labels_of_the_schema(stand_in: Make) -> None:
    stage = stand_in({"Apple": "organization", "Tim Cook": "person", "Seattle": "place"}, "en", "?threshold=0.25")
    (found,) = stage([Document("a", "Title\nApple 👍🏽 let Tim Cook's team go to Seattle. Cook left.", language="en")])
    found.check()
    assert [(e.name, e.type) for e in found.entities] == [
        ("Apple", "Organization"),
        ("Tim Cook", "Person"),
        ("Seattle", "Place"),
    ]
    assert stage._model.asked == [(["organization", "person", "place", "product"], 0.25)]  # type: ignore[attr-defined]
    assert found.relations == ()


def test_korean_names_get_the_relations_of_the_shipped_pipeline(stand_in: Make) -> None:
    stage = stand_in({"하이브는": "조직", "이타카홀딩스를": "조직"}, "ko")
    (found,) = stage([Document("a", "하이브는 2021년 이타카홀딩스를 인수했다.")])
    found.check()
    assert [m.text for m in found.mentions] == ["하이브", "이타카홀딩스"]
    assert [(r.type, r.subject, r.object, r.date) for r in found.relations] == [("acquires", "e0", "e1", "2021")]
    assert stage._model.asked[0][0] == ["조직", "인물", "장소", "제품"]  # type: ignore[attr-defined]


def test_a_model_of_relations_gives_them_with_the_sentence(stand_in: Make) -> None:
    stage = stand_in({"Apple": "organization", "Beats": "organization"}, "en", joint=True)
    (found,) = stage([Document("a", "A first one. Apple quietly bought Beats. A last one.", language="en")])
    found.check()
    (told,) = found.relations
    assert (told.type, told.subject, told.object, told.confidence) == ("acquires", "e0", "e1", 0.8)
    assert (told.extractor, told.evidence.text) == ("gliner/model", "Apple quietly bought Beats.")
    assert found.text[slice(*told.evidence.cue)] == " quietly bought "


def test_a_relation_that_the_schema_does_not_allow_is_left_out(stand_in: Make) -> None:
    stage = stand_in({"Apple": "organization", "Seattle": "place"}, "en", joint=True)
    (found,) = stage([Document("a", "Apple likes Seattle.", language="en")])
    assert found.relations == ()


def test_a_long_text_is_read_in_short_runs_of_sentences(stand_in: Make) -> None:
    stage = stand_in({"Apple": "organization"}, "en")
    text = "Apple grows and grows. " * 100 + "no end here " * 100 + "Apple"
    (found,) = stage([Document("a", text, language="en")])
    found.check()
    assert len(found.mentions) == 101
    parts = [part for _, part in module._parts(text)]
    assert max(map(len, parts)) <= LONGEST
    assert len(parts) < 15


def test_offsets_of_a_model_are_not_taken_on_trust(stand_in: Make) -> None:
    stage = stand_in({"Apple": "organization"}, "en", shift=1)
    with pytest.raises(ExtractionError, match="'Apple' is not at 1"):
        stage([Document("a", "Apple grows.", language="en")])


def test_the_version_has_model_threshold_and_library(stand_in: Make, tmp_path: Path) -> None:
    first = stand_in({}, "en")
    assert first.version.startswith("model-")
    assert first.version.endswith("-0.5-0.2.29")
    assert stand_in({}, "en", "?threshold=0.4").version.endswith("-0.4-0.2.29")
    (tmp_path / "model" / "weights").write_text("2", encoding="utf-8")
    assert stand_in({}, "en").version != first.version


def test_it_is_pickled_without_its_model(stand_in: Make) -> None:
    stage = stand_in({"Apple": "조직"}, "ko")
    stage([Document("a", "Apple는 크다.")])
    copy = pickle.loads(pickle.dumps(stage))
    assert (copy.name, copy.version) == (stage.name, stage.version)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ("?threshold=much", "the one setting is"),
        ("?threshold=2", "from 0 to 1"),
        ("?treshold=0.4", "the one setting is"),
    ],
)
def test_a_wrong_setting_is_told(stand_in: Make, settings: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        stand_in({}, "en", settings)


def test_a_model_that_is_named_by_nothing_is_told(stand_in: Make) -> None:
    stand_in({}, "en")
    with pytest.raises(InputError, match="name the folder of a model"):
        load_extractor("gliner", "en")


@needs_gliner
def test_a_model_that_is_not_here_is_told() -> None:
    with pytest.raises(InputError, match="hf download someone/no-such-model"):
        load_extractor("gliner:someone/no-such-model", "en")


@pytest.fixture(scope="module", params=["en", "ko"])
def trial(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Trial:
    folder = untrained(tmp_path_factory.mktemp("gliner"))
    return Trial(f"gliner:{folder}?threshold=0.45", request.param)


@needs_gliner
@pytest.mark.filterwarnings("ignore")  # the libraries below GLiNER use what is deprecated
@pytest.mark.parametrize("check", CHECKS, ids=CHECKS.get)
def test_it_passes_the_suite(trial: Trial, check: Callable[[Trial], None]) -> None:
    check(trial)
