"""The functions of `import kg`, with the extraction that ships."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import kg
from kg import resources
from kg.errors import FailureRateError, InputError

SEED = resources.seeds("articles", "openai-kakao-alliance.txt")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[kg.KnowledgeGraph, Path]:
    """The graph of one sample article, and where it was written."""
    out = tmp_path_factory.mktemp("out")
    return kg.build(SEED, out), out


def test_build_finds_the_alliance_by_any_alias(built: tuple[kg.KnowledgeGraph, Path]) -> None:
    graph, _ = built
    (relation,) = graph.relations(subject="OpenAI", object="카카오", type="partnersWith")
    assert (relation.subject.name, relation.object.name) == ("오픈AI", "카카오")
    assert relation.evidence[0].text in SEED.read_text(encoding="utf-8")
    assert "오픈AI" in [entity.name for entity in graph.neighbors("카카오")]
    assert graph.entity("OpenAI") == graph.entity("오픈 AI")


def test_load_reads_what_build_wrote(built: tuple[kg.KnowledgeGraph, Path]) -> None:
    graph, out = built
    assert kg.load(out).relations() == graph.relations()
    documents = list(kg.read_documents(out / "documents.jsonl"))
    assert [len(document.mentions) > 0 for document in documents] == [True]


def test_the_graph_goes_to_rdf_sparql_and_networkx(built: tuple[kg.KnowledgeGraph, Path]) -> None:
    graph, _ = built
    pairs = graph.sparql("SELECT ?a ?b WHERE { ?x kg:partnersWith ?y . ?x rdfs:label ?a . ?y rdfs:label ?b }")
    assert {"오픈AI", "카카오"} in [{row["a"], row["b"]} for row in pairs]
    assert len(graph.to_rdf()) > 0
    assert graph.to_networkx().number_of_edges() == len(graph)


@pytest.mark.usefixtures("no_network")
def test_extract_gives_a_document() -> None:
    document = kg.extract(
        "가온전자는 26일 네이버와 전략적 제휴를 맺었다고 밝혔다.", date="2025-05-26", publisher="한빛일보"
    )
    (relation,) = document.relations
    ends = {document.entity(relation.subject).name, document.entity(relation.object).name}
    assert (relation.type, ends) == ("partnersWith", {"가온전자", "네이버"})
    assert (document.date, document.publisher) == ("2025-05-26", "한빛일보")


def test_extract_refuses_what_is_no_article() -> None:
    with pytest.raises(InputError, match="not Korean"):
        kg.extract("Nothing in this sentence is written in the language that the package reads.")


def test_failures_are_logged_and_too_many_are_an_error(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    bad = [tmp_path / f"{i}.txt" for i in range(2)]
    for path in bad:
        path.write_text("", encoding="utf-8")
    kg.build([SEED, bad[0]])
    assert [record.getMessage() for record in caplog.records] == [f"{bad[0]}: empty; leave it out"]
    with pytest.raises(FailureRateError, match="2 of 3 articles failed"):
        kg.build([SEED, *bad])


def test_the_whole_job_writes_the_same_bytes_whatever_the_hash_seed(tmp_path: Path) -> None:
    for seed in ("1", "2"):
        command = [sys.executable, "-m", "kg", "build", str(SEED), "-o", str(tmp_path / seed)]
        subprocess.run(command, check=True, capture_output=True, env={**os.environ, "PYTHONHASHSEED": seed})
    one, two = (
        {p.name: p.read_bytes() for p in (tmp_path / seed).iterdir() if p.suffix != ".sqlite"} for seed in ("1", "2")
    )
    assert one == two
