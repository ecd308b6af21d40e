from __future__ import annotations

import itertools
import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.codec import write_documents
from kg.errors import InputError
from kg.model import Document
from kg.resolve.copies import fingerprint, originals
from kg.resolve.evaluate_copies import evaluate_copies
from kg.resolve.likeness import Telling, log_odds
from kg.resolve.train_copies import train_copies

WIRE = (
    "가온전자, 나래반도체 지분 30% 인수\n"
    "가온전자가 나래반도체 지분 30%를 1200억원에 인수한다고 3일 밝혔다. "
    "두 회사는 이날 서울 중구 가온전자 본사에서 주식매매계약을 맺었다. "
    '김다솜 가온전자 대표는 "차량용 반도체를 안정적으로 들여오려는 투자"라고 말했다. '
    "나래반도체는 2009년 세워진 전력 반도체 설계 회사로 지난해 매출 840억원을 올렸다. "
    "인수가 끝나면 가온전자는 박한별 나래반도체 창업자에 이은 2대 주주가 된다. "
    "공정거래위원회의 승인을 거쳐 오는 9월 말 대금을 치를 예정이다."
)
EXTENDED = (
    WIRE.replace("3일 밝혔다", "3일 공시했다")
    + "\n증권가에서는 이번 거래로 가온전자의 부품 조달 비용이 해마다 90억원가량 줄 것으로 내다봤다. "
    "라온증권 이슬기 연구원은 이번 인수 가격이 시장 예상보다 조금 높은 편이라고 평가했다."
)
REWORDED = (
    "가온전자, 1200억에 나래반도체 2대 주주로\n"
    "가온전자는 나래반도체 지분 30%를 1200억원에 인수하기로 했다고 3일 밝혔다. "
    "두 회사는 이날 서울 중구 가온전자 본사에서 주식매매계약을 체결했다. "
    "나래반도체는 2009년 세워진 전력 반도체 설계 회사다. 지난해 매출은 840억원이다. "
    "인수가 끝나면 가온전자는 창업자인 박한별씨에 이어 2대 주주가 된다. "
    '김다솜 대표는 "차량용 반도체를 안정적으로 들여오려는 투자"라고 설명했다. '
    "대금은 공정거래위원회의 승인을 거쳐 오는 9월 말 치른다."
)
INDEPENDENT = (
    "전력 반도체 손에 넣은 가온…나래 창업자는 남는다\n"
    "전장 사업을 키워 온 가온전자가 전력 반도체 업체의 새 주인 자리를 노린다. 상대는 나래반도체다. "
    "본지가 3일 만난 나래반도체 임원은 협상이 지난해 가을부터 이어졌으며 값을 두고 세 번 결렬될 뻔했다고 귀띔했다. "
    '김다솜 가온전자 대표는 "차량용 반도체를 안정적으로 들여오려는 투자"라고 말했지만 업계는 배경을 달리 본다. '
    "완성차 고객이 부품 국산화를 요구하자 서둘러 짝을 찾았다는 해석이다. "
    "박한별 창업자가 경영을 계속 맡는 조건이 막판에 붙은 것도 그래서라고 한다. "
    "직원 120명의 고용을 5년 동안 지키겠다는 약속도 계약서에 담긴 것으로 확인됐다."
)
SUNNY = (
    "내일 날씨\n"
    "4일은 전국이 대체로 맑은 가운데 강원 산지에는 오후 한때 소나기가 내리겠다. "
    "아침 최저기온은 13~18도, 낮 최고기온은 22~29도로 예보됐다. "
    "자외선이 강하니 한낮에는 바깥 활동을 줄이는 편이 좋겠다. "
    "바다의 물결은 남해 먼바다에서 0.5~1m로 일겠다."
)
RAINY = (
    "내일 날씨\n"
    "11일은 저기압이 지나면서 전국이 차차 흐려지는 가운데 제주와 전남 해안에는 최고 80㎜의 많은 비가 내리겠다. "
    "아침 최저기온은 16~20도, 낮 최고기온은 20~24도로 예보됐다. "
    "돌풍과 천둥이 치는 곳이 많아 시설물이 쓰러지지 않게 미리 살펴야 한다. "
    "바다의 물결은 서해 앞바다에서 1.5~3m로 일겠다."
)


def article(name: str, text: str, date: str | None = "2025-06-03") -> Document:
    return Document(id=name, text=text, title=text.split("\n")[0], date=date)


def copies(*documents: Document) -> dict[str, str]:
    return originals(map(fingerprint, documents))


@pytest.mark.parametrize("text", [WIRE, EXTENDED, REWORDED], ids=["identical", "extended", "reworded"])
def test_a_copy_or_rewrite_has_the_wire_text_for_original(text: str) -> None:
    assert copies(article("a", WIRE), article("b", text)) == {"b": "a"}


@pytest.mark.parametrize(
    ("one", "other"), [(WIRE, INDEPENDENT), (REWORDED, INDEPENDENT), (SUNNY, RAINY), (WIRE, SUNNY)]
)
def test_another_telling_of_the_event_and_the_next_of_a_series_stay_apart(one: str, other: str) -> None:
    assert copies(article("a", one), article("b", other)) == {}


