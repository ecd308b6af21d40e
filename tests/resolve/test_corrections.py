from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import FormatError, InputError
from kg.graph.assemble import Assembler
from kg.lang.ko.aliases import AliasTable
from kg.model import Document, Entity
from kg.resolve import Appearance, appearances, resolve
from kg.resolve.corrections import Corrected, Corrections, apply, parse_corrections, read_corrections
from kg.resolve.ids import entity_id
from kg.schema import load_schema
from tests.samples import Named, Stated, document

TABLE = AliasTable([])
DAON, MIRAE = entity_id("Organization", "다온바이오"), entity_id("Organization", "미래다온")
KIM, SEOUL = entity_id("Person", "김민준"), entity_id("Place", "서울")
NOBODY = "e" + "0" * 16
COMPANY = Named("Organization", (), "Company")


def news(name: str, text: str, names: dict[str, Named], *stated: Stated) -> Document:
    return document(text, names, stated, id=name)


DOCUMENTS = [
    news(
        "a",
        "다온바이오가 미래다온을 인수했다. 다온바이오 김민준 대표가 밝혔다.",
        {"다온바이오": COMPANY, "미래다온": Named("Organization"), "김민준": Named("Person")},
        Stated("acquires", "다온바이오", "미래다온", "인수했다"),
    ),
    news(
        "b",
        "미래다온(MDB)은 서울에 있다. 미래다온은 김민준과 손잡았다.",
        {"미래다온": Named("Organization", ("MDB",)), "서울": Named("Place"), "김민준": Named("Person")},
        Stated("locatedIn", "미래다온", "서울", "있다"),
    ),
    news(
        "c",
        "투수 김민준(KIM)이 서울에서 다온바이오 광고를 찍었다.",
        {"김민준": Named("Person", ("KIM",)), "서울": Named("Place"), "다온바이오": COMPANY},
    ),
]


def corrections(*entries: dict[str, Any]) -> Corrections:
    return parse_corrections(yaml.safe_dump(list(entries), allow_unicode=True), "corrections.yaml")


def found(documents: Sequence[Document]) -> list[Appearance]:
    return [one for each in documents for one in appearances(each)]


def corrected(*entries: dict[str, Any], documents: Sequence[Document] = DOCUMENTS) -> Corrected:
    return apply(resolve(documents, TABLE), corrections(*entries), found(documents))


def counts(entity: Entity) -> tuple[str, tuple[str, ...], int, tuple[str, ...]]:
    return entity.name, entity.aliases, entity.mentions, entity.article_ids


def test_without_corrections_nothing_changes() -> None:
    resolution = resolve(DOCUMENTS, TABLE)
    result = apply(resolution, Corrections())
    assert (result.canonical, result.entities) == (resolution.canonical, resolution.entities)


def test_a_merge_keeps_the_first_id_and_counts_both() -> None:
    result = corrected({"merge": [DAON, MIRAE]})
    assert MIRAE not in result.entities
    assert counts(result.entities[DAON]) == ("다온바이오", ("MDB", "미래다온"), 7, ("a", "b", "c"))
    assert (result.entities[DAON].articles, result.entities[DAON].subtype) == (3, "Company")
    assert {result.canonical[member] for member in [("a", "e0"), ("a", "e1"), ("b", "e0")]} == {DAON}


def test_into_says_which_one_stays() -> None:
    result = corrected({"merge": [DAON, MIRAE], "into": MIRAE})
    assert counts(result.entities[MIRAE])[:2] == ("미래다온", ("MDB", "다온바이오"))
    assert (result.entities[MIRAE].subtype, result.entities[MIRAE].ids) == ("Company", (f"kg:{DAON}",))


def test_a_split_counts_both_anew() -> None:
    entry = {"split": {"entity": KIM, "articles": ["c"]}}
    result = corrected(entry)
    (part,) = set(result.entities) - set(resolve(DOCUMENTS, TABLE).entities)
    assert counts(result.entities[part]) == ("김민준", ("KIM",), 2, ("c",))
    assert counts(result.entities[KIM]) == ("김민준", (), 2, ("a", "b"))
    assert result.canonical["c", "e0"] == part
    assert part == corrections(entry).entries[0].split.id  # type: ignore[union-attr]


