"""The rules that every extractor keeps, as checks that anybody can run on theirs.

```python
from kg.extract.conformance import CHECKS, Trial, check_extractor

for finding in check_extractor("mine:settings.yaml", "en"):
    print(finding.check, finding.kept, finding.message)
```

Under pytest each check is a test:

```python
trial = Trial(MyStage(), "en", texts=["Apple acquired Beats."])

@pytest.mark.parametrize("check", CHECKS, ids=CHECKS.get)
def test_my_stage(check):
    check(trial)
```
"""

from __future__ import annotations

import copy
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from itertools import pairwise

from kg.errors import ExtractionError
from kg.extract.trial import Trial
from kg.model import STATUSES, Document, RelationMention
from kg.schema import Schema, load_schema
from kg.stage import Stage

__all__ = ["CHECKS", "Finding", "Trial", "check_extractor"]

_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_FOUND = ("mentions", "entities", "relations")
_GIVEN = [one.name for one in fields(Document) if one.name not in _FOUND]


@dataclass(frozen=True, slots=True)
class Finding:
    """Whether an extractor keeps a rule, and where it is broken what shows it."""

    check: str
    kept: bool
    message: str = ""


def check_extractor(
    extractor: str | Stage, language: str = "ko", *, texts: Sequence[str] = (), network: bool = False
) -> list[Finding]:
    """Return what each check finds of an extractor, given by its spec or as a Stage.

    `texts` are articles in which it finds names, in place of the suite's own (Korean, else English); `network` lets it
    open connections. Raises KgError when the extractor cannot be loaded.
    """
    trial = Trial(extractor, language, texts=texts, network=network)
    findings = []
    for check, name in CHECKS.items():
        try:
            check(trial)
        except ExtractionError as error:
            findings.append(Finding(name, False, str(error)))
        else:
            findings.append(Finding(name, True))
    return findings


def _need(kept: bool, message: str) -> None:
    if not kept:
        raise ExtractionError(message)


def _named(trial: Trial) -> None:
    for word, value in zip(("name", "version"), trial.named, strict=True):
        _need(isinstance(value, str) and bool(value.strip()), f"its {word} is {value!r}; give it a text")
        _need("/" not in value and "\n" not in value, f"its {word} {value!r} has a slash or line break; leave it out")
    _ = trial.found
    now = [(trial.stage.name, trial.stage.version), *((seen.name, seen.version) for seen in trial.processes)]
    _need(now == [trial.named] * len(now), f"name and version were {trial.named} and became {now}; keep them")


def _documents_kept(trial: Trial) -> None:
    for given, found in trial.pairs:
        changed = [name for name in _GIVEN if getattr(given, name) != getattr(found, name)]
        _need(not changed, f"document {given.id}: changed {', '.join(changed)}; return what was given")
    for batch in ([], trial.plain, trial.plain[::-1]):
        ids, back = [one.id for one in batch], [one.id for one in trial.stage(batch)]
        _need(back == ids, f"{ids} came back as {back}; keep every document and their order")


def _input_untouched(trial: Trial) -> None:
    batch = trial.plain[:]
    before = copy.deepcopy(batch)
    trial.stage(batch)
    _need(batch == before, "the list or the documents that were given have changed; make new ones")


def _texts_taken(trial: Trial) -> None:
    failed = [f"{given.id} ({type(error).__name__}: {error})" for given, error in trial.failures]
    _need(not failed, f"fails on {'; '.join(failed)}; take any text")


def _blank_stays_blank(trial: Trial) -> None:
    for found in trial.found:
        if not found.text.strip():
            nothing = not (found.mentions or found.entities or found.relations)
            _need(nothing, f"document {found.id}: found something in no text")


def _something_found(trial: Trial) -> None:
    names = sum(len(found.mentions) for found in trial.found_plain)
    _need(
        names > 0, f"no name in {len(trial.plain)} articles, so nothing is shown; give articles that it finds names in"
    )


def _offsets_true(trial: Trial) -> None:
    for found in trial.found:
        try:
            found.check()
        except ValueError as error:
            raise ExtractionError(f"{error}; count code points of Document.text") from error
        for mention in found.mentions:
            composed = unicodedata.normalize("NFC", mention.text) == mention.text
            _need(composed, f"document {found.id}: mention {mention.text!r} is not NFC; quote Document.text")
        ends = [(m.start, m.end) for m in found.mentions]
        apart = all(one[1] <= other[0] for one, other in pairwise(ends))
        _need(apart, f"document {found.id}: mentions overlap or are out of order")


