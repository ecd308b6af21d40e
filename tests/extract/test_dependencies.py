from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from kg.extract.dependencies import Verbs, stated
from kg.extract.spans import Span, with_names
from kg.model import Document
from kg.schema import load_schema

VOCAB = spacy.blank("en").vocab
TAGS = {"VBD": "VERB", "VBN": "VERB", "VBZ": "VERB", "VBG": "VERB", "VB": "VERB", "NN": "NOUN"}
TYPES = {"Hawaii": "Place", "Obama": "Person", "Cook": "Person"}
ORGANIZATIONS = ("Apple", "Beats", "Google", "Fitbit", "YouTube", "Tesla")


def parsed(rows: str) -> Doc:
    """Return the Doc of words written as word/lemma/tag/dependency/head, heads numbered from 0."""
    cells = [word.split("/") for word in rows.split()]
    words, lemmas, tags, deps, heads = zip(*cells, strict=True)
    return Doc(
        VOCAB,
        words=list(words),
        lemmas=list(lemmas),
        tags=list(tags),
        pos=[TAGS.get(tag, "PROPN" if tag == "NNP" else "X") for tag in tags],
        deps=list(deps),
        heads=[int(head) for head in heads],
    )


def found(rows: str, offset: int = 0) -> list[tuple[str, ...]]:
    """Return what is stated: subject, relation, object, status, cue."""
    doc = parsed(rows)
    text = " " * offset + doc.text
    spans = [
        Span(offset + token.idx, offset + token.idx + len(token.text), TYPES.get(token.text, "Organization"))
        for token in doc
        if token.text in TYPES or token.text in ORGANIZATIONS
    ]
    schema = load_schema()
    document = with_names(Document("d", text), spans, schema)
    names = {entity.id: entity.name for entity in document.entities}
    rows_found: list[tuple[str, ...]] = []
    for one in stated(doc, offset, document, Verbs.of(schema), schema, "test"):
        assert text[one.evidence.start : one.evidence.end] == one.evidence.text == doc.text.strip()
        cue = text[slice(*one.evidence.cue)]
        rows_found.append((names[one.subject], one.type, names[one.object], one.status, cue))
    return rows_found


PLAIN = "Apple/Apple/NNP/nsubj/1 acquired/acquire/VBD/ROOT/1 Beats/Beats/NNP/dobj/1 ././././1"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (PLAIN, [("Apple", "acquires", "Beats", "actual", "acquired")]),
        (  # passive
            "Beats/Beats/NNP/nsubjpass/2 was/be/VBD/auxpass/2 acquired/acquire/VBN/ROOT/2 by/by/IN/agent/2"
            " Apple/Apple/NNP/pobj/3",
            [("Apple", "acquires", "Beats", "actual", "acquired")],
        ),
        (  # a participle at a noun
            "Beats/Beats/NNP/nsubj/5 ,/,/,/punct/0 acquired/acquire/VBN/acl/0 by/by/IN/agent/2 Apple/Apple/NNP/pobj/3"
            " grew/grow/VBD/ROOT/5",
            [("Apple", "acquires", "Beats", "actual", "acquired")],
        ),
        (  # a relative clause
            "Apple/Apple/NNP/nsubj/4 which/which/WDT/nsubj/2 acquired/acquire/VBD/relcl/0 Beats/Beats/NNP/dobj/2"
            " grew/grow/VBD/ROOT/4",
            [("Apple", "acquires", "Beats", "actual", "acquired")],
        ),
        (  # a preposition of the label; another one states nothing
            "Apple/Apple/NNP/nsubj/1 invested/invest/VBD/ROOT/1 in/in/IN/prep/1 Beats/Beats/NNP/pobj/2",
            [("Apple", "investsIn", "Beats", "actual", "invested")],
        ),
        ("Apple/Apple/NNP/nsubj/1 invested/invest/VBD/ROOT/1 with/with/IN/prep/1 Beats/Beats/NNP/pobj/2", []),
        (
            "Obama/Obama/NNP/nsubjpass/2 was/be/VBD/auxpass/2 born/bear/VBN/ROOT/2 in/in/IN/prep/2"
            " Hawaii/Hawaii/NNP/pobj/3",
            [("Obama", "bornIn", "Hawaii", "actual", "born")],
        ),
        (
            "Tesla/Tesla/NNP/nsubjpass/2 was/be/VBD/auxpass/2 founded/found/VBN/ROOT/2 by/by/IN/agent/2"
            " Cook/Cook/NNP/pobj/3",
            [("Tesla", "foundedBy", "Cook", "actual", "founded")],
        ),
        (  # a noun in apposition, and one that is said to be
            "YouTube/YouTube/NNP/nsubj/6 ,/,/,/punct/0 a/a/DT/det/3 subsidiary/subsidiary/NN/appos/0 of/of/IN/prep/3"
            " Google/Google/NNP/pobj/4 grew/grow/VBD/ROOT/6",
            [("YouTube", "subsidiaryOf", "Google", "actual", "subsidiary")],
        ),
        (
            "YouTube/YouTube/NNP/nsubj/1 is/be/VBZ/ROOT/1 Google/Google/NNP/poss/4 's/'s/POS/case/2"
            " subsidiary/subsidiary/NN/attr/1",
            [("YouTube", "subsidiaryOf", "Google", "actual", "subsidiary")],
        ),
        (  # both ends coordinated
            "Apple/Apple/NNP/nsubj/3 and/and/CC/cc/0 Google/Google/NNP/conj/0 sued/sue/VBD/ROOT/3"
            " Beats/Beats/NNP/dobj/3",
            [("Apple", "sues", "Beats", "actual", "sued"), ("Google", "sues", "Beats", "actual", "sued")],
        ),
        (  # of a symmetric relation also one end alone
            "Apple/Apple/NNP/nsubj/3 and/and/CC/cc/0 Google/Google/NNP/conj/0 merged/merge/VBD/ROOT/3",
            [("Apple", "mergesWith", "Google", "actual", "merged")],
        ),
        (  # the schema does not let a place be acquired
            "Apple/Apple/NNP/nsubj/1 acquired/acquire/VBD/ROOT/1 Hawaii/Hawaii/NNP/dobj/1",
            [],
        ),
    ],
)
def test_what_stands_at_the_ends_of_a_trigger_is_joined(rows: str, expected: list[tuple[str, ...]]) -> None:
    assert found(rows) == expected


