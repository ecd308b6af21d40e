"""What a build costs beside others on the same text and cores: `python -m tests.benchmarks.peers [ARTICLES ...]`.

Each runs as a process of its own, one after another, `--rounds` times in turn; the shortest counts. The table has the
seconds of wall clock and of processors, MB of memory of all processes together at most (proportional set size),
articles a second, and the ratio to Kiwi, which tokenises the same text with as many threads. `--json FILE` writes it.

- `kiwi 1`, `kg build 1`: with one worker. How much sooner Kiwi is done with all tells what the machine leaves to gain.
- `spacy names`, `spacy all`: the architecture of spaCy's ko_core_news_sm (hashed embeddings, a convolution of width 96
  and depth 4, transition-based parser and names), weights at random: speed does not depend on them. It is given the
  morphemes ready, as MeCab would cut them; the time of that is not counted.
- `gliner`: an encoder of the size GLiNER's multilingual base model has (DeBERTa v3, 12 layers of 768), weights at
  random, over sentences of as many pieces as two characters each; needs torch and transformers, and takes the first
  GLINER articles only.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

from kg.ingest import read_articles, to_document
from kg.lang.ko.morphemes import analyse
from kg.model import Article

SEEDS = Path(__file__).resolve().parents[2] / "seeds" / "articles"
GLINER = 40
LEAST = 3
"""Examples after which the lemmatizer takes an edit for a label."""
POLL, SPARED = 0.2, 100
"""Seconds between two looks at the memory of a run, and how many times as long as a look takes they are at least.

A look at processes of a gigabyte takes 20 ms: five a second would slow down what is measured by a twentieth.
"""


def kiwi(texts: Sequence[str], workers: int) -> None:
    """Tokenise with Kiwi."""
    from kiwipiepy import Kiwi

    for _ in Kiwi(num_workers=workers).tokenize(iter(texts)):
        pass


def spacy_names(texts: Sequence[str], workers: int) -> None:
    """Find names with the architecture of ko_core_news_sm."""
    _spacy(texts, workers, ["ner"])


def spacy_all(texts: Sequence[str], workers: int) -> None:
    """Run every part of the architecture of ko_core_news_sm."""
    _spacy(texts, workers, ["tagger", "morphologizer", "parser", "trainable_lemmatizer", "ner"])


def gliner(texts: Sequence[str], workers: int) -> None:
    """Encode with an encoder of GLiNER's base size."""
    import torch
    from transformers import DebertaV2Config, DebertaV2Model  # type: ignore[import-not-found, unused-ignore]

    torch.set_num_threads(workers)
    size = {"vocab_size": 250_102, "hidden_size": 768, "num_hidden_layers": 12, "num_attention_heads": 12}
    more = {"intermediate_size": 3072, "relative_attention": True, "position_buckets": 256, "share_att_key": True}
    model = DebertaV2Model(DebertaV2Config(**size, **more, pos_att_type=["p2c", "c2p"], norm_rel_ebd="layer_norm"))
    model.eval()
    with torch.inference_mode():
        for text in texts:
            for sentence in filter(None, text.replace(". ", ".\n").split("\n")):
                model(torch.tensor([[ord(char) for char in sentence[::2]][:512]]))


def _spacy(texts: Sequence[str], workers: int, names: Sequence[str]) -> None:
    import spacy
    from spacy.tokens import Doc
    from spacy.training import Example

    nlp = spacy.blank("ko", config={"nlp": {"tokenizer": {"@tokenizers": "spacy.Tokenizer.v1"}}})
    embed = {"@architectures": "spacy.MultiHashEmbed.v2", "width": 96, "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE"]}
    encode = {"@architectures": "spacy.MaxoutWindowEncoder.v2", "width": 96, "depth": 4}
    model = {
        "@architectures": "spacy.Tok2Vec.v2",
        "embed": embed | {"rows": [5000, 1000, 2500, 2500], "include_static_vectors": False},
        "encode": encode | {"window_size": 1, "maxout_pieces": 3},
    }
    nlp.add_pipe("tok2vec", config={"model": model})
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "tok2vec"}
    for name in names:
        nlp.add_pipe(name, config={"model": {"tok2vec": listener}})
    given = {
        "words": ["카카오는", "오픈AI와", "손잡았다."],
        "tags": ["ncn", "ncpa", "pvg"],
        "morphs": ["", "", ""],
        "pos": ["NOUN", "NOUN", "VERB"],
        "lemmas": ["카카오", "오픈AI", "손잡다"],
        "heads": [2, 2, 2],
        "deps": ["nsubj", "obl", "ROOT"],
        "entities": ["U-OG", "U-OG", "O"],
    }
    example = Example.from_dict(nlp.make_doc("카카오는 오픈AI와 손잡았다."), given)
    nlp.initialize(lambda: [example] * LEAST)
    for _ in nlp.pipe((Doc(nlp.vocab, text.split()) for text in texts), n_process=workers, batch_size=64):
        pass


