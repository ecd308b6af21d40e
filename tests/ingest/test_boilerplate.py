from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.ingest import ReadOptions, notices, read_articles
from kg.ingest.boilerplate import clean
from kg.ingest.metadata import find_date, find_publisher
from kg.model import Article

LEAD = "한빛전자가 경기도 평택에 반도체 후공정 공장을 짓는다고 12일 밝혔다."
SECOND = "회사는 이를 위해 충청은행에서 3000억원을 빌리고 직원 500명을 새로 뽑을 계획이다."
THIRD = "김도윤 대표는 “협력사와 함께 2027년까지 생산을 시작하겠다”고 말했다."
BODY = f"{LEAD} {SECOND} {THIRD} {SECOND} {THIRD}"

DUMP = f"""메뉴 건너뛰기

홈 > 경제 > 산업

한빛전자, 평택에 새 공장
입력 2024.03.12 10:15 수정 2024.03.13 09:00
김도윤 한빛전자 대표가 12일 기자간담회에서 발언하고 있다. [연합뉴스]
{LEAD}

{SECOND} {THIRD}

중앙일보

좋아요 12
댓글 3

번호 제목 글쓴이 날짜
301 눈 내린 설악산, 등산객 발길 이어져 산지기 2024.03.13
300 봄 축제 일정 한눈에 보기 꽃지기 2024.03.14
299 우리 동네 도서관 문 열었다 책지기 2024.03.12
"""


def test_a_dump_of_a_board_keeps_the_article_alone() -> None:
    found = clean(DUMP)
    assert found.title == "한빛전자, 평택에 새 공장"
    assert found.text == f"{LEAD}\n{SECOND} {THIRD}"
    assert find_publisher(found.removed, None) == "중앙일보"
    assert find_date(found.removed) == "2024-03-12"


def test_a_headline_may_end_as_a_sentence_without_a_full_stop() -> None:
    found = clean(f"법원, 한빛전자 손 들어줬다\n{BODY}")
    assert (found.title, found.text) == ("법원, 한빛전자 손 들어줬다", BODY)


def test_a_first_sentence_is_no_headline() -> None:
    assert clean(f"{LEAD}\n{BODY}").title is None


def test_the_newest_row_of_a_listing_dates_a_page_without_a_stamp() -> None:
    found = clean(DUMP.replace("입력 2024.03.12 10:15 수정 2024.03.13 09:00\n", ""))
    assert find_date(found.removed) == "2024-03-14"


@pytest.mark.parametrize(
    ("text", "body"),
    [
        (f"(서울=뉴스1) 홍가람 기자 = {BODY}", BODY),
        (f"【서울=뉴시스】홍가람 이나래 기자 = {BODY}", BODY),
        (f"(하노이<베트남>=연합뉴스) 홍가람 특파원 = {BODY}", BODY),
        (f"[머니투데이 홍가람 기자] {BODY}", BODY),
        (f"[세종=이데일리 홍가람 기자]{BODY}", BODY),
        (f"[동아일보]{BODY}", BODY),
        (f"<아이뉴스24>[홍가람기자] {BODY}", BODY),
        (f"지디넷코리아 홍가람 기자 {BODY}", BODY),
        (f"{BODY}홍가람 기자 garam@example.co.kr", BODY),
        (f"{BODY} 홍가람·이나래 기자 garam@example.com", BODY),
        (f"{BODY}[홍가람 기자 garam@example.com][조선닷컴 바로가기]", BODY),
        (f"{BODY}garam@news1.kr▶ 매일 새 만화 100% 무료[© 뉴스1코리아(news1.kr), 무단 전재 및 재배포 금지]", BODY),
        (f"{BODY}홍가람 기자 garam@mt.co.kr<저작권자 ⓒ '새 소식' 머니투데이, 무단전재 및 재배포 금지>", BODY),
        (f"{BODY}홍가람 기자 g@segye.com[핫]겨울에 좋은 차 한 잔ⓒ 새벽을 여는 신문, 세계일보", BODY),
        (f"{BODY} KBS 뉴스 홍가람입니다.홍가람기자 (garam@kbs.co.kr)▶ [저작권자ⓒ KBS 무단복제-재배포 금지]", BODY),
        (f"{BODY}▶ [핫클릭] 고래 떼 나타난 동해 바다<저작권자(c) 연합뉴스, 무단 전재-재배포 금지>", BODY),
        (f"{BODY}\n\n[ⓒ 매일경제 & mk.co.kr, 무단전재 및 재배포 금지]", BODY),
        (f"{BODY}\n관련기사\n한빛전자, 새 대표 뽑았다\n평택 땅값 올랐다", BODY),
        (f"새 공장 조감도[연합뉴스TV 캡처] (평택=연합뉴스) 홍가람 기자 = {BODY}", BODY),
        (f"새 공장 터. /사진=한빛전자 제공\n{BODY}", BODY),
        (f"김도윤 대표가 공장 터를 둘러보고 있다. (한빛전자 제공) /뉴스1 © News1 홍가람 기자\n\n{BODY}", BODY),
        (f"[앵커]{BODY}[기자]{LEAD}", f"{BODY}\n{LEAD}"),
    ],
)
def test_bylines_captions_notices_and_promotions_go(text: str, body: str) -> None:
    assert clean(text, "한빛전자 새 공장").text == body


def test_the_head_lines_before_a_dateline_stay_on_a_line_of_their_own() -> None:
    assert clean(f"3000억원 들여 내년 완공(평택=뉴스1) 홍가람 기자 = {BODY}", "새 공장").text == (
        f"3000억원 들여 내년 완공\n{BODY}"
    )