def test_entries_are_replayed_in_order_under_the_ids_of_before() -> None:
    result = corrected(
        {"rename": {"entity": MIRAE, "name": "미래DB"}},
        {"merge": [DAON, MIRAE]},
        {"rename": {"entity": MIRAE, "name": "다온그룹"}},
        {"retype": {"entity": DAON, "subtype": "ResearchOrganization"}},
        {"split": {"entity": DAON, "articles": ["b"]}},
    )
    part = result.entities[result.canonical["b", "e0"]]
    assert counts(result.entities[DAON]) == ("다온그룹", ("다온바이오", "미래DB", "미래다온"), 4, ("a", "c"))
    assert (result.entities[DAON].subtype, part.subtype) == ("ResearchOrganization",) * 2
    assert counts(part) == ("미래다온", ("MDB",), 3, ("b",))


def test_a_type_of_the_schema_may_be_given() -> None:
    result = corrected({"retype": {"entity": SEOUL, "type": "Organization"}}, {"merge": [SEOUL, MIRAE]})
    assert (result.entities[SEOUL].type, result.entities[SEOUL].subtype) == ("Organization", None)
    assert result.canonical["b", "e0"] == SEOUL


def test_a_split_part_has_the_type_of_what_it_was_split_from() -> None:
    city = Named("Place", (), "City")
    documents = [news(at, "서울은 미래다온과 다르다.", {"서울": city, "미래다온": COMPANY}) for at in "ab"]
    result = corrected(
        {"retype": {"entity": SEOUL, "type": "Organization"}},
        {"merge": [MIRAE, SEOUL]},
        {"split": {"entity": MIRAE, "articles": ["a"]}},
        documents=documents,
    )
    kinds = {(entity.type, entity.subtype, entity.mentions) for entity in result.entities.values()}
    assert kinds == {("Organization", None, 2)}


@pytest.mark.parametrize(
    ("retract", "left"),
    [
        ({}, ["locatedIn"]),
        ({"status": "actual"}, ["locatedIn"]),
        ({"status": "planned"}, ["acquires", "locatedIn"]),
        ({"article": "a"}, ["locatedIn"]),
        ({"article": "b"}, ["acquires", "locatedIn"]),
    ],
)
def test_a_retracted_relation_is_no_edge(retract: dict[str, str], left: list[str]) -> None:
    entry = {"retract": {"type": "acquires", "subject": DAON, "object": MIRAE, **retract}}
    result = corrected(entry)
    assembler = Assembler(result, load_schema(), retracted=result.retracted)
    for one in DOCUMENTS:
        assembler.add(one)
    edges = sorted(attributes["type"] for *_, attributes in assembler.graph().edges(data=True))
    assert edges == left
    assert assembler.dropped["retracted by hand"] == 2 - len(left)


def test_a_retraction_follows_its_ends() -> None:
    retract = {"retract": {"type": "partnersWith", "subject": MIRAE, "object": KIM}}
    result = corrected(retract, {"merge": [DAON, MIRAE]}, {"split": {"entity": KIM, "articles": ["c"]}})
    part = result.canonical["c", "e0"]
    for end in (KIM, part):
        assert ("partnersWith", *sorted((DAON, end)), "actual", "c") in result.retracted
    assert ("partnersWith", *sorted((MIRAE, KIM)), "actual", "c") not in result.retracted


def test_what_is_no_longer_there_is_noted_and_passed_over() -> None:
    result = corrected(
        {"merge": [NOBODY, DAON, MIRAE]},
        {"rename": {"entity": NOBODY, "name": "아무개"}},
        {"split": {"entity": KIM, "articles": ["c", "gone"]}},
        {"distinct": [KIM, NOBODY]},
    )
    assert set(result.canonical.values()) == set(result.entities)
    assert DAON in result.entities and MIRAE not in result.entities
    gone = f"no entity has the id {NOBODY}; its articles may have been taken back"
    assert result.notes == (
        f"entry 1 (merge): {gone}",
        f"entry 2 (rename): {gone}",
        f"entry 3 (split): {KIM} does not occur in article gone",
        f"entry 4 (distinct): {gone}",
    )


