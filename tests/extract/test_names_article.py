"""What an article as a whole, and the wording around a name, tell of names."""

import hashlib
import json
from pathlib import Path

import pytest

from kg import resources
from kg.errors import InputError
from kg.extract import train_names as training
from kg.extract.clustering.cleared import cleared
from kg.extract.clustering.spans import as_written
from kg.extract.pipeline import KoreanExtractor
from kg.extract.recogniser.asides import posted_on, seats_as_places, without_factions, without_reporters
from kg.extract.recogniser.bodies import add_bodies, with_branches
from kg.extract.recogniser.boundaries import tidy, without_particles
from kg.extract.recogniser.evidence import settle
from kg.extract.recogniser.foreign import Extender
from kg.extract.recogniser.heads import Heads
from kg.extract.recogniser.known import splitter
from kg.extract.recogniser.labels import Span
from kg.extract.recogniser.merged import Cutter, cut_after_people
from kg.extract.recogniser.projected import Labelled, project
from kg.extract.recogniser.units import Unit
from kg.lang.ko.aliases import alias_table
from kg.lang.ko.morphemes import analyse
from kg.model import Document, Mention
from kg.run.labelled import labelled_articles

ORG, PER, LOC = "Organization", "Person", "Place"


def units(text: str) -> list[list[Unit]]:
    return list(splitter({})(analyse(text)))


def at(text: str, name: str, kind: str) -> Span:
    return Span(text.index(name), text.index(name) + len(name), kind)


def surfaces(text: str, spans: list[Span]) -> list[tuple[str, str]]:
    return [(text[s.start : s.end], s.type) for s in spans]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("빵값이 올랐습니다. 나루터 기자가 보도합니다.", "나루터"),
        ("파리에서 나루터 특파원이 전합니다.", "나루터"),
        ("문제는 없을까요. 나루터 기자입니다.", "나루터"),
        ("한들뉴스 나루터입니다.", "나루터"),
    ],
)
def test_reporters_who_only_report_are_left_out(text: str, name: str) -> None:
    assert without_reporters(text, [at(text, name, PER)]) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("안녕하십니까, 국민의힘 한동훈입니다.", "한동훈"),
        ("주인공은 배우 송강호입니다.", "송강호"),
        ("홍길동 기자가 손흥민 선수를 취재했습니다.", "손흥민"),
        ("KBS 홍길동 기자, MBC 김철수 기자를 불렀다.", "홍길동"),
    ],
)
def test_people_in_the_news_are_not_taken_for_reporters(text: str, name: str) -> None:
    assert without_reporters(text, [at(text, name, PER)]) == [at(text, name, PER)]


def test_a_reporter_who_is_in_the_news_stays() -> None:
    text = "경찰은 나루터 기자를 불렀다. 나루터 기자가 보도합니다."
    spans = [at(text, "나루터", PER), Span(text.rindex("나루터"), text.rindex("나루터") + 3, PER)]
    assert without_reporters(text, spans) == spans
    text = "나루터 기자가 회사를 고소했다."
    assert without_reporters(text, [at(text, "나루터", PER)]) == [at(text, "나루터", PER)]


def test_a_faction_is_no_person() -> None:
    text = "친나루터계와 비박(비나루터)계는 나루터 대표를 만났다."
    first, second = text.index("나루터"), text.index("나루터", 3)
    last = text.rindex("나루터")
    spans = [Span(start, start + 3, PER) for start in (first, second, last)]
    assert without_factions(text, spans) == [spans[-1]]


def test_constituencies_in_brackets_are_places() -> None:
    text = "나루터 의원(춘천갑)과 도라지 의원(4선·부산 중구영도)이 왔다."
    spans = [at(text, "춘천갑", ORG), at(text, "부산 중구영도", ORG)]
    assert [s.type for s in seats_as_places(text, spans, {"춘천", "부산"})] == [LOC, LOC]
    others = {"한빛로보(대표 김은정)는": "김은정", "배우(이수정·김민정)": "김민정", "협력사(한들·대전정공)": "대전정공"}
    for text, name in others.items():
        assert [s.type for s in seats_as_places(text, [at(text, name, PER)], {"대전"})] == [PER]
    text = "한들당 나루터 의원(한들전자 출신)이 왔다."
    assert [s.type for s in seats_as_places(text, [at(text, "한들전자", ORG)], {"춘천"})] == [ORG]


