"""Hostile inputs: files that would break, mislead or stop a reader, or do harm in what is written of them.

`write(folder, seed, count)` writes inputs of every kind in turn, the same for the same seed, and says what each is.
"""

from __future__ import annotations

import csv
import gzip
import json
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

NEWS = "가온전자는 12일 나래은행과 제휴를 맺었다고 밝혔다. 두 회사는 지난달부터 협의해 왔다."
MARK = "hostile"
"""Global variable that a script of ours would set, and command that a formula would run."""
SCRIPTS = (
    f"<script>window.{MARK}=1</script>",
    f"</script><script>window.{MARK}=1</script>",
    f'"><img src=x onerror="window.{MARK}=1">',
    f"<svg onload=window.{MARK}=1>",
    f"'-window.{MARK}++-'",
    f"${{window.{MARK}=1}}{{{{window.{MARK}=1}}}}",
    f"<!--<script>window.{MARK}=1//-->",
    f"\u2028;window.{MARK}=1//",
    f"]]><script>window.{MARK}=1</script>",
)
STATEMENTS = (
    '"""@ko . <http://evil.example/s> <http://evil.example/p> <http://evil.example/o> . #',
    '" . <http://evil.example/s> <http://evil.example/p> "x',
    "> <http://evil.example/p> <http://evil.example/o> .\n<x",
    "} ; DROP ALL ; INSERT DATA { <http://evil.example/s> ?p ?o } #",
    "\\u003e \\U0000003e \\",
)
FORMULAS = (
    f"=cmd|' /C {MARK}'!A0",
    f'=HYPERLINK("http://evil.example/?{MARK}","x")',
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "＝1+1",
)
ADDRESSES = (
    f"javascript:window.{MARK}=1",
    f"JaVaScRiPt:window.{MARK}=1",
    f" javascript:window.{MARK}=1",
    f"java\tscript:window.{MARK}=1",
    f"data:text/html,<script>window.{MARK}=1</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "//evil.example",
    'https://evil.example/"onmouseover="x',
    "http://[::1",
    "http://evil.example:port/",
)
PATHS = ("../../x", "/etc/passwd", "..", ".", "CON", "NUL.txt", "a/../../b", "C:\\x", "~root", "%2e%2e%2f", "x\0.txt")
CHARACTERS = ("\0", "\x1b[2J", "\ud800", "\udfff\ud800", "\ufeff", "\u202e", "\u0300" * 300, "\uffff", "🏴\U000e0067")


@dataclass
class Inputs:
    """Paths to read, and the names of what is to become of them: a document or a Failure of each."""

    paths: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)


Kind = Callable[[Path, Random], None]


