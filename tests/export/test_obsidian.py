"""The pages of the vault; that links and front matter hold is told in test_opening."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import networkx as nx
import pytest
import yaml

from kg.export import export
from kg.export.files import write_text
from kg.export.markdown import escaped, front_matter, page_link, web_link
from kg.schema import Schema


def vault(graph: nx.MultiDiGraph[Any], schema: Schema, folder: Path, **options: Any) -> dict[str, str]:
    export(graph, schema, folder / "graph.vault", **options)
    root = folder / "graph.vault"
    return {one.relative_to(root).as_posix(): one.read_text(encoding="utf-8") for one in root.rglob("*.md")}


def test_a_page_tells_relations_with_status_quotation_and_source(
    graph: nx.MultiDiGraph[Any], schema: Schema, tmp_path: Path
) -> None:
    page = vault(graph, schema, tmp_path)["Entities/오픈AI코리아.md"]
    assert (
        page
        == """---
type: "Company"
aliases: ["오픈AI코리아"]
id: "ecb9f640fbfd62988"
mentions: 1
articles: 1
tags: ["Organization/Company"]
---
# 오픈AI코리아

기업


## 자회사 (subsidiaryOf)

- 오픈AI코리아 → [[Entities/오픈AI|오픈AI]] · **예정** · 2025 · 출처 1
    - “오픈AI는 한국 법인 '오픈AI코리아'를 세울 예정이다.” — \
[[Articles/2025-05-27 오픈AI 한국 법인 설립 채비|오픈AI 한국 법인 설립 채비 (모의경제 2025-05-27)]] · \
[원문](<https://news.example/%ED%95%9C%EA%B8%80%20%EC%A3%BC%EC%86%8C>)

## 언급한 기사

- [[Articles/2025-05-27 오픈AI 한국 법인 설립 채비|오픈AI 한국 법인 설립 채비 (모의경제 2025-05-27)]]
"""
    )


def test_both_ends_tell_a_relation_in_its_direction(
    graph: nx.MultiDiGraph[Any], schema: Schema, tmp_path: Path
) -> None:
    pages = vault(graph, schema, tmp_path, language="en")
    assert "- [[Entities/제이슨 권|제이슨 권]] → 오픈AI · **actual** · 최고전략책임자" in pages["Entities/오픈AI.md"]
    assert "- 제이슨 권 → [[Entities/오픈AI|오픈AI]] · **actual** · 최고전략책임자" in pages["Entities/제이슨 권.md"]
    assert "- [[Entities/카카오|카카오]] ↔ 오픈AI · **ended** · 2025-11-03" in pages["Entities/오픈AI.md"]


def test_namesakes_have_pages_of_their_own(graph: nx.MultiDiGraph[Any], schema: Schema, tmp_path: Path) -> None:
    first, second, *_ = sorted(graph.nodes)
    graph.nodes[first]["name"], graph.nodes[second]["name"] = "kakao", "KAKAO"
    pages = vault(graph, schema, tmp_path)
    assert {f"Entities/kakao ({first}).md", f"Entities/KAKAO ({second}).md"} <= pages.keys()
    assert len(pages) == graph.number_of_nodes() + len(graph.graph["articles"]) + 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<img src=x onerror=alert(1)>", r"\<img src\=x onerror\=alert(1)\>"),
        ("[[다른 쪽]] #태그 %%숨김%%", r"\[\[다른 쪽\]\] \#태그 \%\%숨김\%\%"),
        ("$x$ ==강조== ^b `c` ~~d~~ *e* _f_", r"\$x\$ \=\=강조\=\= \^b \`c\` \~\~d\~\~ \*e\* \_f\_"),
        ("줄\n# 머리글\u2028끝 &lt; a\\b", r"줄 \# 머리글 끝 \&lt; a\\b"),
    ],
)
def test_text_is_no_markup(text: str, expected: str) -> None:
    assert escaped(text) == expected


def test_links_hold_whatever_they_show() -> None:
    assert page_link("Entities/a", "x]] | [[y") == "[[Entities/a|x］］ ｜ ［［y]]"
    assert page_link("Entities/a", "") == "[[Entities/a|a]]"
    assert web_link("원문", "https://news.example/a)b<c>") == "[원문](<https://news.example/a)b%3Cc%3E>)"
    assert web_link("원문", "javascript:alert(1)") == "원문"


@pytest.mark.parametrize(
    "text", ["---", "a: b", '"', "\\", "\x85\u2028\ufeff\ufffe\x00\x7f", "📰", "\ud800", "#", "!!python/x"]
)
def test_front_matter_is_yaml(text: str) -> None:
    found = front_matter({"name": text, "list": [text], "none": None, "empty": []})
    assert found.count("---\n") == 2 + (text == "---") * 0
    read = text.replace("\ud800", "\ufffd")
    assert yaml.safe_load(found.split("---\n")[1]) == {"name": read, "list": [read]}


def test_written_again_a_vault_keeps_settings_and_notes_and_drops_pages_of_what_is_gone(
    graph: nx.MultiDiGraph[Any], schema: Schema, tmp_path: Path
) -> None:
    before = vault(graph, schema, tmp_path)
    mine = {".obsidian/app.json": "{}", "일기.md": "한빛", "Entities/내 메모.md": "---\ntags: [메모]\n---\n"}
    for name, text in mine.items():
        write_text(tmp_path / "graph.vault" / name, text)
    smaller = graph.copy()
    smaller.remove_node("ecb9f640fbfd62988")
    after = vault(smaller, schema, tmp_path)
    assert before.keys() - after.keys() == {"Entities/오픈AI코리아.md"}
    assert after.keys() - before.keys() == {"일기.md", "Entities/내 메모.md"}
    assert (tmp_path / "graph.vault/.obsidian/app.json").read_text(encoding="utf-8") == "{}"
