"""Names and relations by spaCy alone, as a user of spaCy would write it in an afternoon.

A blank pipeline over Korean morphemes (Kiwi, where spaCy's own `ko` has MeCab, which is a system package), an
EntityRuler over the gazetteers of `seeds/ko`, surnames and endings of organizations, and token patterns for eleven
types of relations. No parse, no model, no coreference but equal names and the table of aliases. Written by general
knowledge of Korean news and tried on the sample articles alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from spacy.language import Language
from spacy.matcher import Matcher
from spacy.tokens import Doc
from spacy.tokens import Span as Tokens

from kg import resources
from kg.extract.spans import Span, with_names
from kg.lang.ko.morphemes import blank
from kg.lang.ko.names import plain
from kg.model import Document, Evidence, RelationMention, Status
from kg.schema import load_schema

ORGANIZATION, PERSON, PLACE, PRODUCT, TITLE = "Organization", "Person", "Place", "Product", "TITLE"
ENDINGS = (
    "은행 그룹 증권 생명 화재 보험 홀딩스 전자 제약 바이오 건설 중공업 대 대학교 위원회 협회 연구소 연구원 "
    "재단 공사 공단 법원 지법 지검 경찰청 노조 신문 일보 당"
).split()
"""Endings of names of organizations that are one morpheme."""

Pattern = list[dict[str, Any]]
_SAYS: Pattern = [{"TAG": {"IN": ["JX", "JKS"]}}]
_OBJECT: Pattern = [{"TAG": "JKO"}]
_WITH: Pattern = [{"TEXT": {"IN": ["와", "과"]}}]
_OF: Pattern = [{"TEXT": "의", "OP": "?"}]
_IS: Pattern = [{"TEXT": "이", "OP": "?"}, {"TEXT": {"IN": ["ㄴ", "인"]}, "OP": "?"}]
_FORMER: Pattern = [{"TEXT": "전", "OP": "?"}]
_NOUNS: Pattern = [{"TAG": {"IN": ["NNG", "SN", "XPN", "XSN"]}, "ENT_TYPE": "", "OP": "{0,3}"}]


def _name(*types: str) -> Pattern:
    """Return the pattern of a name, an abbreviation in brackets and a title behind it."""
    brackets: Pattern = [
        {"TAG": "SSO", "OP": "?"},
        {"TAG": {"IN": ["SL", "NNP"]}, "OP": "?"},
        {"TAG": "SSC", "OP": "?"},
    ]
    return [{"ENT_TYPE": {"IN": list(types)}}, *brackets, {"ENT_TYPE": TITLE, "OP": "?"}]


def _gap(most: int) -> Pattern:
    return [{"TAG": {"NOT_IN": ["SF"]}, "OP": f"{{0,{most}}}"}]


def _cue(*words: str) -> Pattern:
    return [{"TEXT": {"IN": list(words)}}]


_ORG, _ACTOR = (ORGANIZATION,), (ORGANIZATION, PERSON)


def _doing(subject: Sequence[str], obj: Sequence[str], particle: Pattern, near: int, *words: str) -> Pattern:
    """Return the pattern of who does what to whom, in this order."""
    return [*_name(*subject), *_SAYS, *_gap(12), *_name(*obj), *particle, *_gap(near), *_cue(*words)]


def _holding(*words: str) -> Pattern:
    """Return the pattern of who holds shares of what."""
    return [*_name(*_ACTOR), *_SAYS, *_gap(8), *_name(*_ORG), *_gap(2), *_cue("지분", "주식"), *_gap(6), *_cue(*words)]


def _making(*words: str) -> Pattern:
    """Return the pattern of who makes what."""
    quote: Pattern = [{"TEXT": {"IN": ["‘", "'", "“"]}, "OP": "?"}]
    made: Pattern = [*quote, {"ENT_TYPE": PRODUCT}, *_gap(1), *_OBJECT]
    return [*_name(*_ORG), *_SAYS, *_gap(10), *made, *_gap(4), *_cue(*words)]


@dataclass(frozen=True, slots=True)
class Rule:
    """A relation by a pattern: the first and last of its names are its ends, the last is the subject if `turned`."""

    type: str
    pattern: Pattern
    turned: bool = False


_TOGETHER = ("제휴", "협약", "업무협약", "협력", "손잡", "맞손", "합작", "MOU", "파트너십", "컨소시엄")
RULES = (
    Rule("holdsPosition", [*_name(PERSON), *_FORMER, {"ENT_TYPE": ORGANIZATION}, *_NOUNS, {"ENT_TYPE": TITLE}]),
    Rule("holdsPosition", [{"ENT_TYPE": ORGANIZATION}, *_OF, {"ENT_TYPE": PERSON}, {"ENT_TYPE": TITLE}], turned=True),
    Rule("holdsPosition", [{"ENT_TYPE": ORGANIZATION}, {"ENT_TYPE": TITLE}, *_IS, {"ENT_TYPE": PERSON}], turned=True),
    Rule("acquires", _doing(_ACTOR, _ORG, [{"TAG": "JKO", "OP": "?"}], 6, "인수", "사들이", "사들여", "사들였")),
    Rule("investsIn", _doing(_ACTOR, _ORG, _cue("에"), 8, "투자", "출자")),
    Rule("partnersWith", _doing(_ORG, _ORG, _WITH, 12, *_TOGETHER)),
    Rule("partnersWith", [*_name(*_ORG), *_WITH, *_name(*_ORG), *_gap(12), *_cue(*_TOGETHER)]),
    Rule("partnersWith", [*_name(*_ORG), *_cue("-", "·", ","), *_name(*_ORG), *_gap(4), *_cue(*_TOGETHER)]),
    Rule("subsidiaryOf", [*_name(*_ORG), *_OF, *_gap(2), *_cue("자회사", "계열사"), *_IS, *_name(*_ORG)], turned=True),
    Rule("ownsStakeIn", _holding("보유", "가지", "쥐", "소유")),
    Rule("ownsStakeIn", [*_name(*_ORG), *_OF, *_cue("최대"), *_cue("주주"), *_IS, *_name(*_ACTOR)], turned=True),
    Rule("sues", _doing(_ACTOR, _ACTOR, [{"TAG": {"IN": ["JKO", "JKB"]}}], 12, "소송", "고소", "고발", "제소")),
    Rule("criticizes", _doing(_ACTOR, _ACTOR, [{"TAG": {"IN": ["JKO", "JKB"]}}], 6, "비판", "비난", "규탄")),
    Rule("locatedIn", [{"ENT_TYPE": PLACE}, *_NOUNS, {"ENT_TYPE": ORGANIZATION}], turned=True),
    Rule("produces", _making("개발", "출시", "공개", "내놓", "선보이", "만들", "제작")),
)
"""Eleven types, for members of parties are told from holders of posts by their title."""
STATUSES: tuple[tuple[Status, frozenset[str]], ...] = (
    ("denied", frozenset({"부인", "아니"})),
    ("ended", frozenset({"철회", "무산", "포기", "중단", "해지"})),
    ("possible", frozenset({"검토", "가능", "논의", "관측", "전망"})),
    ("planned", frozenset({"계획", "예정", "추진", "기"})),
)
"""Words after a cue that show a status; 기 is of -기로 했다."""
AHEAD = 8
"""Morphemes after a cue that are looked through for them."""


def _listed() -> Iterator[dict[str, Any]]:
    """Yield the names of the gazetteers and the titles."""
    listed: dict[str, str] = {}
    for table, kind in (("places", PLACE), ("organizations", ORGANIZATION), ("products", PRODUCT)):
        for row in resources.table("ko", f"{table}.tsv"):
            listed.setdefault(row["name"], kind)
    for row in resources.table("ko", "aliases.tsv"):
        listed.setdefault(row["alias"], row["type"])
        listed.setdefault(row["canonical"], row["type"])
    for row in resources.table("ko", "titles.tsv"):
        listed.setdefault(row["title"], TITLE)
    yield from ({"label": kind, "pattern": name} for name, kind in listed.items() if len(name) > 1)


def _shaped() -> Iterator[dict[str, Any]]:
    """Yield what people and organizations look like that stand in no gazetteer."""
    family = "|".join(row["name"] for row in resources.table("ko", "surnames.tsv"))
    person = {"TAG": "NNP", "TEXT": {"REGEX": f"^({family})[가-힣]{{2}}$"}}
    yield {"label": PERSON, "pattern": [person]}
    yield {
        "label": ORGANIZATION,
        "pattern": [{"TAG": "NNP", "TEXT": {"REGEX": f"^[가-힣A-Z]{{2,}}({'|'.join(ENDINGS)})$"}}],
    }


def pipeline() -> Language:
    """Return the pipeline: names, each made one token."""
    nlp = blank()
    for name, patterns in (("listed", _listed()), ("shaped", _shaped())):
        ruler: Any = nlp.add_pipe("entity_ruler", name=name)
        ruler.add_patterns(list(patterns))
    nlp.add_pipe("merge_entities")
    return nlp


class SpacyRules:
    """The Stage of spaCy's rules."""

    name = "spacy-rules"
    version = "1"

    def __init__(self) -> None:
        self._nlp, self._schema = pipeline(), load_schema()
        self._same = {row["alias"]: row["canonical"] for row in resources.table("ko", "aliases.tsv")}
        self._matcher = Matcher(self._nlp.vocab)
        for at, rule in enumerate(RULES):
            self._matcher.add(str(at), [rule.pattern])

    def __call__(self, documents: Sequence[Document]) -> list[Document]:
        """Return the documents with names and relations."""
        return [self._read(document) for document in documents]

    def _read(self, document: Document) -> Document:
        doc = self._nlp(document.text)
        spans = [Span(e.start_char, e.end_char, e.label_) for e in doc.ents if e.label_ != TITLE]
        named = self._joined(with_names(document, spans, self._schema))
        means = {mention.start: mention.entity for mention in named.mentions}
        types = {entity.id: entity.type for entity in named.entities}
        found: dict[tuple[str, str, str], RelationMention] = {}
        for rule, tokens in self._matches(doc):
            ends = [means.get(token.idx) for token in tokens if token.ent_type_ not in ("", TITLE)]
            first, last = ends[0], ends[-1]
            if first is not None and last is not None and first != last:
                subject, obj = (last, first) if rule.turned else (first, last)
                kind = _kind(rule, tokens)
                if self._schema.allows(kind, types[subject], types[obj]):
                    found.setdefault((kind, subject, obj), _relation(kind, subject, obj, tokens))
        return replace(named, relations=tuple(found.values()))

    def _joined(self, document: Document) -> Document:
        """Return a document in which what the table of aliases calls one thing is one."""
        keys = {entity.id: plain(self._same.get(entity.name, entity.name)) for entity in document.entities}
        first: dict[tuple[str, str], str] = {}
        for entity in document.entities:
            first.setdefault((keys[entity.id], entity.type), entity.id)
        into = {entity.id: first[keys[entity.id], entity.type] for entity in document.entities}
        merged = []
        for entity in document.entities:
            if into[entity.id] == entity.id:
                others = [one for one in document.entities if into[one.id] == entity.id and one is not entity]
                forms = (*entity.aliases, *(form for one in others for form in (one.name, *one.aliases)))
                merged.append(replace(entity, aliases=forms))
        mentions = tuple(replace(m, entity=into[m.entity]) for m in document.mentions if m.entity is not None)
        return replace(document, mentions=mentions, entities=tuple(merged))

    def _matches(self, doc: Doc) -> list[tuple[Rule, Tokens]]:
        """Return the shortest match of each rule for each end, none of which crosses sentences."""
        shortest: dict[tuple[str, int], Tokens] = {}
        for found in self._matcher(doc, as_spans=True):
            if found[0].sent == found[-1].sent:
                key = (found.label_, found.end)
                if key not in shortest or len(found) < len(shortest[key]):
                    shortest[key] = found
        ordered = sorted(shortest.items(), key=lambda one: (int(one[0][0]), one[1].start))
        return [(RULES[int(label)], tokens) for (label, _), tokens in ordered]