def test_an_id_of_before_means_the_entity_that_has_its_name_now() -> None:
    joined = [
        *DOCUMENTS,
        news("d", "다온바이오(가람제약)는 컸다.", {"다온바이오": Named("Organization", ("가람제약",))}),
    ]
    result = corrected({"rename": {"entity": entity_id("Organization", "가람제약"), "name": "가람"}}, documents=joined)
    assert (result.entities[DAON].name, result.notes) == ("가람", ())


def test_an_id_of_before_that_two_answer_to_is_noted() -> None:
    named = Named("Organization", ("SRF",))
    two = [
        news("d", "새길재단(SRF)은 컸다.", {"새길재단": named}),
        news("e", "서울재단(SRF)도 컸다.", {"서울재단": named}),
    ]
    result = corrected({"rename": {"entity": entity_id("Organization", "srf"), "name": "가람"}}, documents=two)
    assert len(result.notes) == 1 and "may be any of" in result.notes[0]


def test_automatic_resolution_may_join_or_part_what_the_file_speaks_of() -> None:
    alias = news("d", "다온바이오(미래다온)는 컸다.", {"다온바이오": Named("Organization", ("미래다온",))})
    joined = corrected({"merge": [MIRAE, DAON]}, {"distinct": [KIM, SEOUL]}, documents=[*DOCUMENTS, alias])
    assert joined.notes == ()
    apart = corrected({"distinct": [MIRAE, DAON]}, documents=[*DOCUMENTS, alias])
    assert "are one entity by their names now" in apart.notes[0]


def test_what_is_kept_apart_under_an_id_of_before_does_not_merge() -> None:
    alias = news("d", "다온바이오(가람제약)는 컸다.", {"다온바이오": Named("Organization", ("가람제약",))})
    entries = {"distinct": [entity_id("Organization", "가람제약"), MIRAE]}, {"merge": [DAON, MIRAE]}
    result = corrected(*entries, documents=[*DOCUMENTS, alias])
    assert {DAON, MIRAE} <= result.entities.keys()
    (note,) = result.notes
    assert note == f"entry 2 (merge): {DAON} and {MIRAE} are kept apart by an entry before; take one of them out"


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        ([{"merge": [DAON]}], "entry 1: merge: too few"),
        ([{"merge": [DAON, "카카오"]}], "entry 1: merge.1: an id is e and 16"),
        ([{"merge": [DAON, DAON]}], "the same id stands twice"),
        ([{"merge": [DAON, MIRAE], "into": KIM}], "`into` is one of the ids"),
        ([{"merge": [DAON, MIRAE], "distinct": [DAON, MIRAE]}], "give exactly one of merge, split"),
        ([{"note": "왜"}], "give exactly one of merge, split"),
        ([{"marge": [DAON, MIRAE]}], "entry 1: marge: no such key"),
        ([{"split": {"entity": KIM, "articles": [7]}}], "a number must stand in quotes"),
        ([{"rename": {"entity": KIM, "name": ""}}], "entry 1: rename.name: a name has letters"),
        ([{"rename": {"entity": KIM, "name": " "}}], "entry 1: rename.name: a name has letters"),
        ([{"rename": {"entity": KIM, "name": "김민준\0"}}], "entry 1: rename.name: a name has letters"),
        ([{"rename": {"entity": KIM, "name": "김\n민준"}}], "entry 1: rename.name: a name has letters"),
        ([{"merge": DAON}], "entry 1: merge: write a list"),
        ([{"retype": {"entity": KIM}}], "give a type or a subtype"),
        ([{"retract": {"type": "acquires", "subject": DAON, "object": MIRAE, "status": "maybe"}}], "retract.status"),
    ],
)
def test_what_is_no_entry_is_named(entries: list[dict[str, Any]], message: str) -> None:
    with pytest.raises(FormatError) as error:
        corrections(*entries)
    assert str(error.value).startswith("corrections.yaml: entry 1: ")
    assert message in str(error.value)


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        ([{"merge": [DAON, MIRAE]}, {"merge": [MIRAE, DAON]}], "entry 2 (merge): these are one already by entry 1"),
        (
            [{"merge": [DAON, MIRAE]}, {"merge": [MIRAE, KIM]}, {"merge": [KIM, DAON]}],
            "entry 3 (merge): these are one already",
        ),
        ([{"merge": [DAON, MIRAE]}, {"distinct": [MIRAE, DAON]}], "entry 2 (distinct): these are merged by entry 1"),
        (
            [{"distinct": [DAON, MIRAE]}, {"merge": [DAON, KIM]}, {"merge": [KIM, MIRAE]}],
            f"entry 3 (merge): {DAON} and {MIRAE} are kept apart by entry 1",
        ),
        (
            [{"merge": [DAON, MIRAE]}, {"split": {"entity": MIRAE, "articles": ["b"]}}],
            f"entry 2 (split): {MIRAE} is merged into another by entry 1",
        ),
        (
            [{"split": {"entity": KIM, "articles": ["b"]}}, {"split": {"entity": KIM, "articles": ["b", "c"]}}],
            "entry 2 (split): article b is split off by entry 1",
        ),
        ([{"retype": {"entity": KIM, "type": "Compny"}}], "entry 1 (retype): no entity type named 'Compny'"),
        ([{"retype": {"entity": KIM, "type": "Company"}}], "Company lies below Organization"),
        ([{"retract": {"type": "buys", "subject": DAON, "object": MIRAE}}], "no relation type named 'buys'"),
    ],
)
def test_contradictions_and_unknown_types_are_named(entries: list[dict[str, Any]], message: str) -> None:
    with pytest.raises(InputError) as error:
        corrections(*entries)
    assert message in str(error.value)


