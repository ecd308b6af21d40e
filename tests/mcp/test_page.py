from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import anyio
import pytest

pytest.importorskip("mcp.server.mcpserver", reason="the extra `mcp` is not installed")

from mcp import Client

from kg.graph.knowledge_graph import KnowledgeGraph
from kg.mcp.server import graph_server
from tests.mcp.test_server import TOOLS

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "mcp.md").read_text(encoding="utf-8")
ASKED = re.compile(r"```text\n(\w+) (\{[^\n]*\})\n```\n\n```(json|text)\n(.*?)\n```", re.DOTALL)


def test_the_page_lists_the_tools() -> None:
    assert set(re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)) == TOOLS


def test_the_conversation_is_what_the_server_says(sample_graph: KnowledgeGraph) -> None:
    asked = ASKED.findall(PAGE)
    assert len(asked) == 4

    async def talk() -> None:
        async with Client(graph_server(sample_graph)) as client:
            for tool, arguments, kind, answer in asked:
                found = await client.call_tool(tool, json.loads(arguments))
                if kind == "json":
                    assert sure(found.structured_content) == sure(json.loads(answer))
                else:
                    assert found.is_error and found.content[0].text == answer  # type: ignore[union-attr]

    anyio.run(talk)


def sure(value: Any) -> Any:
    """Return an answer without confidences, which change with the models."""
    if isinstance(value, dict):
        return {key: sure(one) for key, one in value.items() if key != "confidence"}
    return [sure(one) for one in value] if isinstance(value, list) else value
