from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError
from kg.extract.evaluate_names import evaluate_names, figures, read_marked, score, unmark
from kg.extract.recogniser import clusters, corpus_names, learned
from kg.extract.recogniser.boundaries import drop_common_nouns, tidy
from kg.extract.recogniser.consistency import agree, aliases, spread
from kg.extract.recogniser.heads import Heads
from kg.extract.recogniser.known import splitter
from kg.extract.recogniser.labels import Span, encode, klue_spans
from kg.extract.recogniser.lexicon import Lexicon
from kg.extract.recogniser.listed import Listing
from kg.extract.recogniser.merged import Cutter, cut_at_people, join_surnames
from kg.extract.recogniser.units import Unit
from kg.extract.train_names import train_names
from kg.lang.ko.morphemes import analyse


def units(text: str) -> list[list[Unit]]:
    return list(splitter({})(analyse(text)))


def surfaces(text: str, spans: list[Span]) -> list[tuple[str, str]]:
    return [(text[s.start : s.end], s.type) for s in spans]


def test_unmark_keeps_offsets_of_the_plain_sentence() -> None:
    assert unmark("<한빛전자:OG>가 <3월:DT> <춘천:LC>에 왔다.") == (
        "한빛전자가 3월 춘천에 왔다.",
        (Span(0, 4, "OG"), Span(9, 11, "LC")),
    )


def test_score_counts_exact_spans_and_particles() -> None:
    gold = [Span(0, 4, "OG"), Span(9, 11, "LC")]
    mine = [Span(0, 5, "OG"), Span(9, 11, "LC")]
    found = score([("한빛전자가 3월 춘천에 왔다.", gold, mine)])
    assert found["all"] == {"p": 0.5, "r": 0.5, "f": 0.5, "gold": 2}
    assert found["OG"] == {"p": 0.0, "r": 0.0, "f": 0.0, "gold": 1}
    assert found["particle_inside"] == 0.5


def test_figures_leave_products_out() -> None:
    rows = read_marked_text("a\t<한빛전자:OG>의 누리폰")
    assert figures(lambda text: [Span(0, 4, "Organization"), Span(6, 9, "Product")], rows)["all"] == {
        "p": 1.0,
        "r": 1.0,
        "f": 1.0,
        "gold": 1,
    }


def read_marked_text(line: str) -> list:  # type: ignore[type-arg]
    from kg.extract.evaluate_names import Marked

    name, marked = line.split("\t")
    return [Marked(name, *unmark(marked))]