def test_things_of_different_types_do_not_merge() -> None:
    with pytest.raises(
        InputError, match=r"corrections.yaml: entry 1 \(merge\): 다온바이오 .* is of type Organization, 서울"
    ):
        corrected({"merge": [DAON, SEOUL]})


def test_a_file_is_read_with_what_people_add(tmp_path: Path) -> None:
    path = tmp_path / "corrections.yaml"
    assert read_corrections(path) == Corrections()
    path.write_text(
        f"# 설명\n- merge: [{DAON}, {MIRAE}]\n  note: 같은 회사\n  by: 편집부\n  date: 2025-05-27\n", encoding="utf-8"
    )
    (entry,) = read_corrections(path).entries
    assert (entry.merged, entry.note, entry.by, str(entry.date)) == ((DAON, MIRAE), "같은 회사", "편집부", "2025-05-27")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (f"- merge:\t[{DAON}, {MIRAE}]\n", "line 1, column 9: found character '\\t'"),
        ("- merge: [\n", "line 2, column 1: "),
        (f"- rename: {{entity: {KIM}, name: 김민준}}\n  date: 2025-02-30\n", "day is out of range for month"),
        (f"- distinct: [{DAON}, {MIRAE}]\n  distinct: [{DAON}, {KIM}]\n", "line 2, column 3: distinct stands twice"),
        ("- ? [a, b]\n  : c\n", "found unhashable key"),
        ("[" * 20_000, "maximum recursion depth"),
        ("- name: \x07\n", "special characters are not allowed"),
    ],
)
def test_what_is_no_yaml_is_said_in_one_line(text: str, message: str) -> None:
    with pytest.raises(FormatError) as error:
        parse_corrections(text, "corrections.yaml")
    assert str(error.value).startswith("corrections.yaml: not readable YAML (")
    assert message in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("content", [b"merge: [a, b]\n", b"- merge: [\n", b"\xff\xfe\xfa"])