def _kind(rule: Rule, tokens: Tokens) -> str:
    titles = {token.text for token in tokens if token.ent_type_ == TITLE}
    parties = any(t.text.endswith(("당", "힘")) for t in tokens if t.ent_type_ == ORGANIZATION)
    return "memberOf" if rule.type == "holdsPosition" and parties and titles == {"의원"} else rule.type


def _relation(kind: str, subject: str, obj: str, tokens: Tokens) -> RelationMention:
    sentence = tokens[0].sent
    quoted = sentence.text.rstrip()
    titles = [token.text for token in tokens if token.ent_type_ == TITLE]
    evidence = Evidence(
        sentence.start_char,
        sentence.start_char + len(quoted),
        quoted,
        (tokens.start_char, min(tokens.end_char, sentence.start_char + len(quoted))),
    )
    return RelationMention(
        kind,
        subject,
        obj,
        evidence,
        status=_status(kind, tokens),
        role=titles[-1] if kind == "holdsPosition" and titles else None,
        extractor="spacy-rules/1",
    )


def _status(kind: str, tokens: Tokens) -> Status:
    if kind in ("holdsPosition", "memberOf"):
        return "ended" if any(token.text == "전" for token in tokens) else "actual"
    after = tokens.doc[tokens.end : min(tokens.end + AHEAD, tokens[0].sent.end)]
    words = {token.text for token in after}
    return next((status for status, shows in STATUSES if shows & words), "actual")