@pytest.mark.parametrize(
    "text",
    [
        "그는 [4점]을 주었다. 이 식당 정말 좋다.다음에 또 간다.",
        "홍가람 기자는 지난해 기자상을 받았다.",
        "문의는 help@example.go.kr로 하면 된다고 시는 밝혔다.",
        "경찰은 음악을 무단 복제한 혐의로 김모씨를 붙잡았다.",
        "<무궁화>를 만든 감독은 이번에도 부산에서 촬영했다.",
        "신문사는 연합뉴스와 계약을 맺었다.",
    ],
)
def test_a_sentence_comes_through_unchanged(text: str) -> None:
    assert clean(text).text == text


def test_lost_line_breaks_come_back() -> None:
    text = f'{LEAD}이날 {SECOND}“{THIRD}12일 {LEAD}{SECOND}그는 "좋다."고 했다.'
    assert clean(text, "새 공장").text.split("\n") == [
        LEAD,
        f"이날 {SECOND}",
        f"“{THIRD}",
        f"12일 {LEAD}",
        SECOND,
        '그는 "좋다."고 했다.',
    ]


def test_decimals_and_abbreviations_are_not_broken() -> None:
    text = f"U.S.스틸의 지분 3.5%를 산다. {BODY}"
    assert clean(text, "지분").text == text


def test_entities_and_invisible_characters_go() -> None:
    found = clean("&amp;quot;새 공장&quot; 짓는다\u200b\u00a0한빛전자", "&lt;속보&gt; 새 공장")
    assert (found.title, found.text) == ("<속보> 새 공장", '"새 공장" 짓는다 한빛전자')


def test_a_list_of_duties_inside_the_article_stays() -> None:
    text = f"{BODY}\n▶ 부장 홍가람\n▶ 차장 이나래\n{LEAD}"
    assert clean(text, "인사").text == text


@pytest.mark.parametrize(
    "line",
    [
        '▶ 인터뷰 : 김도윤 / 한빛전자 대표 - "열심히 하겠습니다." 공장은 내년에 문을 엽니다.',
        f"ⓒ 홍가람{LEAD}",
        "한빛전자는 첨단 연구 부서(ATAP)를 대전에 둔다. 부서장은 이나래 박사다.",
        "△한빛전자 재무이사 △충청은행 감사 △대한기자협회 고문",
    ],
)
def test_what_only_looks_like_a_promotion_or_notice_stays(line: str) -> None:
    text = f"{BODY}\n{line}\n무단 전재 및 재배포 금지"
    assert clean(text, "새 공장").text == f"{BODY}\n{line}"


def test_a_list_under_a_byline_stays_where_there_is_no_prose() -> None:
    names = "\n".join(f"한빛전자 {name}부장 이나래" for name in ("총무", "재무", "연구"))
    assert clean(f"한빛전자 인사\n홍가람 기자 garam@mt.co.kr\n{names}", "한빛전자 인사").text == names


def test_a_name_alone_after_the_last_sentence_goes_with_the_notice() -> None:
    assert clean(f"{BODY} 홍가람[저작권자(c) YTN 무단 전재-재배포 금지]", "새 공장").text == BODY


def test_lines_that_repeat_the_title_go() -> None:
    assert clean(f"새 공장\n{BODY}", "새 공장").text == BODY


PIECES = st.sampled_from(
    [
        LEAD,
        SECOND,
        THIRD,
        " ",
        "\n",
        "\t",
        "(서울=뉴스1) 홍가람 기자 = ",
        "[연합뉴스]",
        "▶ 바로가기",
        "garam@example.com",
        "번호 제목 글쓴이 날짜",
        "12 새 소식 지기 2024.03.12",
        "ⓒ 무단 전재 및 재배포 금지",
        "&amp;quot;",
        "중앙일보",
        '"',
        "[홍가람 기자]",
        "/사진=뉴스1",
        "댓글 3",
        "입력 2024.03.12 10:15",
        "제목",
        "다.",
        "관련기사",
        "© News1",
        "\u200b",
        "홍가람",
    ]
)


@given(st.lists(st.one_of(PIECES, st.text(max_size=4)), max_size=14).map("".join))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = clean(text)
    again = clean(once.text, once.title)
    assert (again.text, again.title) == (once.text, once.title)


def test_the_given_article() -> None:
    folder = Path(__file__).resolve().parents[3] / "shared" / "articles"
    files = sorted(folder.glob("*.txt"))
    if not files:
        pytest.skip(f"no articles at {folder}")
    (article,) = read_articles(files[:1], options=ReadOptions())
    assert isinstance(article, Article)
    given = [line for line in files[0].read_text(encoding="utf-8").splitlines() if line.strip()]
    assert (article.title, article.publisher, article.date) == (given[1], "중앙일보", "2025-05-27")
    lines = article.text.split("\n")
    assert lines == given[3:9]


@pytest.mark.parametrize(
    "line", ["홈 > 경제 > 유통 | 구독하기 | 지면보기", "비즈홈 | 산업 | 유통·패션 | 로그인", "로그인 회원가입 통합검색"]
)
def test_a_row_of_sections_is_a_menu(line: str) -> None:
    assert notices.is_menu(line)


@pytest.mark.parametrize(
    "line",
    ["카카오 | 네이버 | 쿠팡 실적 비교", "삼성전자 > 애플, 시가총액 뒤집혔다", "정부 | 여당 | 야당의 세 갈래 셈법"],
)
def test_a_headline_with_bars_is_none(line: str) -> None:
    assert not notices.is_menu(line)