def line(path: Path, *rows: object) -> None:
    """Write JSON lines; lone surrogates stay escaped."""
    path.with_suffix(".jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def in_a_field(name: str, values: tuple[str, ...]) -> Kind:
    def write(path: Path, random: Random) -> None:
        base: dict[str, Any] = {"id": path.name, "title": "제휴", "text": NEWS}
        line(path, {**base, name: random.choice(values)})

    return write


def in_the_text(values: tuple[str, ...]) -> Kind:
    def write(path: Path, random: Random) -> None:
        value = random.choice(values)
        text = f"가온전자 {value} 나래은행과 제휴했다고 {value}가 밝혔다.\n{value}\n{4 * NEWS}"
        line(path, {"id": path.name, "title": value, "text": text})

    return write


def wrong_type(path: Path, random: Random) -> None:
    value = random.choice([None, True, 7, 1.5, [], ["가"], {}, {"가": "나"}, 10**400, float("nan"), float("inf")])
    name = random.choice(["id", "title", "text", "date", "publisher", "url"])
    line(path, {"id": path.name, "text": NEWS, name: value})


def no_object(path: Path, random: Random) -> None:
    row = random.choice(["[]", '"가"', "7", "null", "{", '{"text": ', "[" * 50_000, '{"a":' * 50_000, "NaN", "﻿{}", "'"])
    path.with_suffix(".jsonl").write_text(row + "\n", encoding="utf-8")


def bytes_of_any_kind(path: Path, random: Random) -> None:
    suffix = random.choice([".txt", ".html", ".jsonl", ".csv", ".tsv", ".parquet", ".txt.gz", ".csv.gz", ".jsonl.gz"])
    path.with_suffix(suffix).write_bytes(random.randbytes(random.choice([1, 100, 5000])))


def damaged(path: Path, random: Random) -> None:
    """Change a few bytes of a file that is well."""
    data = bytearray(json.dumps({"id": path.name, "title": "제휴", "text": NEWS}, ensure_ascii=False).encode())
    for _ in range(random.randint(1, 5)):
        data[random.randrange(len(data))] = random.randrange(256)
    path.with_suffix(".jsonl").write_bytes(data)


def encoded(path: Path, random: Random) -> None:
    encoding = random.choice(["utf-16", "utf-32", "utf-8-sig", "cp949", "utf-16-le", "iso2022_kr", "utf-7"])
    suffix = random.choice([".txt", ".jsonl", ".csv"])
    row = json.dumps({"id": path.name, "text": NEWS}, ensure_ascii=False)
    text = {".txt": NEWS, ".jsonl": row, ".csv": f"id,text\n{path.name},{NEWS}"}[suffix]
    path.with_suffix(suffix).write_bytes(text.encode(encoding))


def mixed_encodings(path: Path, random: Random) -> None:
    parts = [NEWS.encode(random.choice(["utf-8", "cp949", "utf-16"])) for _ in range(3)]
    path.with_suffix(".txt").write_bytes(b"\n".join(parts))


def cut_gzip(path: Path, random: Random) -> None:
    data = gzip.compress((json.dumps({"id": path.name, "text": NEWS}) + "\n").encode() * 50)
    path.with_suffix(".jsonl.gz").write_bytes(data[: random.randrange(len(data))])


def long_line(path: Path, random: Random) -> None:
    with path.with_suffix(random.choice([".jsonl", ".txt", ".csv"])).open("w", encoding="utf-8") as out:
        out.write('{"text": "' if random.random() < 0.5 else "")
        for _ in range(150):
            out.write("가" * 100_000)


def bomb(path: Path, random: Random) -> None:
    with gzip.open(path.with_suffix(random.choice([".jsonl.gz", ".txt.gz", ".csv.gz"])), "wb") as out:
        for _ in range(30):
            out.write(random.choice([b"\n", b"a", b"\0", b'"']) * 1_000_000)


def long_words(path: Path, random: Random) -> None:
    piece = random.choice(
        ["가온전자", "(", '"', "ⓒ 가온", "[한빛일보 ", "가나.", "2025.05.26 ", "홍길동 기자 ", "▶[가", "/사진="]
    )
    line(path, {"id": path.name, "text": NEWS + "\n" + piece * (20_000 // len(piece)) + "\n" + NEWS})


def nested_entities(path: Path, random: Random) -> None:
    bombs = [
        "&" + "amp;" * 50_000 + "lt;",
        "&#97" + "&#59" * 50_000 + ";",
        "&lol;" * 10_000,
        "&#x110000;&#0;&#xd800;" * 9,
    ]
    line(path, {"id": path.name, "title": "&lt;script&gt;", "text": NEWS + random.choice(bombs)})


def page(path: Path, random: Random) -> None:
    depth, entity = 30_000, '<!DOCTYPE x [<!ENTITY a "가나다"><!ENTITY b "&a;&a;&a;&a;">]>'
    body = random.choice(
        [
            "<div>" * depth + NEWS,
            f"{'<b>' * depth}{NEWS}{'</b>' * depth}",
            "<p>" + "&b;" * 1000 + NEWS,
            f"<p>{NEWS}</p>" * 500,
            "<table>" * 500 + NEWS,
            f'<p class="{"x" * 100_000}">{NEWS}',
            "<!--" * 10_000 + NEWS,
            f"<p>{NEWS}</p><script>{'a' * 100_000}",
            "<" * 50_000,
            f"<p>\0{NEWS}\x08</p>",
            f"<p>{NEWS}<svg><math>{'<mi>' * 2000}",
        ]
    )
    title = random.choice([*SCRIPTS, "제휴"])
    head = f"{random.choice([entity, ''])}<html><head><title>{title}</title></head>"
    html = f"{head}<body><article>{body}{f'<p>{NEWS}</p>' * 5}"
    path.with_suffix(".html").write_text(html, encoding="utf-8")


def table(path: Path, random: Random) -> None:
    values = [*SCRIPTS, *STATEMENTS, *FORMULAS, *PATHS, '"', '""""', ",,,,,", "\n\n", "\r"]
    with path.with_suffix(".csv").open("w", encoding="utf-8", newline="", errors="replace") as out:
        if random.random() < 0.3:
            out.write('id,text\n"' + NEWS + "\n" + random.choice(values))
            return
        rows = csv.writer(out)
        rows.writerow(["id", "title", "text", random.choice(["text", "", "더", "publisher"])])
        rows.writerow(
            [f"{path.name} {random.choice(values)}", random.choice(values), NEWS, *random.choices(values, k=3)]
        )


def columns(path: Path, random: Random) -> None:
    """Write Parquet whose columns are of types that text seldom has."""
    import datetime
    import decimal

    import pyarrow as pa
    import pyarrow.parquet as pq

    odd = [
        b"\xff\xfe",
        7,
        decimal.Decimal("1.50"),
        datetime.datetime(1, 1, 1, tzinfo=datetime.UTC),
        [1],
        {"a": 1},
        None,
    ]
    name = random.choice(["id", "title", "text", "date", "publisher"])
    fields: dict[str, object] = {"id": path.name, "text": NEWS, name: random.choice(odd)}
    pq.write_table(pa.table({key: [value] for key, value in fields.items()}), path.with_suffix(".parquet"))


def special_file(path: Path, random: Random) -> None:
    kind = random.choice(["pipe", "loop", "gone", "device", "forbidden", "folder"])
    path = path.with_suffix(".txt")
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "forbidden":
        path.write_text(NEWS, encoding="utf-8")
        path.chmod(0)
    elif kind == "folder":
        path.mkdir()
    else:
        path.symlink_to({"loop": path, "gone": path / "x", "device": Path("/dev/zero")}[kind])


def empty(path: Path, random: Random) -> None:
    path.with_suffix(random.choice([".txt", ".jsonl", ".csv", ".parquet", ".html", ".txt.gz"])).touch()


KINDS: dict[str, Kind] = {
    "scripts in a title": in_a_field("title", SCRIPTS),
    "scripts in a publisher": in_a_field("publisher", SCRIPTS),
    "scripts in an id": in_a_field("id", SCRIPTS),
    "scripts in a text": in_the_text(SCRIPTS),
    "statements in a title": in_a_field("title", STATEMENTS),
    "statements in a publisher": in_a_field("publisher", STATEMENTS),
    "statements in an id": in_a_field("id", STATEMENTS),
    "statements in a text": in_the_text(STATEMENTS),
    "formulas in a title": in_a_field("title", FORMULAS),
    "formulas in a publisher": in_a_field("publisher", FORMULAS),
    "formulas in an id": in_a_field("id", FORMULAS),
    "formulas in a text": in_the_text(FORMULAS),
    "addresses": in_a_field("url", ADDRESSES),
    "paths in an id": in_a_field("id", PATHS),
    "characters in an id": in_a_field("id", CHARACTERS),
    "characters in a title": in_a_field("title", CHARACTERS),
    "characters in a text": in_the_text(CHARACTERS),
    "wrong types": wrong_type,
    "no object": no_object,
    "bytes of any kind": bytes_of_any_kind,
    "damaged": damaged,
    "encoded": encoded,
    "mixed encodings": mixed_encodings,
    "cut gzip": cut_gzip,
    "a long line": long_line,
    "a bomb": bomb,
    "long words": long_words,
    "nested entities": nested_entities,
    "a page": page,
    "a table": table,
    "columns": columns,
    "a special file": special_file,
    "empty": empty,
}


def write(folder: Path, seed: int, count: int) -> Inputs:
    """Write so many inputs, each in a folder of its own, of every kind in turn."""
    inputs = Inputs()
    for number in range(count):
        kind = list(KINDS)[number % len(KINDS)]
        own = folder / f"{number:05}"
        own.mkdir(parents=True)
        KINDS[kind](own / f"h{number:05}", Random(seed * 1_000_003 + number))
        inputs.paths += [str(path) for path in sorted(own.iterdir())]
        inputs.kinds.append(kind)
    return inputs
