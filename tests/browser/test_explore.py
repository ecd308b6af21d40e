from __future__ import annotations

import json
from collections.abc import Callable
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from tests.browser.parts import action, chip, shown
from tests.browser.stars import HUB, Graph, node, relation, star

Open = Callable[..., Page]

pytestmark = pytest.mark.browser


def by_name(graph: Graph, name: str) -> str:
    return next(str(one) for one, found in graph.nodes(data=True) if found["name"] == name)


def chain() -> Graph:
    """Return 중심 – 회사1 – 끝, 중심 – 회사2 – 끝, the way over 회사2 better attested, and 섬 apart."""
    graph = star(2)
    for one, name in (("end", "끝"), ("island", "섬"), ("shore", "기슭")):
        graph.add_node(one, **node(name))
    graph.add_edge("e1", "end", key="r101", **relation("회사1", "끝"))
    graph.add_edge("end", "e2", key="r102", **relation("끝", "회사2", sources=3))
    graph.add_edge("island", "shore", key="r103", **relation("섬", "기슭"))
    return graph


def click_node(page: Page, one: str) -> None:
    page.mouse.click(*page.evaluate("(id) => page.place(id)", one))


def pasted(page: Page) -> str:
    page.evaluate("document.body.append(Object.assign(document.createElement('textarea'), {id: 'paste'}))")
    page.focus("#paste")
    page.keyboard.press("Control+V")
    return str(page.evaluate("document.querySelector('#paste').value"))


def test_focus_narrows_widens_and_ends(open_page: Open) -> None:
    page = open_page(chain(), "#entity=e1")
    action(page, "초점").click()
    assert (shown(page), chip(page, "focus").inner_text()) == ({HUB, "e1", "end"}, "회사1 둘레 1단계")
    page.get_by_role("button", name="한 단계 넓게").click()
    assert shown(page) == {HUB, "e1", "e2", "end"}
    page.get_by_role("button", name="한 단계 좁게").click()
    assert shown(page) == {HUB, "e1", "end"}
    page.get_by_role("button", name="초점 끝내기").click()
    expect(chip(page, "focus")).to_have_count(0)
    assert len(shown(page)) == 6


def test_the_focus_of_a_hub_shows_the_best_attested_and_counts_the_rest(open_page: Open) -> None:
    graph = star(75)
    graph.edges[HUB, "e75", "r075"]["sources"] = 9
    page = open_page(graph, f"#entity={HUB}")
    action(page, "초점").click()
    assert len(shown(page)) == 61
    assert "e75" in shown(page)
    assert chip(page, "withheld").inner_text() == "+15 더 보기"
    chip(page, "withheld").click()
    assert len(shown(page)) == 76
    expect(chip(page, "withheld")).to_have_count(0)


def test_neighbours_in_focus_do_not_cover_each_other(open_page: Open) -> None:
    graph = star(75)
    for number in range(1, 20):
        graph.edges[HUB, f"e{number}", f"r{number:03}"]["type"] = "acquires"
    page = open_page(graph, f"#entity={HUB}")
    action(page, "초점").click()
    spots = page.evaluate("page.nodes().map((id) => page.network.getPosition(nodeById().get(id).n))")
    near = [
        (a, b)
        for i, a in enumerate(spots)
        for b in spots[:i]
        if abs(a["x"] - b["x"]) < 40 and abs(a["y"] - b["y"]) < 40
    ]
    assert near == []


def test_undo_and_redo_by_button_and_key(open_page: Open) -> None:
    page = open_page(chain(), "#entity=e1")
    action(page, "숨기기").click()
    expect(page.locator("#panel")).to_be_hidden()
    assert ("e1" in shown(page), chip(page, "away").inner_text()) == (False, "숨긴 개체 1")
    page.keyboard.press("Control+z")
    assert "e1" in shown(page)
    page.keyboard.press("Control+Shift+z")
    assert "e1" not in shown(page)
    page.get_by_role("button", name="되돌리기").click()
    assert "e1" in shown(page)
    page.get_by_role("button", name="다시 하기").click()
    page.get_by_role("button", name="숨긴 개체를 모두 다시 보이기").click()
    assert ("e1" in shown(page), chip(page, "away").count()) == (True, 0)