PEERS: dict[str, Callable[[Sequence[str], int], None]] = {
    "kiwi": kiwi,
    "kiwi 1": kiwi,
    "spacy names": spacy_names,
    "spacy all": spacy_all,
    "gliner": gliner,
}
CUT = {"spacy names", "spacy all"}
"""Those that are given morphemes."""
OURS = {"kg build": "build", "kg build 1": "build", "kg extract": "extract"}
"""Commands of the package."""


def memory_of(root: int) -> float:
    """Return the proportional set size of a process and those it started, in MB."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:  # it has ended since
            continue
        children.setdefault(parent, []).append(int(entry.name))
    total, waiting = 0, [root]
    while waiting:
        one = waiting.pop()
        waiting += children.get(one, [])
        try:
            lines = Path(f"/proc/{one}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
    return total / 1024


def run(command: Sequence[str]) -> dict[str, float]:
    """Run a command; return its wall seconds, processor seconds and most memory in MB."""
    before, start = os.times(), perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    most, ended = 0.0, threading.Event()

    def watch() -> None:
        nonlocal most
        pause = POLL
        while not ended.wait(pause):
            begun = perf_counter()
            most = max(most, memory_of(process.pid))
            pause = max(POLL, SPARED * (perf_counter() - begun))

    watching = threading.Thread(target=watch)
    watching.start()
    status = process.wait()
    ended.set()
    watching.join()
    if status:
        raise SystemExit(f"{command} failed")
    after = os.times()
    processor = after.children_user + after.children_system - before.children_user - before.children_system
    return {"seconds": perf_counter() - start, "processor": processor, "memory": most}


def command_of(name: str, paths: Sequence[str], texts: Path, folder: Path, workers: int) -> list[str]:
    """Return the command of a peer."""
    workers = 1 if name.endswith(" 1") else workers
    if name in OURS:
        out = folder / f"out{len(list(folder.iterdir()))}"
        return [sys.executable, "-m", "kg", OURS[name], *paths, "-o", str(out), "--workers", str(workers)]
    return [sys.executable, "-m", "tests.benchmarks.peers", str(texts), "--peer", name, "--workers", str(workers)]


def table(found: dict[str, dict[str, float]]) -> str:
    """Return the figures as text."""
    floor = found["kiwi"]["seconds"] / found["kiwi"]["articles"]
    lines = [f"{'':14} {'articles':>8} {'seconds':>8} {'cpu s':>8} {'MB':>6} {'articles/s':>10} {'x Kiwi':>7}"]
    for name, one in found.items():
        each = one["seconds"] / one["articles"]
        columns = f"{one['articles']:>8,.0f} {one['seconds']:>8.1f} {one['processor']:>8.1f} {one['memory']:>6.0f}"
        lines.append(f"{name:14} {columns} {1 / each:>10.1f} {each / floor:>7.2f}")
    return "\n".join(lines)


def compare(paths: Sequence[str], names: Sequence[str], workers: int, rounds: int) -> dict[str, dict[str, float]]:
    """Return the figures of each peer, the shortest of its rounds."""
    documents = [to_document(one) for one in read_articles(paths) if isinstance(one, Article)]
    cut = documents if CUT & set(names) else []
    morphemes = {one.id: " ".join(found.form for found in analyse(one.text)) for one in cut}
    found: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for _ in range(rounds):
            for name in names:
                part = documents[:GLINER] if name == "gliner" else documents
                texts = folder / "texts.json"
                given = [morphemes[one.id] if name in CUT else one.text for one in part]
                texts.write_text(json.dumps(given), encoding="utf-8")
                one = run(command_of(name, paths, texts, folder, workers)) | {"articles": len(part)}
                if name not in found or one["seconds"] < found[name]["seconds"]:
                    found[name] = one
    return found


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", default=[str(SEEDS)], help="articles; the sample articles if none")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--names", default=",".join([*OURS, *PEERS]), help="which to run, separated by commas")
    parser.add_argument("--json", type=Path, help="file to write the figures to")
    parser.add_argument("--peer", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.peer:
        PEERS[given.peer](json.loads(Path(given.paths[0]).read_text(encoding="utf-8")), given.workers)
        return
    names = list(dict.fromkeys(["kiwi", *given.names.split(",")]))
    found: dict[str, Any] = compare(given.paths, names, given.workers, given.rounds)
    print(table(found))
    if given.json:
        given.json.write_text(json.dumps({"workers": given.workers, "figures": found}, indent=2) + "\n")


if __name__ == "__main__":
    main()
