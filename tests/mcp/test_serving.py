from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import anyio
import pytest

pytest.importorskip("mcp.server.mcpserver", reason="the extra `mcp` is not installed")

from mcp import Client, StdioServerParameters

from kg.errors import StoreError
from kg.graph.knowledge_graph import KnowledgeGraph
from kg.mcp.serving import serve_at_port
from tests.mcp.test_server import TOOLS

ENVIRONMENT = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
COMMAND = [sys.executable, "-m", "kg", "mcp"]
MODES = ["auto", "legacy"]
"""How a client begins: as the newest version of the protocol has it, or with the handshake of earlier ones."""
HELLO = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}},
}
CALL = {
    "jsonrpc": "2.0",
    "id": 2,
    "method": "tools/call",
    "params": {"name": "get_entity", "arguments": {"name": "카카오"}},
}


@pytest.fixture(scope="module")
def command(sample_graph: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The command that serves the graph of the sample articles."""
    graph = tmp_path_factory.mktemp("sample") / "graph.json"
    sample_graph.to_json(graph)
    return [*COMMAND, str(graph)]


async def conversation(client: Client) -> None:
    """Ask each tool about the sample articles, and check that what follows one answer fits into the next question."""
    assert {tool.name for tool in (await client.list_tools()).tools} == TOOLS

    async def ask(tool: str, **arguments: Any) -> dict[str, Any]:
        answer = await client.call_tool(tool, arguments)
        assert not answer.is_error, answer.content
        assert answer.structured_content is not None
        found: dict[str, Any] = answer.structured_content
        return found

    kakao = (await ask("find_entities", query="ㅋㅋㅇ"))["entities"][0]
    assert kakao["name"] == "카카오"
    facts = await ask("find_relations", about=kakao["id"], status=["actual"], limit=1)
    assert facts["relations"][0]["is_fact"]
    assert facts["total"] == facts["more"] + 1
    relation = await ask("get_relation", id=facts["relations"][0]["id"])
    article = relation["relation"]["evidence"][0]["article"]
    assert kakao["id"] in [entity["id"] for entity in (await ask("get_article", id=article))["entities"]]
    assert (await ask("get_entity", name="카카오"))["entity"]["id"] == kakao["id"]
    assert (await ask("find_paths", start="카카오", end="오픈AI"))["paths"][0]["relations"]
    assert (await ask("list_neighbours", name="카카오"))["total"] > 1
    assert (await ask("whats_new", since="2025"))["total"] > 1
    assert (await ask("find_conflicts"))["total"] > 0
    assert len((await ask("describe_schema"))["relation_types"]) > 20
    assert (await ask("summarize_graph"))["articles"] == 22
    wrong = await client.call_tool("get_entity", {"name": "카카온"})
    assert wrong.is_error and "did you mean 카카오" in wrong.content[0].text  # type: ignore[union-attr]


@pytest.mark.parametrize("mode", MODES)
def test_over_standard_streams(command: list[str], mode: str) -> None:
    async def talk() -> None:
        server = StdioServerParameters(command=command[0], args=command[1:], env=ENVIRONMENT)
        async with Client(server, mode=mode) as client:
            await conversation(client)

    anyio.run(talk)


@contextmanager
def served(command: list[str]) -> Iterator[str]:
    """Serve the sample over HTTP in a process of its own; yield the address, and end it with SIGTERM."""
    with subprocess.Popen(
        [*command, "--port", "0"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=ENVIRONMENT
    ) as process:
        try:
            assert process.stderr is not None
            lines = iter(process.stderr.readline, "")
            address = next(line.strip() for line in lines if line.startswith("http"))
            yield address
        finally:
            process.send_signal(signal.SIGTERM)
            out, _ = process.communicate(timeout=30)
    assert out == ""


@pytest.mark.parametrize("mode", MODES)
def test_over_http(command: list[str], mode: str) -> None:
    with served(command) as address:
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/mcp", address)

        async def talk() -> None:
            async with Client(address, mode=mode) as client:
                await conversation(client)

        anyio.run(talk)


def test_web_pages_of_others_reach_nothing(command: list[str]) -> None:
    with served(command) as address:
        port = int(address.split(":")[2].split("/")[0])
        for headers in ({"Host": f"evil.example:{port}"}, {"Origin": "https://evil.example"}):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            sent = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream", **headers}
            connection.request("POST", "/mcp", json.dumps(HELLO), sent)
            assert connection.getresponse().status in (403, 421)
            connection.close()


def test_standard_output_has_the_protocol_and_nothing_else(command: list[str]) -> None:
    ready = {"jsonrpc": "2.0", "method": "notifications/initialized"}
    sent = "".join(json.dumps(message) + "\n" for message in (HELLO, ready, CALL)) + "no JSON\n"
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=ENVIRONMENT
    ) as process:
        assert process.stdin is not None and process.stdout is not None
        process.stdin.write(sent)
        process.stdin.flush()
        answers: dict[Any, Any] = {}
        while 2 not in answers:
            message = json.loads(process.stdout.readline())
            answers[message.get("id")] = message
        process.stdin.close()
        rest = process.stdout.read()
        assert all(json.loads(line)["jsonrpc"] == "2.0" for line in rest.splitlines())
        assert process.wait(timeout=30) == 0
    assert answers[1]["result"]["serverInfo"]["name"] == "korean-news-kg"
    assert answers[2]["result"]["structuredContent"]["entity"]["name"] == "카카오"


def test_a_cancelled_call_does_not_hold_up_the_next(graph: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    import threading

    from kg.mcp.answers import Answers
    from kg.mcp.server import graph_server

    begun, release = threading.Event(), threading.Event()

    def stuck(self: Answers) -> None:
        begun.set()
        release.wait(60)

    monkeypatch.setattr(Answers, "summary", stuck)
    server = graph_server(graph)

    async def talk() -> None:
        async with Client(server) as client:
            with anyio.move_on_after(30) as scope:
                async with anyio.create_task_group() as group:
                    group.start_soon(client.call_tool, "summarize_graph")
                    await anyio.to_thread.run_sync(begun.wait)
                    group.cancel_scope.cancel()
            assert not scope.cancelled_caught
            answer = await client.call_tool("find_entities", {"query": "카카오"})
            assert answer.structured_content is not None and answer.structured_content["total"] == 1

    try:
        anyio.run(talk)
    finally:
        release.set()


def test_a_graph_that_is_missing_is_told_on_standard_error(tmp_path: Path) -> None:
    done = subprocess.run([*COMMAND, str(tmp_path)], capture_output=True, text=True, check=False, env=ENVIRONMENT)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"error: {tmp_path}/graph.json: no such graph")


def test_a_port_that_is_taken_is_an_error(graph: KnowledgeGraph) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(StoreError, match=rf"127\.0\.0\.1:{port} cannot be served at .*; choose another --port"):
            serve_at_port(graph, port)