def test_pins_last_with_the_arrangement_they_were_made_in(open_page: Open) -> None:
    page = open_page(chain(), "#entity=e1")
    before = page.evaluate("page.network.getPosition(nodeById().get('e1').n)")
    action(page, "초점").click()
    action(page, "고정").click()
    expect(action(page, "고정 풀기")).to_have_count(1)
    assert chip(page, "pins").inner_text() == "고정 1"
    page.get_by_role("button", name="초점 끝내기").click()
    assert page.evaluate("page.network.getPosition(nodeById().get('e1').n)") == before
    expect(chip(page, "pins")).to_have_count(0)
    action(page, "초점").click()
    page.get_by_role("button", name="고정 모두 풀기").click()
    expect(chip(page, "pins")).to_have_count(0)


def test_a_path_is_chosen_by_search_and_shows_its_relations(open_page: Open) -> None:
    page = open_page(chain(), f"#entity={HUB}")
    action(page, "경로").click()
    assert "도착할 개체를 고르세요" in chip(page, "picking").inner_text()
    page.keyboard.insert_text("끝")
    page.keyboard.press("Enter")
    panel = page.locator("#panel")
    expect(panel.locator("h2")).to_have_text("관계 2개를 거쳐 이어집니다")
    assert shown(page) == {HUB, "e1", "e2", "end"}
    assert panel.locator(".way .end").all_inner_texts() == ["중심", "회사2", "끝"]
    assert "가장 짧은 길 2개 중 1번째" in panel.inner_text()
    page.get_by_role("button", name="다음 길").click()
    expect(panel.locator(".way .end").nth(1)).to_have_text("회사1")
    assert "방향은 따지지 않으며" in panel.inner_text()
    panel.locator(".way .fact .name").first.click()
    expect(panel.locator("blockquote")).to_have_text("중심, 회사1와 손을 잡았다")
    page.go_back()
    page.get_by_role("button", name="경로 끝내기").click()
    expect(panel).to_be_hidden()
    assert len(shown(page)) == 6


def test_shift_and_a_click_make_a_path_which_follows_the_filters(open_page: Open) -> None:
    graph = chain()
    graph.edges["e1", "end", "r101"]["status"] = "planned"
    page = open_page(graph, f"#entity={HUB}")
    page.keyboard.down("Shift")
    click_node(page, "end")
    page.keyboard.up("Shift")
    panel = page.locator("#panel")
    expect(panel.locator("h2")).to_have_text("관계 2개를 거쳐 이어집니다")
    assert "e1" in shown(page)
    page.locator('[data-filter="status:planned"]').click()
    expect(panel).to_contain_text("가장 짧은 길은 하나입니다")
    assert "e1" not in shown(page)


def test_where_no_way_leads_the_page_says_so(open_page: Open) -> None:
    page = open_page(chain(), f"#path={HUB},island", language="en")
    expect(page.locator("#panel .none")).to_contain_text("No way joins these two")
    assert shown(page) == {HUB, "island"}
    assert "no way" in chip(page, "path").inner_text()


