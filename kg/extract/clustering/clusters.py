"""Name forms of one article grouped into the things they name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from kg.lang.ko.aliases import AliasTable
from kg.lang.ko.gazetteer import is_organization
from kg.lang.ko.names import head_starts, is_contraction, is_qualified, is_shortened, normalise, same_name
from kg.lang.ko.sounds import hangul_sound, latin_sound, spelled_letters
from kg.lang.ko.wordlist import words
from kg.model import Mention

_BODIES = words("위원회 협의회 모임 연대 추진단 본부 재단 조합 대학원 의회 사령부 당국 과 국 실 팀 센터")
_GENERIC = frozenset(
    words("정부 의회 경찰 검찰 법원 국회 해군 육군 공군 군 은행 대학 학교 병원 재단 협회 조합 노조 위원회 본부 당국 당")
)


@dataclass
class Form:
    """One written form of a name (by its key): its surfaces with counts, its type votes and where it first stands.

    Its type and surface are settled when they are first asked for.
    """

    key: str
    first: int
    surfaces: Counter[str] = field(default_factory=Counter)
    types: Counter[str] = field(default_factory=Counter)

    @cached_property
    def type(self) -> str:
        """The type most mentions have; ties go to the first in code point order."""
        return min(self.types, key=lambda kind: (-self.types[kind], kind))

    @cached_property
    def surface(self) -> str:
        """The commonest surface, ties to the longest, then the first in code point order."""
        return min(self.surfaces, key=lambda text: (-self.surfaces[text], -len(text), text))


Test = Callable[["Form", "Form", AliasTable], bool]
"""Says whether the second form is a likeness of the first, fuller one."""


class Clusters:
    """A partition of forms; joining is final."""

    def __init__(self, forms: Sequence[Form]) -> None:
        self.forms = list(forms)
        self._parent = {form.key: form.key for form in forms}

    def root(self, key: str) -> str:
        """Return the key that stands for the cluster of a key."""
        while self._parent[key] != key:
            key = self._parent[key]
        return key

    def join(self, a: str, b: str) -> None:
        """Make the clusters of two keys one."""
        first, second = sorted((self.root(a), self.root(b)))
        self._parent[second] = first

    def groups(self) -> list[list[Form]]:
        """Return the clusters, forms and clusters in order of first mention."""
        found: dict[str, list[Form]] = {}
        for form in sorted(self.forms, key=lambda f: (f.first, f.key)):
            found.setdefault(self.root(form.key), []).append(form)
        return list(found.values())


def forms_of(mentions: Iterable[Mention]) -> list[Form]:
    """Return the forms of mentions in order of first mention."""
    forms: dict[str, Form] = {}
    for mention in sorted(mentions, key=lambda m: m.start):
        key = normalise(mention.text)
        form = forms.setdefault(key, Form(key, mention.start))
        form.surfaces[mention.text] += 1
        form.types[mention.type] += 1
    return list(forms.values())


def cluster(forms: Sequence[Form], stated: Iterable[tuple[str, str]], table: AliasTable) -> Clusters:
    """Group forms: by what the text states in parentheses, by the alias table, then by likeness of names.

    `stated` holds pairs of keys. A likeness counts only where a short form fits one cluster alone, and not between
    names that the table knows as different things.
    """
    clusters = Clusters(forms)
    present = {form.key for form in forms}
    for a, b in stated:
        if a in present and b in present:
            clusters.join(a, b)
    _join_known(clusters, table)
    for test, hints in ((_person_part, _words), (_sound, _initials), (_shorter, _ends)):
        _join_unique(clusters, test, hints, table)
    return clusters


def _join_known(clusters: Clusters, table: AliasTable) -> None:
    present = {(form.type, form.key) for form in clusters.forms}
    owner: dict[tuple[str, str], str] = {}
    for form in clusters.forms:
        names = table.canonical(form.surface, form.type)
        if len(names) > 1:
            names = tuple(name for name in names if (form.type, normalise(name)) in present)
        if len(names) == 1:
            first = owner.setdefault((form.type, names[0]), form.key)
            clusters.join(first, form.key)


def _join_unique(clusters: Clusters, test: Test, hints: Callable[[Form], set[str]], table: AliasTable) -> None:
    """Join each form to the one cluster it is a likeness of; only forms that share a hint are compared."""
    alike: dict[tuple[str, str], list[Form]] = {}
    for form in clusters.forms:
        for hint in sorted(hints(form)):
            alike.setdefault((form.type, hint), []).append(form)
    for short in sorted(clusters.forms, key=lambda f: (-len(f.key), f.first)):
        near = {f.key: f for hint in sorted(hints(short)) for f in alike[short.type, hint]}
        fits = {clusters.root(f.key): f.key for f in near.values() if f is not short and test(f, short, table)}
        fits.pop(clusters.root(short.key), None)
        if len(fits) == 1:
            clusters.join(short.key, next(iter(fits.values())))


def _words(form: Form) -> set[str]:
    return set(form.surface.split())


def _initials(form: Form) -> set[str]:
    """Return what the name may begin with in Latin letters, as sounds and as spelled letters."""
    if form.surface.isascii():
        return {latin_sound(form.surface)[:1], "letter " + form.key[:1]}
    return {hangul_sound(form.surface)[:1], "letter " + (spelled_letters(form.surface) or form.key)[:1]}


def _ends(form: Form) -> set[str]:
    """Return the first syllable, that after a qualifier, and the last."""
    return {"^" + form.key[start] for start in head_starts(form.key)} | {"$" + form.key[-1]}


def _person_part(full: Form, short: Form, table: AliasTable) -> bool:
    """Say whether a person's bare name is a run of the words of a fuller one: 트럼프, 하산 로하니."""
    if full.type != "Person" or " " not in full.surface or not 2 <= len(short.key) < len(full.key):
        return False
    whole, part = full.surface.split(), short.surface.split()
    return any(whole[at : at + len(part)] == part for at in range(len(whole) - len(part) + 1))


def _sound(full: Form, short: Form, table: AliasTable) -> bool:
    if not (full.surface.isascii() or short.surface.isascii()):
        return False  # two Hangul names are no transliterations of one another
    return same_name(full.surface, short.surface, full.type)[1] in ("sound", "letters", "initials")


def _shorter(full: Form, short: Form, table: AliasTable) -> bool:
    """Say whether an organization's short form is a likely abbreviation of a fuller one."""
    if full.type not in ("Organization", "Product") or short.key in _GENERIC or len(short.key) >= len(full.key):
        return False
    a, b = full.surface, short.surface
    if full.type == "Product":
        return full.key.endswith(short.key) and " " in a and len(short.key) >= 4
    if is_qualified(a, b) or _last_words(a, b):
        return True
    if _known_apart(full, short, table):
        return False
    return is_shortened(a, b) or is_contraction(a, b)


def _last_words(full: str, short: str) -> bool:
    return full.endswith(" " + short) and len(short) >= 4 and short.endswith(_BODIES)


def _known_apart(full: Form, short: Form, table: AliasTable) -> bool:
    if is_organization(full.surface) and is_organization(short.surface) and not full.surface.endswith("그룹"):
        return not set(table.canonical(short.surface, short.type)) & set(table.canonical(full.surface, full.type))
    known = set(table.canonical(short.surface, short.type))
    return bool(known) and not known & set(table.canonical(full.surface, full.type))