def test_a_gold_file_without_tabs_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "gold.tsv"
    path.write_text("a\t<춘천:LC>에 왔다.\n춘천에 왔다.\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"gold\.tsv:2"):
        read_marked(path)
    with pytest.raises(InputError, match=r"absent\.tsv"):
        evaluate_names(tmp_path / "absent.tsv")


def test_training_names_every_missing_file(tmp_path: Path) -> None:
    (tmp_path / "klue-ner").mkdir()
    (tmp_path / "klue-ner" / "news.tsv").write_text("", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        train_names(tmp_path, tmp_path / "out")
    assert [name in str(caught.value) for name in ("reviews.tsv", "forms.tsv", "news-raw", "news.tsv, ")] == [
        True,
        True,
        True,
        True,
    ]
    assert not (tmp_path / "out").exists()


def test_labels_and_spans_are_inverse_on_unit_boundaries() -> None:
    text = "한빛전자는 춘천에 공장을 짓는다."
    (sentence,) = units(text)
    spans = [Span(0, 4, "OG"), Span(6, 8, "LC")]
    assert klue_spans(sentence, encode(sentence, spans)) == spans


def test_country_pairs_are_two_units() -> None:
    assert [u.form for u in units("남북 회담이 열렸다.")[0][:2]] == ["남", "북"]


def test_tidy_leaves_quotes_titles_and_bylines_outside() -> None:
    text = "'한빛전자', (춘천=가나통신) CEO 디즈니+ 바다(해) ("
    spans = [
        Span(0, 6, "Organization"),
        Span(9, 16, "Organization"),
        Span(18, 21, "Organization"),
        Span(22, 26, "Organization"),
        Span(27, 34, "Place"),
    ]
    assert surfaces(text, tidy(text, spans, frozenset({"CEO"}))) == [
        ("한빛전자", "Organization"),
        ("춘천", "Place"),
        ("가나통신", "Organization"),
        ("디즈니+", "Organization"),
        ("바다(해)", "Place"),
    ]


@given(st.text(max_size=40), st.integers(0, 40), st.integers(0, 40))
def test_tidy_never_grows_a_span(text: str, start: int, length: int) -> None:
    end = min(len(text), start + length)
    for span in tidy(text, [Span(min(start, end), end, "Person")]):
        assert start <= span.start < span.end <= end
        assert text[span.start : span.end].strip() == text[span.start : span.end]


def test_a_name_spreads_to_its_bare_occurrences_only() -> None:
    text = "한빛전자가 나섰다. 한빛전자와 손잡았다. 한빛전자서비스는 다르다."
    found = spread(text, [Span(0, 4, "Organization")], units(text))
    assert [(s.start, s.end) for s in found] == [(0, 4), (11, 15)]


def test_brackets_after_a_name_hold_another() -> None:
    text = "한빛은행(HBB)과 제이슨 권(Jason Kwon), 대표(CEO)"
    spans = [Span(0, 4, "Organization"), Span(11, 16, "Person")]
    assert surfaces(text, aliases(text, spans)) == [
        ("한빛은행", "Organization"),
        ("HBB", "Organization"),
        ("제이슨 권", "Person"),
        ("Jason Kwon", "Person"),
    ]


def test_the_commonest_type_of_a_surface_wins_and_countries_are_places() -> None:
    text = "가람 가람 가람 미국"
    spans = [Span(0, 2, "Person"), Span(3, 5, "Place"), Span(6, 8, "Place"), Span(9, 11, "Organization")]
    assert [s.type for s in agree(text, spans, ())] == ["Place", "Place", "Place", "Organization"]
    assert agree(text, spans, {"미국"})[-1].type == "Place"


def test_people_are_cut_at_titles_and_at_other_names() -> None:
    cut = Cutter(["기자"], {"박"}, {"부산": "Place"})
    text = "홍길동 기자 / 가나 다라 부산"
    spans = [Span(0, 6, "Person"), Span(9, 17, "Person")]
    assert surfaces(text, cut(text, spans, units(text))) == [
        ("홍길동", "Person"),
        ("가나 다라", "Person"),
        ("부산", "Place"),
    ]


def test_a_listing_finds_whole_words_and_subsidiaries() -> None:
    text = "오픈AI는 오픈AI코리아를 세웠다. 오픈AI식이 아니다."
    listing = Listing(["오픈AI"], ["코리아"])
    assert [text[a:b] for sentence in units(text) for a, b in listing(text, sentence)][:2] == ["오픈AI", "오픈AI코리아"]


def test_the_lexicon_marks_the_longest_name() -> None:
    lexicon = Lexicon()
    lexicon.add(["국민의 힘", "국민"], "k:OG")
    text = "국민의 힘이 이겼다."
    (sentence,) = units(text)
    assert lexicon.match(sentence, text)[:3] == [["B2/k:OG"], ["I/k:OG"], ["I/k:OG"]]


def test_model_tables_survive_a_round_trip_with_the_same_bytes(tmp_path: Path) -> None:
    groups = {("가람", "NNP"): (1, 2, 3), ("가", "VV"): (4, 5, 6)}
    forms = {"가람": Counter({"OGG_ECONOMY": 2})}
    codes = {"가람": "l:OG:9:s"}
    path = tmp_path / "table.gz"
    clusters.save(path, groups)
    assert clusters.load(path) == groups
    corpus_names.save(path, forms)
    assert corpus_names.load(path) == forms
    learned.save(path, codes)
    first = path.read_bytes()
    learned.save(path, learned.load(path))
    assert (path.read_bytes(), learned.load(path)) == (first, codes)


def test_a_form_does_not_vouch_for_the_sentence_it_was_counted_in() -> None:
    lexicon = Lexicon()
    corpus_names.add_forms(lexicon, {"가람": {"OGG_ECONOMY": 1}, "나래": {"PS_NAME": 2}}, seen_here=1)
    assert (lexicon.codes("가람"), lexicon.codes("나래")) == ((), ("t:PS_:1",))


def test_names_are_learned_from_several_articles_with_their_share() -> None:
    texts = ["가람전자가 왔다.", "가람전자는 컸다.", "가람전자와 만났다.", "나래산업이 떴다."]
    articles = [(text, units(text)) for text in texts]
    found = learned.learn(articles, lambda text, sentence: [Span(0, 4, "OG")])
    assert found == {"가람전자": "l:OG:9:s"}


def test_in_an_article_sub_units_give_way_to_their_heads() -> None:
    heads = Heads({"한빛전자"}, {"캐나다"}, {"노"}, ["정부", "법인명"], ["학과", "본부"])
    for surface, expected in [
        ("가람대 경제학과", ("가람대", "Organization")),
        ("한빛전자 홍보본부", ("한빛전자", "Organization")),
        ("캐나다 정부", ("캐나다", "Place")),
        ("캐나다 법인명", ("캐나다", "Place")),
        ("노한결 정부", ("노한결", "Person")),
        ("나래 학과", ("나래 학과", "Organization")),
        ("한빛전자", ("한빛전자", "Organization")),
    ]:
        assert surfaces(surface, heads(surface, [Span(0, len(surface), "Organization")])) == [expected]


def test_common_nouns_are_people_only_before_a_title() -> None:
    text = "모기가 왔다. 나비 대표가 왔다."
    sentences = units(text)
    spans = [Span(0, 2, "Person"), Span(8, 10, "Person")]
    assert surfaces(text, drop_common_nouns(spans, sentences, lambda unit: True, {"대표"})) == [("나비", "Person")]


def test_a_withheld_given_name_stands_outside() -> None:
    text = "박모 씨가 왔다."
    assert surfaces(text, Cutter([], {"박"}, {})(text, [Span(0, 2, "Person")], units(text))) == [("박", "Person")]


def test_an_organization_ends_where_a_known_person_begins() -> None:
    text = "가람당 홍길동 대책위원회. 홍길동은 웃었다."
    spans = [Span(0, 13, "Organization"), Span(15, 18, "Person")]
    assert surfaces(text, cut_at_people(text, spans, units(text)))[:2] == [
        ("가람당", "Organization"),
        ("홍길동", "Person"),
    ]


def test_a_surname_joins_the_foreign_given_name_before_it() -> None:
    text = "제이슨 권 이사와 제이슨 전자가 왔다."
    spans = [Span(0, 3, "Person"), Span(10, 13, "Person")]
    found = join_surnames(text, spans, units(text), {"제이슨"}, {"권", "전"})
    assert surfaces(text, found) == [("제이슨 권", "Person"), ("제이슨", "Person")]


def test_a_title_after_a_known_organization_stands_outside() -> None:
    text = "한빛전자 대표가 왔다."
    cut = Cutter({"대표"}, (), {"한빛전자": "Organization"})
    assert surfaces(text, cut(text, [Span(0, 7, "Organization")], units(text))) == [("한빛전자", "Organization")]


def test_a_title_in_brackets_is_no_alias() -> None:
    text = "한빛전자(CEO) 한빛전자(HBE)"
    spans = [Span(0, 4, "Organization"), Span(10, 14, "Organization")]
    assert [text[s.start : s.end] for s in aliases(text, spans, {"CEO"})] == ["한빛전자", "한빛전자", "HBE"]