def test_a_network_someone_posts_on_is_told_from_the_company() -> None:
    assert posted_on("그는 자신의 페이스북을 통해 알렸다.", Span(7, 11, ORG))
    assert not posted_on("당국은 페이스북을 조사했다.", Span(4, 8, ORG))


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("로봇 스타트업 무하랩이 돈을 모았다.", "무하랩", ORG),
        ("무하랩(대표 나루터)이 돈을 모았다.", "무하랩", ORG),
        ("누리젠과 업무협약을 맺었다.", "누리젠", ORG),
        ("누리대 교수가 말했다.", "누리대", ORG),
        ("김용대 교수가 말했다.", "김용대", PER),
        ("머스크와 손잡고 공장을 짓는다.", "머스크", PER),
        ("자회사 마크 저커버그", "마크 저커버그", PER),
        ("김루터와 업무협약을 맺었다.", "김루터", PER),
        ("무하랩(34)이 말했다.", "무하랩", PER),
    ],
)
def test_the_wording_tells_companies_from_people(text: str, name: str, kind: str) -> None:
    assert [s.type for s in settle(text, [at(text, name, PER)], {"김", "한"}, {"대표"})] == [kind]


def test_an_employer_before_a_person_with_a_title_is_an_organization() -> None:
    text = "무하랩 나루터 대표는 웃었다."
    spans = [at(text, "무하랩", PER), at(text, "나루터", PER)]
    assert [s.type for s in settle(text, spans, {"김"}, {"대표"})] == [ORG, PER]


def test_foreign_names_take_in_the_words_no_lexicon_has() -> None:
    extend = Extender(lambda unit: unit.form in ("신임", "총리"), {"알리"}, {"총리", "베트남"}, {"김"})
    text = "하레마 데살렌 총리와 신임 데살렌 총리"
    found = extend(text, [at(text, "데살렌", PER)], units(text))
    assert surfaces(text, found) == [("하레마 데살렌", PER)]
    text = "응우엔 수안 푹 베트남 총리"
    assert surfaces(text, extend(text, [at(text, "응우엔 수안", PER)], units(text))) == [("응우엔 수안 푹", PER)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("뉴진스 하니가 왔다", "하니"),
        ("누리젠 존 스미스 대표", "존 스미스"),
        ("조 바이든 미 대통령", "조 바이든"),
    ],
)
def test_foreign_names_leave_groups_companies_and_countries_alone(text: str, found: str) -> None:
    extend = Extender(lambda unit: False, {"존", "조"}, {"대표", "대통령"}, {"김"})
    assert surfaces(text, extend(text, [at(text, found, PER)], units(text))) == [(found, PER)]


def test_people_and_organizations_run_together_come_apart() -> None:
    text = "이준현 나래그룹 회장"
    cut = Cutter({"회장"}, {"이"}, {}, ["그룹"])
    assert surfaces(text, cut(text, [Span(0, 8, PER)], units(text))) == [("이준현", PER), ("나래그룹", ORG)]
    text = "앤드루 카드 전 실장"
    assert surfaces(text, Cutter((), (), {}, ["카드"])(text, [Span(0, 6, PER)], units(text))) == [("앤드루 카드", PER)]
    text = "박무겸 한빛협회 회장"
    found = cut_after_people(text, [Span(0, 8, ORG)], units(text), lambda unit: False, {"박"}, ["협회"])
    assert surfaces(text, found) == [("박무겸", PER), ("한빛협회", ORG)]


def test_slashes_hyphens_and_postings_end_names() -> None:
    text = "나루터/한들센터, 가온대-나래전자, 나루터 주(駐)"
    spans = [Span(0, 8, ORG), Span(10, 18, ORG), Span(20, 25, PER)]
    assert surfaces(text, tidy(text, spans, surnames={"나"})) == [
        ("나루터", PER),
        ("한들센터", ORG),
        ("가온대", ORG),
        ("나래전자", ORG),
        ("나루터", PER),
    ]


def test_bodies_written_with_their_heads_are_names() -> None:
    text = "나루터 한빛연합회장과 도라지 나래위원장, 구도심 혁신위원장, 고두한 사무처장"
    text += ", 시중은행장, 관할경찰서장"
    found = add_bodies(text, [at(text, "나루터", PER)], {"사무처장"}, {"나래위원회"}, ())
    assert surfaces(text, found) == [("나루터", PER), ("한빛연합회", ORG), ("나래위", ORG)]


