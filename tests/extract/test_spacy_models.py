from __future__ import annotations

import pickle
from pathlib import Path

import pytest
import spacy

from kg.errors import InputError
from kg.extract.conformance import CHECKS, Trial
from kg.extract.extractors import load_extractor
from kg.extract.spacy_models import LONGEST, TYPES
from kg.model import Document
from kg.schema import load_schema
from tests.extract.spacy_folders import ENGLISH, listing, untrained

TEXT = (
    "Apple buys Beats\nApple Inc. acquired Beats Electronics in 2014. Tim Cook told a Korean paper so in Seattle.\n"
    "Cook’s iPhone sells well, Apple says 👍🏽."
)


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return listing(tmp_path_factory.mktemp("models") / "english", "en", ENGLISH)


def test_names_get_the_types_of_the_schema(english: Path) -> None:
    (found,) = load_extractor(f"spacy:{english}", "en")([Document("a", TEXT, language="en")])
    found.check()
    assert [(e.name, e.type, e.subtype, e.aliases) for e in found.entities] == [
        ("Apple Inc.", "Organization", "Company", ("Apple",)),
        ("Beats Electronics", "Organization", "Company", ()),
        ("Tim Cook", "Person", None, ("Cook",)),
        ("Seattle", "Place", None, ()),
        ("iPhone", "Product", None, ()),
    ]
    assert [m.text for m in found.mentions if m.entity == "e0"] == ["Apple", "Apple Inc.", "Apple"]
    assert found.relations == ()


@pytest.mark.parametrize("language", ["de", "ja", "zh"])
def test_other_languages(language: str, tmp_path: Path) -> None:
    names = {"Siemens": "ORG", "ソニー": "ORG", "华为": "ORG", "Angela Merkel": "PER"}
    if language in ("ja", "zh"):  # their tokenizers are packages of their own, but for characters
        nlp = spacy.blank("zh") if language == "zh" else spacy.blank("xx")
    else:
        nlp = spacy.blank(language)
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": label, "pattern": name} for name, label in names.items()])  # type: ignore[attr-defined]
    nlp.to_disk(tmp_path / "model")
    text = "Siemens und ソニー 。 华为。Angela Merkel kam."
    (found,) = load_extractor(f"spacy:{tmp_path / 'model'}", language)([Document("a", text, language=language)])
    found.check()
    assert "Siemens" in [e.name for e in found.entities]


def test_korean_names_lose_their_particles_and_get_the_relations_of_the_shipped_pipeline(tmp_path: Path) -> None:
    names = {"하이브는": "OG", "이타카홀딩스를": "OG", "방시혁": "PS"}
    folder = listing(tmp_path / "korean", "xx", names)
    text = "하이브는 2021년 이타카홀딩스를 인수했다. 방시혁 의장은 말을 아꼈다."
    (found,) = load_extractor(f"spacy:{folder}", "ko")([Document("a", text)])
    found.check()
    names_of = {e.id: e.name for e in found.entities}
    assert [m.text for m in found.mentions] == ["하이브", "이타카홀딩스", "방시혁"]
    assert ("하이브", "acquires", "이타카홀딩스", "actual", "2021") in [
        (names_of[r.subject], r.type, names_of[r.object], r.status, r.date) for r in found.relations
    ]


def test_labels_of_the_schema_stand_for_themselves_and_unknown_ones_for_nothing(tmp_path: Path) -> None:
    names = {"Apple": "Company", "Paris": "City", "Monday": "DATE", "Olympics": "EVENT"}
    folder = listing(tmp_path / "own", "en", names)
    (found,) = load_extractor(f"spacy:{folder}", "en")(
        [Document("a", "Apple left Paris after the Olympics on Monday.")]
    )
    assert [(e.name, e.type, e.subtype) for e in found.entities] == [
        ("Apple", "Organization", "Company"),
        ("Paris", "Place", "City"),
    ]


def test_the_types_of_labels_are_in_the_schema() -> None:
    assert set(TYPES.values()) <= set(load_schema().entities)


def test_the_version_changes_with_the_files_of_the_model(english: Path, tmp_path: Path) -> None:
    stage = load_extractor(f"spacy:{english}", "en")
    assert (stage.name, stage.version) == ("spacy", load_extractor(f"spacy:{english}", "en").version)
    assert stage.version.startswith("en_pipeline-0.0.0-")
    other = listing(tmp_path / "other", "en", {**ENGLISH, "Apple": "PRODUCT"})
    assert load_extractor(f"spacy:{other}", "en").version != stage.version


def test_another_language_and_no_names_are_told(english: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="reads 'en' and the articles are in 'ko'; give --lang en"):
        load_extractor(f"spacy:{english}")
    spacy.blank("en").to_disk(tmp_path / "nothing")
    with pytest.raises(InputError, match=r"finds no names \(its pipes: none\)"):
        load_extractor(f"spacy:{tmp_path / 'nothing'}", "en")


@pytest.mark.parametrize(
    ("model", "said"),
    [("xx_no_such", "python -m spacy download xx_no_such"), ("models/none", "models/none: no folder of a spaCy model")],
)
def test_a_missing_model_and_a_missing_folder_are_told_apart(model: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        load_extractor(f"spacy:{model}", "en")


def test_a_very_long_line_is_read_in_parts(english: Path) -> None:
    line = "Apple Inc. is big. " * (2 * LONGEST // 19)
    (found,) = load_extractor(f"spacy:{english}", "en")([Document("a", line)])
    found.check()
    assert len(found.mentions) == line.count("Apple Inc.")


def test_it_is_pickled_by_name(english: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(english.parent)
    stage = load_extractor("spacy:english", "en")
    data = pickle.dumps(stage)
    monkeypatch.chdir("/")
    assert len(data) < 1_000
    assert pickle.loads(data)([Document("a", TEXT)]) == stage([Document("a", TEXT)])


@pytest.fixture(scope="module", params=["list", "untrained en", "untrained xx"])
def trial(request: pytest.FixtureRequest, english: Path, tmp_path_factory: pytest.TempPathFactory) -> Trial:
    """Models to try: one of lists, and two whose names lie anywhere."""
    if request.param == "list":
        return Trial(f"spacy:{english}", "en")
    language = request.param.split()[1]
    folder = untrained(tmp_path_factory.mktemp("models") / language, language, seed=7)
    return Trial(f"spacy:{folder}", {"en": "en", "xx": "ko"}[language])


@pytest.mark.parametrize("check", CHECKS, ids=CHECKS.get)
def test_it_passes_the_suite(trial: Trial, check: object) -> None:
    assert callable(check)
    check(trial)
