"""The extractor `gliner:MODEL`: names of the schema's top types by a GLiNER model, in any language it was trained on.

MODEL is a folder or a name on the Hugging Face hub that is downloaded already; `?threshold=0.4` after it sets the least
score of a name. Where the articles are Korean, coreference and relations are the shipped pipeline's over the model's
names; elsewhere names of one form are one thing, and relations are those of a model trained for them (GLiNER-relex).

Zaratiana et al. 2024, GLiNER: Generalist Model for Named Entity Recognition using Bidirectional Transformer.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

from kg.errors import ExtractionError, InputError, MissingExtraError
from kg.extract.merging import best
from kg.extract.pipeline import GivenNames
from kg.extract.spans import Span, digest, encodable, sentences, with_names
from kg.model import Document, Evidence, RelationMention
from kg.schema import load_schema

THRESHOLD = 0.5
"""The least score of a name, GLiNER's own default."""
LONGEST = 400
"""Characters that a model gets at once, in whole sentences: seldom more tokens, of which some encoders take 512."""


def gliner_stage(argument: str | None, language: str) -> GlinerExtractor:
    """Return the stage of a model; raises InputError when it is not here, MissingExtraError without the library."""
    model, _, settings = (argument or "").partition("?")
    name, _, value = settings.partition("=")
    threshold = THRESHOLD
    if settings:
        try:
            threshold = float(value)
        except ValueError:
            threshold = -1
        if name != "threshold" or not 0 <= threshold <= 1:
            raise InputError(f"gliner:{argument}: the one setting is ?threshold=0.4, from 0 to 1")
    if not model:
        raise InputError("gliner: name the folder of a model, or a model of the hub: gliner:urchade/gliner_multi-v2.1")
    return GlinerExtractor(model, language, threshold)


class GlinerExtractor:
    """The Stage of a GLiNER model; each article is read on its own, so the batch decides nothing."""

    name = "gliner"

    def __init__(self, model: str, language: str, threshold: float = THRESHOLD) -> None:
        _library()
        self._folder, self._language, self._threshold = _folder(model), language, threshold
        self.version = f"{Path(model).name}-{digest(self._folder)}-{threshold:g}-{version('gliner')}"
        self._model: Any = None

    def __reduce__(self) -> tuple[type[GlinerExtractor], tuple[str, str, float]]:
        """Leave the loaded model behind when pickled; the other process loads its own."""
        return GlinerExtractor, (str(self._folder), self._language, self._threshold)

    def __call__(self, documents: Sequence[Document]) -> list[Document]:
        """Return the documents with the names that the model finds in them, and relations where it can tell."""
        if self._model is None:
            self._load()
        return [self._extract(document) for document in documents]

    def _load(self) -> None:
        self._schema = load_schema()
        own = self._language == "ko"
        tops = [kind for kind in self._schema.entities.values() if kind.parent is None]
        self._types = {kind.labels.ko if own else kind.labels.en: kind.name for kind in tops}
        self._relations = {kind.labels.en: kind.name for kind in self._schema.relations.values()}
        self._korean = GivenNames() if own else None
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of the libraries below, on every load
            model = _library().from_pretrained(str(self._folder), local_files_only=True)
        self._joint = hasattr(model, "map_relations_to_text") and not own
        self._model = model

    def _extract(self, document: Document) -> Document:
        parts = list(_parts(encodable(document.text)))
        names, stated = self._infer([part for _, part in parts])
        spans = [
            Span(start + name["start"], start + name["end"], self._types[name["label"]])
            for (start, part), found in zip(parts, names, strict=True)
            for name in found
            if _checked(name, part)
        ]
        if self._korean is not None:
            return self._korean(document, spans)
        found = with_names(document, spans, self._schema)
        relations = [
            relation
            for (start, _), rows in zip(parts, stated, strict=True)
            for row in rows
            if (relation := self._relation(row, start, found)) is not None
        ]
        return replace(found, relations=tuple(best(relations, self._schema)))

    def _infer(self, texts: Sequence[str]) -> tuple[list[list[dict[str, Any]]], list[list[dict[str, Any]]]]:
        """Return the names and relations of texts, with offsets in each."""
        if not texts:
            return [], []
        labels = list(self._types)
        if self._joint:
            names, stated = self._model.inference(
                list(texts), labels, relations=list(self._relations), threshold=self._threshold
            )
            return names, stated
        return self._model.inference(list(texts), labels, threshold=self._threshold), [[] for _ in texts]

    def _relation(self, row: dict[str, Any], offset: int, document: Document) -> RelationMention | None:
        """Return a relation of a model, if both its ends are names of the document and the schema allows it.

        Its cue is what stands between the names, for the model shows no words that state it.
        """
        ends = sorted((row[end]["start"] + offset, row[end]["end"] + offset) for end in ("head", "tail"))
        owners = [
            next((m.entity for m in document.mentions if m.start < last and first < m.end), None)
            for first, last in ((row[end]["start"] + offset, row[end]["end"] + offset) for end in ("head", "tail"))
        ]
        kind, (subject, obj) = self._relations.get(row["relation"]), owners
        if kind is None or subject is None or obj is None or subject == obj:
            return None
        if not self._schema.allows(kind, document.entity(subject).type, document.entity(obj).type):
            return None
        start, end = _around(document.text, ends[0][0], ends[1][1])
        cue = (ends[0][1], ends[1][0]) if ends[0][1] < ends[1][0] else (ends[0][0], ends[1][1])
        evidence = Evidence(start, end, document.text[start:end], cue)
        score = round(min(1.0, float(row["score"])), 2)
        return RelationMention(kind, subject, obj, evidence, confidence=score, extractor=f"gliner/{self._folder.name}")


def _library() -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the libraries below are not free of deprecated calls
            from gliner import GLiNER
    except ImportError as error:
        raise MissingExtraError("the extractor gliner", "gliner") from error
    return GLiNER


def _folder(model: str) -> Path:
    """Return the folder of a model, its own or that of the hub's cache; nothing is downloaded."""
    if Path(model).is_dir():
        return Path(model).resolve()
    from huggingface_hub import snapshot_download

    try:
        return Path(snapshot_download(model, local_files_only=True))
    except (OSError, ValueError) as error:
        raise InputError(
            f"gliner:{model}: neither a folder nor a model that is downloaded: hf download {model}"
        ) from error


def _parts(text: str) -> Iterator[tuple[int, str]]:
    """Yield runs of whole sentences of at most LONGEST characters, with where each starts."""
    run: tuple[int, int] | None = None
    for start, end in sentences(text, LONGEST):
        if run is not None and end - run[0] > LONGEST:
            yield run[0], text[slice(*run)]
            run = None
        run = (start if run is None else run[0], end)
    if run is not None:
        yield run[0], text[slice(*run)]


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span of the sentences that two offsets lie in."""
    line = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", end)
    spans = [(line + a, line + b) for a, b in sentences(text[line : stop if stop >= 0 else len(text)], LONGEST)]
    touched = [span for span in spans if span[0] < end and start < span[1]]
    return (touched[0][0], touched[-1][1]) if touched else (start, end)


def _checked(name: dict[str, Any], text: str) -> bool:
    if text[name["start"] : name["end"]] != name["text"]:
        raise ExtractionError(f"GLiNER: {name['text']!r} is not at {name['start']}; report it as a bug")
    return True
