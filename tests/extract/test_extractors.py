from __future__ import annotations

from pathlib import Path

import pytest

import kg
from kg.errors import ExtractionError, InputError, MissingExtraError, UnknownNameError
from kg.extract.conformance import CHECKS, Trial
from kg.extract.extractors import BUILT_IN, GROUP, extractors, load_extractor
from kg.extract.pipeline import KoreanExtractor
from kg.stage import Stage
from tests.extract.installing import PLUGIN, describe, install

CALL = "    def __call__(self, documents):\n        return list(documents)\n"
FACTORY = "def factory(argument, language):\n    return Stage()\n"
BROKEN = {
    "unimportable": (
        "import nowhere_to_be_found\n",
        "cannot be loaded (ModuleNotFoundError: No module",
    ),
    "misspelled": ("", "cannot be loaded (AttributeError: module 'misspelled' has no attribute 'factory')"),
    "shapeless": ("def factory(): ...\n", "cannot be loaded (TypeError: too many positional arguments)"),
    "raising": ("def factory(argument, language):\n    return 1 / 0\n", "failed (ZeroDivisionError: division by zero)"),
    "nameless": (
        f"class Stage:\n    version = '1'\n{CALL}{FACTORY}",
        "made a Stage without name, which is no Stage",
    ),
    "versionless": (
        f"class Stage:\n    name = 'a'\n    version = 1\n{CALL}{FACTORY}",
        "made a Stage without version, which is no Stage",
    ),
    "uncallable": (
        f"class Stage:\n    name = 'a'\n    version = '1'\n{FACTORY}",
        "made a Stage without __call__, which is no Stage",
    ),
}


@pytest.fixture
def plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The test package, installed into a folder on the path."""
    target = tmp_path / "installed"
    install(PLUGIN, target)
    monkeypatch.syspath_prepend(str(target))
    return target


def test_what_ships_can_be_named() -> None:
    assert set(BUILT_IN) >= {"gliner", "korean", "spacy"}
    assert isinstance(load_extractor("korean"), KoreanExtractor)
    assert isinstance(load_extractor("korean"), Stage)


def test_every_factory_that_ships_is_there() -> None:
    from importlib import import_module

    for one in BUILT_IN.values():
        module, _, function = one.factory.partition(":")
        assert callable(getattr(import_module(module), function)), one.name


@pytest.mark.parametrize(
    ("spec", "language", "said"),
    [
        ("korean:large", "ko", "takes no argument; write korean"),
        ("korean", "en", "reads Korean, not 'en'; give another, such as spacy:MODEL"),
        ("spacy", "en", "name a model, such as spacy:en_core_web_sm"),
        ("spacy:", "en", "name a model"),
        ("spacy:xx_nowhere_sm", "en", "python -m spacy download xx_nowhere_sm"),
    ],
)
def test_a_wrong_argument_says_what_to_give(spec: str, language: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        load_extractor(spec, language)
    assert said in str(caught.value)


def test_an_unknown_name_offers_the_nearest_and_says_where_others_register() -> None:
    with pytest.raises(UnknownNameError) as caught:
        load_extractor("spaci:en_core_web_sm")
    assert caught.value.nearest[0] == "spacy"
    said = str(caught.value)
    assert said.startswith("no extractor named 'spaci'; did you mean spacy")
    names = ", ".join(sorted(BUILT_IN))
    assert said.endswith(f"(there are {names}; others are registered as entry points of the group {GROUP!r})")


def test_gliner_without_its_library_names_the_extra() -> None:
    if _has_gliner():
        pytest.skip("gliner is installed")
    with pytest.raises(MissingExtraError, match=r"pip install 'korean-news-kg\[gliner\]'"):
        load_extractor("gliner:folder")


def _has_gliner() -> bool:
    from importlib.util import find_spec

    return find_spec("gliner") is not None


def test_a_plug_in_is_found_by_its_metadata_and_listed(plugin: Path) -> None:
    (found,) = [one for one in extractors() if one.name == "capitals"]
    assert (found.distribution, found.factory) == ("capitals-extractor 1.2", "capitals_extractor:capitals")
    assert found.description == "Takes words with capital letters for organizations"
    assert found in kg.extractors()
    stage = load_extractor("capitals:4", "en")
    assert (stage.name, stage.version) == ("capitals", "1.2-4")


def test_a_plug_in_is_used_like_what_ships(plugin: Path) -> None:
    found = kg.extract("Globex acquired Acme.", language="en", extractor="capitals")
    assert [(r.type, r.evidence.text) for r in found.relations] == [("acquires", "Globex acquired Acme")]
    assert found.language == "en"
    with pytest.raises(InputError, match="give the fewest letters"):
        kg.extract("Globex acquired Acme.", language="en", extractor="capitals:few")


@pytest.fixture(scope="module")
def plugin_trial(tmp_path_factory: pytest.TempPathFactory) -> Trial:
    target = tmp_path_factory.mktemp("conforming")
    install(PLUGIN, target)
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(target))
        trial = Trial("capitals", "en")
        assert len(trial.processes) == 2
    return trial


@pytest.mark.parametrize("check", CHECKS, ids=CHECKS.get)
def test_the_test_package_passes_the_suite(plugin_trial: Trial, check: object) -> None:
    assert callable(check)
    check(plugin_trial)


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_plug_in_is_named_with_its_distribution(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, said = BROKEN[name]
    (tmp_path / f"{name}.py").write_text(code, encoding="utf-8")
    describe(tmp_path, f"{name}-plugin", "0.3", {GROUP: {name: f"{name}:factory"}})
    monkeypatch.syspath_prepend(str(tmp_path))
    assert name in [one.name for one in extractors()]  # listing loads nothing, and cannot break
    with pytest.raises(ExtractionError) as caught:
        load_extractor(f"{name}:x", "en")
    assert str(caught.value).startswith(f"extractor {name!r} of {name}-plugin 0.3 ({name}:factory) ")
    assert said in str(caught.value)


def test_no_plug_in_takes_the_name_of_what_ships(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    describe(tmp_path, "usurper", "1", {GROUP: {"korean": "nowhere:factory"}})
    monkeypatch.syspath_prepend(str(tmp_path))
    assert isinstance(load_extractor("korean"), KoreanExtractor)
    assert [one.distribution for one in extractors() if one.name == "korean"] == [None]