def _types_known(trial: Trial) -> None:
    schema = load_schema()
    tops = {name for name, kind in schema.entities.items() if kind.parent is None}
    for found in trial.found:
        for mention in found.mentions:
            _need(mention.type in tops, f"mention {mention.text!r} has type {mention.type!r}, none of {sorted(tops)}")
        ids = [entity.id for entity in found.entities]
        _need(len(ids) == len(set(ids)), f"document {found.id}: two entities have one id; number them")
        for entity in found.entities:
            where = f"document {found.id}: entity {entity.name!r}"
            _need(bool(entity.name.strip()), f"{where}: no name")
            _need(entity.type in tops, f"{where}: type {entity.type!r} is none of {sorted(tops)}")
            narrower = entity.subtype is None or (
                entity.subtype in schema.entities and schema.top(entity.subtype) == entity.type
            )
            _need(narrower, f"{where}: subtype {entity.subtype!r} is not one of {entity.type}")


def _relations(trial: Trial) -> list[tuple[Document, RelationMention, str]]:
    """Return every relation with its document, and what to call it."""
    return [(d, r, f"document {d.id}: {r.type} {r.subject}-{r.object}") for d in trial.found for r in d.relations]


def _relations_allowed(trial: Trial) -> None:
    schema: Schema = load_schema()
    for found, relation, where in _relations(trial):
        _need(relation.type in schema.relations, f"{where}: no such relation in the schema")
        types = {entity.id: entity.type for entity in found.entities}
        known = relation.subject in types and relation.object in types
        _need(known and relation.subject != relation.object, f"{where}: does not join two entities of the document")
        ends = types[relation.subject], types[relation.object]
        _need(schema.allows(relation.type, *ends), f"{where}: may not join {ends[0]} and {ends[1]}")


def _statements_formed(trial: Trial) -> None:
    for _, relation, where in _relations(trial):
        _need(relation.status in STATUSES, f"{where}: status {relation.status!r} is none of {', '.join(STATUSES)}")
        _need(0 <= relation.confidence <= 1, f"{where}: confidence {relation.confidence} is not between 0 and 1")
        dated = relation.date is None or _DATE.fullmatch(relation.date) is not None
        _need(dated, f"{where}: date {relation.date!r} is not ISO 8601, like 2025-05-27 or 2025-05")
        _need(bool(relation.extractor.strip()), f"{where}: does not name its extractor")


def _evidence_there(trial: Trial) -> None:
    for found, relation, where in _relations(trial):
        text, (start, end) = relation.evidence, relation.evidence.cue
        _need(text.start <= start < end <= text.end, f"{where}: cue {start}-{end} lies outside its evidence")
        named = {mention.entity for mention in found.mentions}
        for entity in found.entities:
            if entity.id in (relation.subject, relation.object):
                written = entity.id in named or any(form in found.text for form in (entity.name, *entity.aliases))
                _need(written, f"{where}: {entity.name!r} is nowhere in the article")


def _repeats(trial: Trial) -> None:
    first, second = ([trial.stage([one])[0] for one in trial.plain] for _ in range(2))
    _same(first, second, "the second time")


def _batches_decide_nothing(trial: Trial) -> None:
    taken = [given for given, _ in trial.pairs if len(given.text) < 1_000]
    alone = [found for given, found in trial.pairs if len(given.text) < 1_000]
    _same(alone, trial.stage(taken), "in one batch")
    _same(alone, trial.stage(taken[::-1])[::-1], "in a batch the other way round")


def _processes_agree(trial: Trial) -> None:
    for seen in trial.processes:
        there = {one.id: one for one in seen.documents}
        _same(trial.found_plain, [there[one.id] for one in trial.found_plain if one.id in there], "in another process")


def _same(expected: Sequence[Document], actual: Sequence[Document], how: str) -> None:
    _need(len(expected) == len(actual), f"{how}: {len(actual)} documents instead of {len(expected)}")
    for one, other in zip(expected, actual, strict=True):
        differing = [name for name in _FOUND if getattr(one, name) != getattr(other, name)]
        _need(not differing, f"document {one.id}: other {', '.join(differing)} {how}")


def _no_connection(trial: Trial) -> None:
    tried = sorted({one for seen in trial.processes for one in seen.connections})
    _need(not tried, f"opens connections ({'; '.join(tried)}); say so to whoever uses it, and check with network=True")


def _nothing_written(trial: Trial) -> None:
    written = sorted({one for seen in trial.processes for one in seen.written})
    _need(not written, f"writes {', '.join(written)} in the working directory; use a temporary folder")


CHECKS: dict[Callable[[Trial], None], str] = {
    _named: "name and version are texts and stay",
    _documents_kept: "documents, their order, ids and texts stay",
    _input_untouched: "the input is untouched",
    _texts_taken: "any text is taken",
    _blank_stays_blank: "nothing is found in no text",
    _something_found: "names are found",
    _offsets_true: "offsets are true",
    _types_known: "types are in the schema",
    _relations_allowed: "relations are in the schema",
    _statements_formed: "status, date, confidence and extractor are well formed",
    _evidence_there: "evidence holds its cue and its ends are in the article",
    _repeats: "the same again",
    _batches_decide_nothing: "the same in other batches",
    _processes_agree: "the same in other processes",
    _no_connection: "no connection is opened",
    _nothing_written: "nothing is written where one works",
}
"""Every check with its name; a check raises ExtractionError, saying what to do, when the extractor breaks its rule."""
