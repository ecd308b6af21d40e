"""From morphemes to the names of a whole text: the CRF, then what lists and the text as a whole tell."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kg import resources
from kg.extract.recogniser.asides import seats_as_places, without_factions, without_reporters
from kg.extract.recogniser.bodies import add_bodies, with_branches
from kg.extract.recogniser.boundaries import drop_common_nouns, tidy, without_particles
from kg.extract.recogniser.consistency import agree, aliases, spread
from kg.extract.recogniser.evidence import settle
from kg.extract.recogniser.foreign import Extender
from kg.extract.recogniser.heads import Heads
from kg.extract.recogniser.known import endings, name_parts, surnames, words
from kg.extract.recogniser.labels import Span
from kg.extract.recogniser.listed import add_listed, organizations
from kg.extract.recogniser.merged import Cutter, cut_after_people, cut_at_people, join_surnames
from kg.extract.recogniser.products import ProductFinder
from kg.extract.recogniser.tagger import NameTagger
from kg.extract.recogniser.units import Unit
from kg.lang.ko.morphemes import Morpheme
from kg.lang.ko.titles import titles

ARTICLE = 3
"""Sentences from which a text is an article, read by the rules of the graph: one type a name, countries as
Places, universities without their departments, no 정부 or 법원 of no country or town. A lone sentence keeps the
CRF's reading, which is KLUE-NER's."""


def is_article(morphemes: Sequence[Morpheme]) -> bool:
    """Say whether a text has ARTICLE sentences."""
    return len({morpheme.sentence for morpheme in morphemes}) >= ARTICLE


class Recogniser:
    """Finds names with the shipped model, or with the one in `folder`; raises ResourceError without it."""

    def __init__(self, folder: Path | None = None) -> None:
        self._tag = NameTagger(folder)
        self._products = ProductFinder()
        self._organizations = organizations()
        self._not_names, self._generic = frozenset(words("not_name")), frozenset(words("generic"))
        all_places = resources.table("ko", "places.tsv")
        places = [row for row in all_places if row["subtype"] in ("Country", "City")]
        countries = [row["name"] for row in places if row["subtype"] == "Country"]
        self._countries = frozenset((*countries, *words("country_short")))
        names = [row["name"] for row in resources.table("ko", "organizations.tsv")]
        self._given, self._surnames = name_parts(0), surnames()
        self._names = frozenset(names)
        self._heads = Heads(self._names, self._countries, self._surnames, words("country_noun"), words("subunit_tail"))
        others = dict.fromkeys(names, "Organization")
        others.update({row["name"]: "Place" for row in places})
        self._titles = frozenset(titles())
        self._endings = endings("Organization")
        self._cut = Cutter(self._titles, self._surnames, others, self._endings)
        regions = ("City", "AdministrativeArea")
        self._regions = frozenset(row["name"] for row in all_places if row["subtype"] in regions)
        parts = self._given | name_parts(-1)
        self._extend = Extender(self._tag.knows, parts, {*others, *self._titles}, self._surnames)

    def __call__(self, texts: Sequence[tuple[str, Sequence[Morpheme]]]) -> list[list[Span]]:
        """Return disjoint spans of each text, given with its morphemes, in reading order, typed with entity types."""
        units = [self._tag.units(morphemes) for _, morphemes in texts]
        tagged = self._tag([(text, sentences) for (text, _), sentences in zip(texts, units, strict=True)])
        return [
            self._names_of(text, sentences, spans, is_article(morphemes))
            for (text, morphemes), sentences, spans in zip(texts, units, tagged, strict=True)
        ]

    def _names_of(
        self, text: str, sentences: Sequence[Sequence[Unit]], spans: Sequence[Span], article: bool
    ) -> list[Span]:
        """Return the CRF's spans put right by lists, and in an article by what it tells as a whole."""
        found = tidy(text, spans, self._not_names, self._surnames)
        found = without_particles(text, found, self._tag.listed, self._surnames)
        found = join_surnames(text, self._cut(text, found, sentences), sentences, self._given, self._surnames)
        if article:
            found = self._in_article(text, found, sentences)
        found = add_listed(text, sentences, found, self._organizations)
        found = self._products(text, sentences, found)
        found = spread(text, aliases(text, found, self._not_names), sentences)
        if not article:
            return found
        found = self._products.as_services(text, agree(text, without_reporters(text, found), self._countries))
        return [span for span in found if text[span.start : span.end] not in self._generic]

    def _in_article(self, text: str, found: Sequence[Span], sentences: Sequence[Sequence[Unit]]) -> list[Span]:
        """Return the CRF's spans put right by what an article as a whole tells."""
        found = drop_common_nouns(found, sentences, self._tag.knows, self._titles)
        found = cut_after_people(text, found, sentences, self._tag.knows, self._surnames, self._endings)
        found = settle(text, self._extend(text, found, sentences), self._surnames, self._titles)
        found = seats_as_places(text, without_factions(text, found), self._regions)
        found = add_bodies(text, found, self._titles, self._names, self._regions)
        found = self._heads(text, cut_at_people(text, found, sentences))
        return with_branches(text, found, sentences, self._titles)
