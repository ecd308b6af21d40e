"""How long a client waits for `kg mcp`: `python -m tests.benchmarks.mcp_answers GRAPH`.

Starts the real server over standard streams, asks each tool with the SDK's own client about the most mentioned
entities, and prints one line a tool: the first answer, the median and the longest of the others in milliseconds, and
the characters of the longest answer.
"""

from __future__ import annotations

import statistics
import sys
from time import perf_counter
from typing import Any

import anyio
from mcp import Client, StdioServerParameters

ENTITIES = 20


def questions(names: list[str]) -> dict[str, list[dict[str, Any]]]:
    """Return the arguments of the questions to each tool."""
    return {
        "summarize_graph": [{}] * ENTITIES,
        "describe_schema": [{}] * ENTITIES,
        "find_entities": [{"query": query} for query in ["ㅋㅋㅇ", "삼성", "035720", "전자", *names]],
        "get_entity": [{"name": name} for name in names],
        "list_neighbours": [{"name": name} for name in names],
        "find_relations": [{"about": name, "limit": 30, "evidence": 3} for name in names],
        "find_paths": [{"start": names[0], "end": name} for name in names[1:]],
        "whats_new": [{"since": "2016-06", "about": name} for name in names],
        "find_relations of a day": [{"about": name, "as_of": "2016-05"} for name in names],
        "find_conflicts": [{"about": name} for name in names],
    }


async def ask(graph: str) -> None:
    """Ask, and print the table."""
    begun = perf_counter()
    async with Client(StdioServerParameters(command=sys.executable, args=["-m", "kg", "mcp", graph])) as client:
        print(f"{'ready':>24} {(perf_counter() - begun) * 1000:9,.0f} ms")
        print(f"{'tool':>24} {'first':>9} {'median':>9} {'longest':>9} {'characters':>10}")
        found = await client.call_tool("find_entities", {"limit": ENTITIES})
        assert found.structured_content is not None
        names = [entity["id"] for entity in found.structured_content["entities"]]
        for tool, asked in questions(names).items():
            times, longest = [], 0
            for arguments in asked:
                begun = perf_counter()
                answer = await client.call_tool(tool.split()[0], arguments)
                times.append((perf_counter() - begun) * 1000)
                longest = max(longest, *(len(getattr(part, "text", "")) for part in answer.content), 0)
            rest = times[1:]
            print(f"{tool:>24} {times[0]:9.0f} {statistics.median(rest):9.0f} {max(rest):9.0f} {longest:10,}")


if __name__ == "__main__":
    anyio.run(ask, sys.argv[1])
