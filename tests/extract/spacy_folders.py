"""Small spaCy pipelines saved to folders: names from lists, as good as a model's for what the tests ask."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import spacy
from spacy.training import Example
from thinc.api import fix_random_seed

ENGLISH = {
    "Apple": "ORG",
    "Apple Inc.": "ORG",
    "Beats Electronics": "ORG",
    "Microsoft": "ORG",
    "OpenAI": "ORG",
    "Samsung Electronics": "ORG",
    "Tim Cook": "PERSON",
    "Cook": "PERSON",
    "Seattle": "GPE",
    "iPhone": "PRODUCT",
    "Korean": "NORP",
    "2014": "DATE",
}


def listing(folder: Path, language: str, names: Mapping[str, str]) -> Path:
    """Save a pipeline that finds the names given, with their labels."""
    nlp = spacy.blank(language)
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": label, "pattern": name} for name, label in names.items()])  # type: ignore[attr-defined]
    nlp.to_disk(folder)
    return folder


def untrained(folder: Path, language: str, seed: int) -> Path:
    """Save a pipeline whose names and parse come of weights that three steps on one sentence have left nearly random.

    Every verb of the sentence has its lemma, so that relations are looked for.
    """
    fix_random_seed(seed)
    nlp = spacy.blank(language)
    words = ["Kakao", "acquired", "OpenAI", ".", "카카오는", "제휴했다", "👍🏽"]
    truth = {
        "entities": ["U-ORG", "O", "U-PERSON", "O", "B-ORG", "L-ORG", "U-PRODUCT"],
        "heads": [1, 1, 1, 1, 5, 1, 5],
        "deps": ["nsubj", "ROOT", "dobj", "punct", "nsubj", "ccomp", "dobj"],
    }
    nlp.add_pipe("ner")
    nlp.add_pipe("parser", config={"min_action_freq": 1})
    doc = spacy.tokens.Doc(nlp.vocab, words=words)
    example = Example.from_dict(doc, truth)
    optimizer = nlp.initialize(lambda: [example])
    for _ in range(3):
        nlp.update([example], sgd=optimizer)
    # Under the name that tells of lemmas: every word is a form of acquire.
    lemmas = nlp.add_pipe("attribute_ruler", name="lemmatizer")
    lemmas.add([[{}]], {"LEMMA": "acquire", "POS": "VERB"})  # type: ignore[attr-defined]
    nlp.to_disk(folder)
    return folder