def test_a_file_that_cannot_be_read_is_named(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "corrections.yaml"
    path.write_bytes(content)
    with pytest.raises(FormatError, match=r"corrections\.yaml"):
        read_corrections(path)


names = st.sampled_from(["다온바이오", "미래다온", "MDB", "가람제약", "김민준"])
kinds = st.sampled_from(["Organization", "Person"])
articles = st.lists(st.dictionaries(names, kinds, min_size=1, max_size=4), min_size=1, max_size=5)


def built(contents: list[dict[str, str]]) -> list[Document]:
    return [
        news(f"d{n}", " ".join(content), {name: Named(kind) for name, kind in content.items()})
        for n, content in enumerate(contents)
    ]


def drawn(documents: Sequence[Document], random: Random) -> Corrections:
    """Return entries on what the documents have, in an order that makes them follow upon one another."""
    entities = sorted(resolve(documents, TABLE).entities.values(), key=lambda e: e.id)
    entries: list[dict[str, Any]] = []
    for _ in range(4):
        one, other = random.choice(entities), random.choice(entities)
        kind = random.choice(["merge", "split", "rename", "retract"])
        if kind == "merge" and one.type == other.type:
            entries.append({"merge": [one.id, other.id]})
        elif kind == "split":
            some = random.sample(one.article_ids, random.randint(1, len(one.article_ids)))
            entries.append({"split": {"entity": one.id, "articles": some}})
        elif kind == "rename":
            entries.append({"rename": {"entity": one.id, "name": random.choice(["새다온", "다온바이오"])}})
        else:
            entries.append({"retract": {"type": "partnersWith", "subject": one.id, "object": other.id}})
    kept: list[dict[str, Any]] = []
    for entry in entries:
        try:
            corrections(*kept, entry)
        except InputError:
            continue
        kept.append(entry)
    return corrections(*kept)


@given(articles, st.randoms(use_true_random=False))
def test_neither_the_order_of_documents_nor_of_appearances_matters(
    contents: list[dict[str, str]], random: Random
) -> None:
    documents = built(contents)
    entries = drawn(documents, random)
    shuffled, parts = list(documents), found(documents)
    random.shuffle(shuffled)
    random.shuffle(parts)
    first = apply(resolve(documents, TABLE), entries, found(documents))
    assert apply(resolve(shuffled, TABLE), entries, parts) == first


@given(articles, st.randoms(use_true_random=False))
def test_nothing_is_lost_and_every_count_is_that_of_the_members(contents: list[dict[str, str]], random: Random) -> None:
    documents = built(contents)
    resolution, parts = resolve(documents, TABLE), {one.member: one for one in found(documents)}
    result = apply(resolution, drawn(documents, random), parts.values())
    assert result.canonical.keys() == resolution.canonical.keys()
    for entity in result.entities.values():
        members = [parts[member] for member, one in result.canonical.items() if one == entity.id]
        assert entity.mentions == sum(one.mentions for one in members) > 0
        assert entity.article_ids == tuple(sorted({one.document for one in members}))
        assert {one.name for one in members} <= {entity.name, *entity.aliases}
        assert entity.name not in entity.aliases


@given(articles, st.randoms(use_true_random=False))
def test_a_split_undoes_a_merge_of_what_no_article_shares(contents: list[dict[str, str]], random: Random) -> None:
    documents = built(contents)
    resolution = resolve(documents, TABLE)
    pairs = [
        (one, other)
        for one in resolution.entities.values()
        for other in resolution.entities.values()
        if one.type == other.type and not set(one.article_ids) & set(other.article_ids)
    ]
    for one, other in random.sample(pairs, min(3, len(pairs))):
        split = {"split": {"entity": one.id, "articles": list(other.article_ids)}}
        result = apply(resolution, corrections({"merge": [one.id, other.id]}, split), found(documents))
        part = result.entities[corrections(split).entries[0].split.id]  # type: ignore[union-attr]
        assert counts(part) == counts(other)
        assert result.entities[one.id].mentions == one.mentions
