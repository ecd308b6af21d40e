"""The kg_coreference component: mentions of one article clustered into the entities they name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.clustering.cleared import cleared
from kg.extract.clustering.clusters import Clusters, Form, cluster, forms_of
from kg.extract.clustering.parentheses import parenthesised_aliases
from kg.extract.clustering.people import TitleForm, link, people_of, title_forms
from kg.extract.clustering.repeats import Taken, repeats
from kg.extract.clustering.subtypes import subtype_of
from kg.extract.state import text_of
from kg.lang.ko.aliases import AliasTable, alias_table
from kg.lang.ko.morphemes import Morpheme
from kg.lang.ko.names import normalise
from kg.lang.ko.sounds import spelled_letters
from kg.lang.ko.titles import is_title_form, title_kind
from kg.model import DocumentEntity, Mention, by_position


@Language.factory("kg_coreference")
def create_coreference(nlp: Language, name: str) -> Coreference:
    """Return the component for a pipeline."""
    return Coreference(alias_table())


class Coreference:
    """Sets `doc._.entities` and gives every mention in `doc._.mentions` its entity's id.

    Adds mentions that the names component missed: aliases in parentheses, surname and title, later bare
    occurrences. Ids are e0, e1, … in order of first mention.
    """

    def __init__(self, table: AliasTable) -> None:
        self.table = table

    def __call__(self, doc: Doc) -> Doc:
        """Cluster the mentions of a Doc."""
        doc._.names = doc._.mentions
        mentions, entities = resolve_article(text_of(doc), doc._.mentions, doc._.morphemes, self.table)
        doc._.mentions, doc._.entities = mentions, entities
        return doc


def resolve_article(
    text: str, found: Sequence[Mention], morphemes: Sequence[Morpheme], table: AliasTable
) -> tuple[list[Mention], list[DocumentEntity]]:
    """Return the mentions of a text, entity ids set and missed ones added, and its entities."""
    mentions = cleared(found, table)
    stated: list[tuple[str, str]] = []
    for mention, alias in parenthesised_aliases(text, mentions, table):
        stated.append((normalise(mention.text), normalise(alias.text)))
        mentions = _with(mentions, alias)
    people = people_of(text, mentions)
    titled = title_forms(text, people, mentions, morphemes)
    persons = link(text, titled, people)
    mentions = _with_titles(text, mentions, titled, persons)
    clusters = cluster(forms_of(mentions), stated, table)
    taken = Taken(mentions)
    known = [(surface, form.type) for form in clusters.forms for surface in sorted(form.surfaces)]
    known += [(part, "Person") for person in people for part in person.parts()]
    mentions = list(by_position([*mentions, *repeats(text, known, morphemes, taken)]))
    clusters = cluster(forms_of(mentions), stated, table)
    for surface, person in persons.items():
        clusters.join(surface, person)
    return _entities(mentions, clusters, table)


def _with(mentions: Sequence[Mention], added: Mention) -> list[Mention]:
    """Return the mentions with one added in place of those it overlaps."""
    kept = [m for m in mentions if m.end <= added.start or m.start >= added.end]
    return list(by_position([*kept, added]))


def _with_titles(
    text: str, mentions: Sequence[Mention], forms: Sequence[TitleForm], persons: dict[str, str]
) -> list[Mention]:
    """Return the mentions with surname and title as one.

    A form that means nobody named in full stays where the names component saw a person, 홍씨 and its like excepted;
    a bare syllable without a title is no name.
    """
    result = list(mentions)
    for form in forms:
        surface = text[form.start : form.end]
        named = any(m.start == form.start and m.type == "Person" for m in mentions)
        named = named and title_kind(form.title) != "honorific"
        if named or normalise(surface) in persons:
            result = _with(result, Mention(form.start, form.end, surface, "Person"))
    return [m for m in result if m.type != "Person" or len(m.text) > 1]


def _entities(
    mentions: Sequence[Mention], clusters: Clusters, table: AliasTable
) -> tuple[list[Mention], list[DocumentEntity]]:
    surfaces: dict[str, dict[str, int]] = {}
    for mention in mentions:
        surfaces.setdefault(normalise(mention.text), {}).setdefault(mention.text, mention.start)
    entities: list[DocumentEntity] = []
    owner: dict[str, DocumentEntity] = {}
    for group in clusters.groups():
        entity = _entity(f"e{len(entities)}", group, surfaces, table)
        entities.append(entity)
        owner.update({form.key: entity for form in group})
    settled = []
    for mention in mentions:
        entity = owner[normalise(mention.text)]
        settled.append(replace(mention, type=entity.type, entity=entity.id))
    return settled, entities


def _entity(
    entity_id: str, group: Sequence[Form], surfaces: Mapping[str, Mapping[str, int]], table: AliasTable
) -> DocumentEntity:
    fullest = min(group, key=lambda form: _fullness(form, table))
    name = fullest.surface
    votes: Counter[str] = Counter()
    for form in group:
        votes += form.types
    kind = min(votes, key=lambda t: (-votes[t], t != fullest.type, t))
    found = sorted((start, surface) for form in group for surface, start in surfaces[form.key].items())
    aliases = tuple(surface for _, surface in found if surface != name)
    return DocumentEntity(entity_id, name, kind, aliases, subtype_of((name, *aliases), kind))


def _fullness(form: Form, table: AliasTable) -> tuple[bool, bool, bool, int, int]:
    """Order forms: canonical names of the table first, names before surname and title, Hangul, then length.

    Hangul that only spells Latin letters (더블유에이치오) counts as Latin.
    """
    titled = form.type == "Person" and is_title_form(form.surface)
    hangul = any("가" <= char <= "힣" for char in form.surface) and not spelled_letters(form.surface)
    return not table.is_canonical(form.surface, form.type), titled, not hangul, -len(form.key), form.first