def test_courts_lose_their_divisions_and_assemblies_their_terms() -> None:
    heads = Heads((), (), (), (), ("분과",))
    text = "서울 남부지법 형사합의12부와 제20대 국회"
    spans = [at(text, "서울 남부지법 형사합의12부", ORG), at(text, "제20대 국회", ORG)]
    assert surfaces(text, heads(text, spans)) == [("서울 남부지법", ORG), ("국회", ORG)]
    text = "한들사 기획분과와 한들사"
    spans = [at(text, "한들사 기획분과", ORG), Span(10, 13, ORG)]
    assert surfaces(text, heads(text, spans)) == [("한들사", ORG), ("한들사", ORG)]


def test_units_end_where_names_may_end() -> None:
    assert [u.form for u in units("한·미")[0]] == ["한", "·", "미"]
    assert [u.form for u in units("팽씨가")[0]][:2] == ["팽", "씨"]
    known = {("미국인", "NNG"): 1, ("정치인", "NNG"): 1}
    (sentence,) = splitter(known)(analyse("미국인 정치인"))  # type: ignore[arg-type]
    assert [u.form for u in sentence] == ["미국", "인", "정치인"]
    assert [u.form for u in units("손정의 회장과 강훈식 의원")[0]] == ["손정의", "회장", "과", "강훈식", "의원"]


def test_mentions_are_names_without_titles() -> None:
    settled = [Mention(0, 3, "나루터", PER, "e0"), Mention(12, 16, "나 대표", PER, "e0")]
    found = [Mention(0, 3, "나루터", PER), Mention(12, 13, "나", PER), Mention(23, 24, "박", PER)]
    kept = as_written(found, settled, {"e0": "나루터"}, article=True)
    assert [(m.text, m.entity) for m in kept] == [("나루터", "e0"), ("나", "e0"), ("박", None)]


@pytest.mark.parametrize(
    ("surface", "whole", "name"),
    [
        ("박씨", "박철수", "박"),
        ("남궁대표", "남궁민수", "남궁"),
        ("남궁 대표", "남궁 대표", "남궁"),
        ("이장군", "이장군", "이장군"),
        ("김수석", "김수석", "김수석"),
        ("데살렌 총리", "하레마 데살렌", "데살렌"),
        ("데살렌총리", "하레마 데살렌", "데살렌총리"),
    ],
)
def test_titles_are_cut_off_forms_not_off_names(surface: str, whole: str, name: str) -> None:
    (kept,) = as_written([], [Mention(0, len(surface), surface, PER, "e0")], {"e0": whole}, article=True)
    assert (kept.text, kept.end) == (name, len(name))


def test_a_lone_sentence_keeps_the_recognisers_spans() -> None:
    found = [Mention(0, 6, "서울 종로구", LOC), Mention(9, 11, "북한", ORG)]
    settled = [
        Mention(0, 2, "서울", LOC, "e0"),
        Mention(3, 6, "종로구", LOC, "e1"),
        Mention(9, 11, "북한", LOC, "e2"),
        Mention(20, 23, "KDB", ORG, "e3"),
    ]
    kept = as_written(found, settled, {}, article=False)
    assert [(m.text, m.type, m.entity) for m in kept] == [
        ("서울 종로구", LOC, "e1"),
        ("북한", ORG, "e2"),
        ("KDB", ORG, "e3"),
    ]


def test_anonymous_people_are_mentions_of_nobody() -> None:
    text = "경찰은 박모 씨를 붙잡았다.\n박씨는 웃었다.\n경찰은 수사를 마쳤다."
    (document,) = KoreanExtractor()([Document("a", text)])
    document.check()
    assert [m.text for m in document.mentions if m.entity is None] == ["박", "박"]
    assert not [e for e in document.entities if e.type == PER]


def test_an_article_becomes_training_sentences() -> None:
    text = "권 대표는 나래전자와 북한을 찾았다.\n고두한 기자 사진"
    labelled = Labelled(text, [("PER", ["권도한", "권 대표"]), ("ORG", ["나래전자"])])
    sentences = units(text)
    model = [at(text, "북한", "OG"), at(text, "고두한", "PS"), at(text, "나래전자", "PS")]

    def find(part: list[Unit]) -> list[Span]:
        return [s for s in model if part[0].start <= s.start < part[-1].end]

    found = list(project(labelled, sentences, find, {"권"}))  # type: ignore[arg-type]
    assert [[(text[s.start : s.end], s.type) for s in spans] for _, spans in found] == [
        [("권", "PS"), ("나래전자", "OG"), ("북한", "OG")]
    ]