@pytest.mark.parametrize(
    ("dates", "original"),
    [
        (("2025-06-03", "2025-06-02"), "b"),
        ((None, "2025-06-04"), "b"),
        (("2025-06", "2025-06"), "a"),
        ((None,) * 2, "a"),
    ],
)
def test_the_original_is_the_earliest_then_the_first_by_id(dates: tuple[str | None, ...], original: str) -> None:
    told = [article(name, WIRE, date) for name, date in zip("ab", dates, strict=True)]
    assert set(copies(*told).values()) == {original}


@pytest.mark.parametrize("text", ["", "제목\n", "[인사] 가온전자", "내일의 날씨\n전국이 맑겠다."])
def test_empty_and_very_short_texts_copy_nothing(text: str) -> None:
    assert copies(article("a", text), article("b", text)) == {}
    assert fingerprint(article("a", text)).bands == ()


def test_what_papers_set_around_articles_does_not_make_copies() -> None:
    tail = (
        "\n★ 오늘의 사진 모음 - 가온 호수의 아침과 저녁 풍경을 한자리에서 만나 보십시오"
        "\n[오늘의 운세를 띠별로 보기][주말에 가 볼 만한 여행지 고르기][나래의 요리 교실 첫걸음]"
        "\n가온뉴스는 독자 여러분의 제보를 기다립니다. 사진과 영상은 desk@gaon.example 로 보내 주십시오"
    )
    one, other = (text.split(". ")[0] + "." for text in (WIRE, INDEPENDENT))
    assert copies(article("a", one + tail), article("b", other + tail)) == {}


POOL = [
    article(f"n{number}", text, date)
    for number, (text, date) in enumerate(
        itertools.product((WIRE, EXTENDED, REWORDED, INDEPENDENT, SUNNY, RAINY), ("2025-06-03", "2025-06-05", None))
    )
]


@settings(max_examples=25)
@given(st.permutations(POOL))
def test_the_order_of_articles_does_not_matter(order: list[Document]) -> None:
    assert copies(*order) == copies(*POOL)


@settings(max_examples=25)
@given(st.sets(st.sampled_from(range(len(POOL)))))
def test_a_component_is_folded_alike_whatever_else_there_is(chosen: set[int]) -> None:
    told = [POOL[index] for index in sorted(chosen)]
    wire = [one for one in told if {*fingerprint(one).bands} & {*fingerprint(POOL[0]).bands}]
    weather = [one for one in told if one not in wire]
    assert copies(*told) == {**copies(*wire), **copies(*weather)}


def test_a_notice_sent_out_many_times_is_not_compared_all_with_all(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = []

    def noting(one: Telling, other: Telling) -> float:
        compared.append((one.name, other.name))
        return log_odds(one, other)

    monkeypatch.setattr("kg.resolve.copies.CROWD", 2)
    monkeypatch.setattr("kg.resolve.copies.log_odds", noting)
    notices = [Document(f"n{at:02}", f"{SUNNY} {at}일 발표.", date="2025-05-03") for at in range(60)]
    assert originals(map(fingerprint, notices)) == {one.id: "n00" for one in notices[1:]}
    assert len(compared) < 60 * 59 / 4


def test_a_fingerprint_is_compact_json_and_the_same_in_every_process() -> None:
    made = json.dumps(asdict(fingerprint(article("a", WIRE))))
    script = (
        "import json, sys; from dataclasses import asdict; from kg.model import Document;"
        "from kg.resolve.copies import fingerprint;"
        "print(json.dumps(asdict(fingerprint(Document(**json.loads(sys.argv[1]))))))"
    )
    fields = {"id": "a", "text": WIRE, "title": WIRE.split("\n")[0], "date": "2025-06-03"}
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", script, json.dumps(fields)],
            capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": seed, "PYTHONPATH": "."},
        )  # fmt: skip
        assert done.stdout.strip() == made
    assert len(json.dumps(asdict(fingerprint(article("a", WIRE * 100))), ensure_ascii=False).encode()) < 20_000


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "pairs.tsv"
    path.write_text(
        "first\tsecond\tlabel\na\tb\tcopy\na\tc\trewrite\na\td\tindependent\ne\tf\tindependent\na\tgone\tcopy\n",
        encoding="utf-8",
    )
    return path


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    path = tmp_path / "documents.jsonl"
    texts = {"a": WIRE, "b": EXTENDED, "c": REWORDED, "d": INDEPENDENT, "e": SUNNY, "f": RAINY}
    write_documents([article(name, text) for name, text in texts.items()], path)
    return path


def test_evaluation_counts_the_pairs_that_are_folded(documents: Path, gold: Path) -> None:
    assert evaluate_copies(documents, gold) == {
        "precision": 1.0,
        "recall": 1.0,
        "pairs": 4,
        "pairs missing": 1,
        "folded": {"copy": "1 of 1", "rewrite": "1 of 1", "independent": "0 of 2"},
        "articles": 6,
        "copies": 2,
        "largest": 3,
    }


def test_a_wrong_line_of_the_table_is_named(documents: Path, gold: Path) -> None:
    gold.write_text("first\tsecond\tlabel\na\tb\tduplicate\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"pairs\.tsv:2: not two article ids"):
        evaluate_copies(documents, gold)


def test_training_learns_that_shared_text_makes_copies(documents: Path, gold: Path) -> None:
    gold.write_text("first\tsecond\tlabel\n" + "a\tb\tcopy\na\tc\tcopy\na\td\tindependent\ne\tf\tindependent\n" * 5)
    made = train_copies(documents, gold)
    assert made["weights"]["shared"] > 0
    assert (made["precision"], made["recall"]) == (1.0, 1.0)