def test_escape_gives_up_choosing_the_end_of_a_path(open_page: Open) -> None:
    page = open_page(chain(), f"#entity={HUB}")
    page.locator("#graph").focus()
    page.keyboard.press("p")
    expect(chip(page, "picking")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(chip(page, "picking")).to_have_count(0)
    expect(page.locator("#panel h2")).to_have_text("중심")


def test_arrows_walk_to_neighbours_and_enter_opens_them(open_page: Open) -> None:
    page = open_page(star(4), f"#entity={HUB}")
    heading, said = page.locator("#panel h2"), page.locator("#said")
    page.locator("#graph").focus()
    seen = set()
    for _ in range(4):
        before = heading.inner_text()
        page.keyboard.press("ArrowRight")
        expect(heading).not_to_have_text(before)
        seen.add(heading.inner_text())
        expect(said).to_contain_text(heading.inner_text())
    assert seen == {"회사1", "회사2", "회사3", "회사4"}
    expect(said).to_contain_text("조직, 제휴, 이웃 4 중 4")
    page.keyboard.press("ArrowUp")
    expect(heading).to_have_text("중심")
    page.keyboard.press("ArrowLeft")
    name = heading.inner_text() if heading.inner_text() != "중심" else ""
    page.keyboard.press("Enter")
    expect(chip(page, "focus")).to_contain_text(name)


def test_the_link_copied_opens_what_was_seen(open_page: Open) -> None:
    graph = chain()
    page = open_page(graph, "#entity=e1")
    action(page, "초점").click()
    page.get_by_role("button", name="링크 복사").click()
    expect(page.locator("#toast")).to_have_text("지금 화면의 링크를 복사했습니다")
    link = pasted(page)
    page.evaluate("page.go(null)")
    page.get_by_role("button", name="초점 끝내기").click()
    page.evaluate("(link) => { location.href = link; }", link)
    expect(page.locator("#panel h2")).to_have_text("회사1")
    assert shown(page) == {HUB, "e1", "end"}
    page.keyboard.press("Control+z")
    assert len(shown(page)) == 6


@pytest.mark.parametrize(
    "view", [{"focus": 5}, {"focus": {"ids": 3}}, {"path": ["a"]}, {"pins": {"e1": None}}, {"away": [{}]}, [], None]
)
def test_choices_of_a_wrong_form_are_left_out(view: object, open_page: Open) -> None:
    page = open_page(chain(), f"#view={quote(json.dumps(view))}")
    assert len(shown(page)) == 6


@pytest.mark.parametrize(
    "word", ["eformer", "krx:035720", "035720", "wikidata:Q17684312", "Q17684312", "kakaocorp.com", "카카오", "KAKAO"]
)
def test_links_by_former_ids_tickers_and_names_open_the_entity(word: str, graph: Graph, open_page: Open) -> None:
    one = by_name(graph, "카카오")
    graph.nodes[one]["ids"].append("kg:eformer")
    graph.nodes[one]["aliases"] = ["Kakao"]
    page = open_page(graph, f"#entity={word}")
    expect(page.locator("#panel h2")).to_have_text("카카오")
    assert "eformer" not in page.locator("#panel").inner_text()


def test_a_name_that_two_share_opens_neither(open_page: Open) -> None:
    graph = star(2)
    graph.nodes["e2"]["name"] = "회사1"
    page = open_page(graph, "#entity=회사1")
    assert page.locator("#panel").is_visible() is False


@pytest.mark.parametrize(("typed", "also"), [("035720", "035720"), ("kakaoc", "kakaocorp.com"), ("Kakao", "Kakao")])
def test_search_finds_tickers_domains_and_latin_names(typed: str, also: str, graph: Graph, open_page: Open) -> None:
    graph.nodes[by_name(graph, "카카오")]["aliases"] = ["Kakao"]
    page = open_page(graph)
    page.fill("#query", typed)
    assert page.locator("#results li").first.locator("span").all_inner_texts() == ["카카오", also]


@pytest.mark.parametrize("width", [390, 1280])
def test_chips_stay_inside_the_stage(width: int, open_page: Open) -> None:
    graph = star(70)
    graph.nodes[HUB]["name"] = "아주 긴 이름을 가진 주식회사 <b>중심</b>"
    page = open_page(graph, f"#entity={HUB}")
    page.set_viewport_size({"width": width, "height": 800})
    expect(page.locator("#legend")).to_be_visible(visible=width > 860)
    action(page, "초점").click()
    action(page, "고정").click()
    stage = page.locator("#stage").bounding_box()
    assert stage is not None
    for one in page.locator("#tools > div:visible, #holds > *:visible").all():
        one.evaluate("e => e.scrollIntoView({inline: 'center'})")  # a narrow stage has them in one row that scrolls
        box = one.bounding_box()
        assert box is not None
        assert stage["x"] <= box["x"]
        assert box["x"] + box["width"] <= stage["x"] + stage["width"]
