"""All that tells how quick and how large: `python -m tests.benchmarks ARTICLES [...] [--json FILE]`.

Runs one after another, each in a process of its own, and prints each one's table: a build beside its peers
(`peers`), where extraction spends its time (`profile_stages`), what follows it at 1,000 and 10,000 articles, or with
`--large` at 100,000 made ones too (`build_memory`), the RDF writers (`rdf_writers`) and the page (`pages`). `--json`
writes the lines of each table and the seconds that it took.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter


def parts(articles: Sequence[str], documents: Path, large: bool) -> dict[str, list[str]]:
    """Return the arguments of each benchmark, by its module."""
    sizes = ["1000", "10000", *(["100000"] if large else [])]
    return {
        "peers": [*articles, "--names", "kg build,kg build 1,spacy names,spacy all"],
        "profile_stages": [*articles],
        "build_memory": [str(documents), *sizes],
        "rdf_writers": ["1000000"],
        "pages": ["--sizes", "1000,20000" + (",100000" if large else "")],
    }


def run(module: str, arguments: Sequence[str]) -> list[str]:
    """Run a benchmark and print what it prints; return its lines."""
    lines = []
    command = [sys.executable, "-u", "-m", f"tests.benchmarks.{module}", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            lines.append(line.rstrip("\n"))
    if process.returncode:
        raise SystemExit(f"{module} failed")
    return lines


def main() -> None:
    """Run all and print their tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", nargs="+", help="files or folders of articles")
    parser.add_argument("--large", action="store_true", help="sizes that take an hour too")
    parser.add_argument("--json", type=Path, help="file to write the tables to")
    given = parser.parse_args()
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        documents = Path(folder) / "documents.jsonl"
        subprocess.run([sys.executable, "-m", "kg", "extract", *given.articles, "-o", str(documents)], check=True)
        for module, arguments in parts(given.articles, documents, given.large).items():
            print(f"\n== {module}", flush=True)
            start = perf_counter()
            found[module] = {"lines": run(module, arguments), "seconds": round(perf_counter() - start, 1)}
    if given.json:
        given.json.write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
