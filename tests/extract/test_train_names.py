import gzip
import hashlib
import json
from pathlib import Path

import pytest

from kg import resources
from kg.extract import train_names as training
from kg.extract.evaluate_names import shipped
from kg.extract.recogniser import clusters
from kg.extract.recogniser.projected import Labelled

NEWS = [
    "<한빛전자:OG>는 <3일:DT> <춘천:LC>에 공장을 세웠다.",
    "<홍길동:PS> <한빛전자:OG> 대표는 <부산:LC>을 찾았다.",
    "<나래은행:OG>이 <한빛전자:OG>에 돈을 빌려줬다.",
    "<임꺽정:PS> 의원은 <서울:LC>에서 <홍길동:PS> 대표를 만났다.",
]


def write_data(folder: Path) -> None:
    marked = "".join(f"id{number}\t{line}\n" for number, line in enumerate(NEWS * 3))
    for name in ("klue-ner/news.tsv", "klue-ner/reviews.tsv", "ner-labelled/news.tsv"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(marked, encoding="utf-8")
    (folder / "konec").mkdir()
    (folder / "konec" / "forms.tsv").write_text("form\tlabel\tcount\n한빛전자\tOGG_ECONOMY\t9\n", encoding="utf-8")
    (folder / "konec" / "train_sentences.tsv").write_text("k1\t한빛전자가 춘천에 왔다.\n", encoding="utf-8")
    (folder / "klue-re").mkdir()
    (folder / "klue-re" / "train.csv").write_text("id,sentence\n7,홍길동은 부산에 있다.\n", encoding="utf-8")
    (folder / "news-raw").mkdir()
    articles = [{"title": "공장", "text": f"한빛전자가 {number}일 춘천에 공장을 세웠다."} for number in range(1, 9)]
    lines = "".join(json.dumps(article, ensure_ascii=False) + "\n" for article in articles)
    (folder / "news-raw" / "day.jsonl.gz").write_bytes(gzip.compress(lines.encode()))


def annotate(monkeypatch: pytest.MonkeyPatch, checksum: str | None = None) -> None:
    """Have the tables of annotations mark the sentences of `write_data`."""

    def row(name: str, text: str, names: str) -> list[dict[str, str]]:
        return [{"id": name, "checksum": checksum or hashlib.sha256(text.encode()).hexdigest()[:8], "names": names}]

    tables = {
        "konec.tsv": row("k1", "한빛전자가 춘천에 왔다.", "0-4:OG 6-8:LC"),
        "klue_re.tsv": row("7", "홍길동은 부산에 있다.", "0-3:PS 5-7:LC"),
    }
    real = resources.table
    monkeypatch.setattr(
        resources, "table", lambda *parts: tables[parts[1]] if parts[0] == "annotations" else real(*parts)
    )


def test_training_twice_gives_the_same_bytes_and_a_model_that_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clusters, "compute", lambda kiwi, seed: {("춘천", "NNP"): (1, 2, 3)})
    write_data(tmp_path)
    annotate(monkeypatch)
    article = Labelled(
        "한빛전자가 웃었다.\n홍길동 대표도 웃었다.", [("ORG", ["한빛전자"]), ("PER", ["홍길동", "홍 대표"])]
    )
    report = training.train_names(tmp_path, tmp_path / "a", articles=[article])
    training.train_names(tmp_path, tmp_path / "b", articles=[article])
    names = sorted(path.name for path in (tmp_path / "a").iterdir())
    assert names == ["names.crfsuite.gz", "names_clusters.tsv.gz", "names_forms.tsv.gz", "names_learned.tsv.gz"]
    assert [(tmp_path / "a" / n).read_bytes() for n in names] == [(tmp_path / "b" / n).read_bytes() for n in names]
    assert (report["sentences"], report["learned"]) == ({"official": 24, "labelled": 14, "of articles": 2}, 2)
    text = "한빛전자는 춘천에 있다."
    assert [text[s.start : s.end] for s in shipped(tmp_path / "a")(text)] == ["한빛전자", "춘천"]