@pytest.mark.parametrize(
    ("rows", "status"),
    [
        ("Apple/Apple/NNP/nsubj/2 will/will/MD/aux/2 acquire/acquire/VB/ROOT/2 Beats/Beats/NNP/dobj/2", "planned"),
        ("Apple/Apple/NNP/nsubj/2 may/may/MD/aux/2 acquire/acquire/VB/ROOT/2 Beats/Beats/NNP/dobj/2", "possible"),
        ("Apple/Apple/NNP/nsubj/2 is/be/VBZ/aux/2 acquiring/acquire/VBG/ROOT/2 Beats/Beats/NNP/dobj/2", "planned"),
        (
            "Apple/Apple/NNP/nsubj/1 plans/plan/VBZ/ROOT/1 to/to/TO/aux/3 acquire/acquire/VB/xcomp/1"
            " Beats/Beats/NNP/dobj/3",
            "planned",
        ),
        (
            "Apple/Apple/NNP/nsubj/1 wants/want/VBZ/ROOT/1 to/to/TO/aux/3 acquire/acquire/VB/xcomp/1"
            " Beats/Beats/NNP/dobj/3",
            "possible",
        ),
        (
            "Apple/Apple/NNP/nsubj/1 refused/refuse/VBD/ROOT/1 to/to/TO/aux/3 acquire/acquire/VB/xcomp/1"
            " Beats/Beats/NNP/dobj/3",
            None,
        ),
        (
            "Apple/Apple/NNP/nsubj/3 did/do/VBD/aux/3 not/not/RB/neg/3 acquire/acquire/VB/ROOT/3"
            " Beats/Beats/NNP/dobj/3",
            None,
        ),
        (
            "if/if/IN/mark/2 Apple/Apple/NNP/nsubj/2 acquired/acquire/VBD/ROOT/2 Beats/Beats/NNP/dobj/2",
            None,
        ),
        (
            "Cook/Cook/NNP/nsubj/1 denied/deny/VBD/ROOT/1 Apple/Apple/NNP/nsubj/3 acquired/acquire/VBD/ccomp/1"
            " Beats/Beats/NNP/dobj/3",
            None,
        ),
        (
            "Cook/Cook/NNP/nsubj/1 said/say/VBD/ROOT/1 Apple/Apple/NNP/nsubj/3 acquired/acquire/VBD/ccomp/1"
            " Beats/Beats/NNP/dobj/3",
            "actual",
        ),
        (PLAIN.replace("./", "?/"), None),
    ],
)
def test_a_plan_is_no_fact(rows: str, status: str | None) -> None:
    expected = [] if status is None else [("Apple", "acquires", "Beats", status)]
    assert [row[:4] for row in found(rows)] == expected


def test_offsets_are_those_of_the_whole_text() -> None:
    assert found(PLAIN, offset=17) == [("Apple", "acquires", "Beats", "actual", "acquired")]


def test_the_triggers_are_the_words_of_the_english_labels() -> None:
    triggers = Verbs.of(load_schema())
    assert sorted((word, one.relation, one.preposition) for word, one in triggers.verbs.items()) == [
        ("acquire", "acquires", None),
        ("compete", "competesWith", "with"),
        ("criticize", "criticizes", None),
        ("finance", "finances", None),
        ("invest", "investsIn", "in"),
        ("investigate", "investigates", None),
        ("meet", "meetsWith", "with"),
        ("merge", "mergesWith", "with"),
        ("operate", "operatesIn", "in"),
        ("partner", "partnersWith", "with"),
        ("produce", "produces", None),
        ("sanction", "sanctions", None),
        ("sue", "sues", None),
        ("supply", "supplies", None),
        ("support", "supports", None),
    ]
    assert sorted(triggers.participles) == ["born", "educated", "founded", "located"]
    assert sorted(triggers.nouns) == ["member", "parent", "sibling", "spouse", "subsidiary"]