def test_annotations_of_another_text_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "sentences.tsv"
    path.write_text("k1\t나래전자가 왔다.\n", encoding="utf-8")
    right = hashlib.sha256("나래전자가 왔다.".encode()).hexdigest()[:8]
    rows = [{"id": "k1", "checksum": right, "names": "0-4:OG"}]
    monkeypatch.setattr(resources, "table", lambda *parts: rows)
    (marked,) = training._annotated("any.tsv", path)
    assert marked.spans == (Span(0, 4, "OG"),)
    rows[0]["checksum"] = "00000000"
    with pytest.raises(InputError, match="sentence k1"):
        training._annotated("any.tsv", path)


def test_labelled_articles_are_read_with_their_names(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="train_articles"):
        list(labelled_articles(tmp_path))
    folder = tmp_path / "news-gold"
    folder.mkdir()
    entity = {"name": "나래전자", "type": "ORG", "aliases": ["나래"]}
    (folder / "train.jsonl").write_text(json.dumps({"id": "a", "entities": [entity]}) + "\n", encoding="utf-8")
    article = {"id": "a", "title": "나래", "text": "나래전자가 왔다."}
    (folder / "train_articles.jsonl").write_text(json.dumps(article) + "\n", encoding="utf-8")
    (read,) = labelled_articles(tmp_path)
    assert read == Labelled("나래\n나래전자가 왔다.", [("ORG", ["나래전자", "나래"])])


def test_a_country_stands_apart_from_its_companies_not_from_its_bodies() -> None:
    heads = Heads((), {"독일"}, (), (), ())
    text = "독일 나래메탈과 독일 외교부와 독일 삼성과 독일 연방수사국"
    spans = [at(text, name, ORG) for name in ("독일 나래메탈", "독일 외교부", "독일 삼성", "독일 연방수사국")]
    assert surfaces(text, heads(text, spans)) == [
        *(("독일", LOC), ("나래메탈", ORG), ("독일 외교부", ORG)),
        *(("독일", LOC), ("삼성", ORG), ("독일 연방수사국", ORG)),
    ]


def test_a_branch_after_a_blank_is_part_of_the_name() -> None:
    text = "하람 코리아는 하람과 다르다."
    spans = [at(text, "하람", ORG), at(text, "코리아", LOC)]
    assert surfaces(text, with_branches(text, spans, units(text), ())) == [("하람 코리아", ORG)]
    text = "하람 코리아 할인 해소"
    assert surfaces(text, with_branches(text, [at(text, "하람", ORG)], units(text), ())) == [("하람", ORG)]


def test_what_a_company_is_stands_outside_its_name() -> None:
    (mention,) = cleared([Mention(0, 12, "인도 게임사 나래모바일", ORG)], alias_table())
    assert (mention.text, mention.start) == ("나래모바일", 7)


def test_anonymous_members_are_nobody() -> None:
    text = "한들당 A국회의원이 왔다.\n경찰은 수사했다.\n검찰도 수사했다."
    (document,) = KoreanExtractor()([Document("a", text)])
    assert not [e for e in document.entities if e.type == PER]


def test_regions_and_the_assembly_are_names_before_their_heads() -> None:
    text = "정의화 국회의장과 오세훈 전 서울시장, 나루터 강원지사, 구도심 한빛시장"
    found = add_bodies(text, [], (), (), {"서울", "강원"})
    assert surfaces(text, found) == [("국회", ORG), ("서울", LOC), ("강원", LOC)]


@pytest.mark.parametrize(
    ("name", "kind", "left"),
    [
        ("서울로", LOC, "서울"),
        ("나루베리의", PER, "나루베리"),
        ("김태용이", PER, "김태용"),
        ("나루베리에게", PER, "나루베리"),
        ("사마의", PER, "사마의"),
        ("한들국민회의", ORG, "한들국민회의"),
        ("미켈란젤로", PER, "미켈란젤로"),
        ("카나가와", LOC, "카나가와"),
    ],
)
def test_particles_at_the_end_of_unknown_names_go(name: str, kind: str, left: str) -> None:
    found = without_particles(name, [Span(0, len(name), kind)], lambda form: form == "서울", {"김", "사"})
    assert surfaces(name, found) == [(left, kind)]
