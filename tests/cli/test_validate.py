from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Kg


def test_a_graph_that_conforms_exits_with_0(kg: Kg, graph_folder: Path) -> None:
    kg("export", graph_folder, "-o", graph_folder / "graph.nt")
    done = kg("validate", graph_folder, graph_folder / "graph.nt")
    assert (done.exit_code, done.stdout) == (0, "")
    triples = len((graph_folder / "graph.nt").read_text(encoding="utf-8").splitlines())
    assert done.stderr == (
        f"{graph_folder}: {triples} triples, 0 violations\n{graph_folder}/graph.nt: {triples} triples, 0 violations\n"
    )


def test_faults_are_shown_and_exit_with_1(kg: Kg, graph_folder: Path) -> None:
    file = graph_folder / "graph.nt"
    kg("export", graph_folder, "-o", file)
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(line for line in lines if "#sha256>" not in line), encoding="utf-8")
    articles = [line.split()[0].strip("<>") for line in lines if "#sha256>" in line]
    done = kg("validate", graph_folder, file, "--json")
    assert done.exit_code == 1
    assert json.loads(done.stdout) == [
        {"file": str(graph_folder), "conforms": True, "triples": len(lines), "faults": []},
        {
            "file": str(file),
            "conforms": False,
            "triples": len(lines) - 3,
            "faults": [
                {
                    "message": "kg:sha256: exactly one, a plain string",
                    "path": "kg:sha256",
                    "count": 3,
                    "nodes": sorted(articles),
                }
            ],
        },
    ]
    assert "kg:sha256: exactly one, a plain string" in " ".join(kg("validate", file).stdout.split())
    assert kg("validate", file, "--csv").stdout.startswith("file,message,path,count,nodes\n")


def test_a_missing_file_is_one_line(kg: Kg, tmp_path: Path) -> None:
    done = kg("validate", tmp_path / "no.ttl")
    assert (done.exit_code, done.stderr) == (1, f"error: {tmp_path}/no.ttl: no such file\n")
