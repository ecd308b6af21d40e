import gzip
import io
import json
import os
import sys
from pathlib import Path

import pytest

from kg.errors import InputError, MissingExtraError
from kg.ingest import ReadOptions, article_from_text, read_articles, to_document
from kg.model import Article, Failure, content_id

TEXT = "한빛전자는 12일 대전에 연구소를 연다고 밝혔다. 연구소에는 석박사 200명이 일한다."
OTHER = "충청은행은 13일 새 은행장에 이나래 부행장을 뽑았다고 밝혔다."


def read(*paths: str | Path, **options: object) -> list[Article | Failure]:
    return list(read_articles(paths, options=ReadOptions(**options)))  # type: ignore[arg-type]


def article(item: Article | Failure) -> Article:
    assert isinstance(item, Article), item
    return item


def failure(item: Article | Failure) -> Failure:
    assert isinstance(item, Failure), item
    assert item.stage == "ingest"
    return item


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp949", "euc-kr"])
def test_encodings_are_detected(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.encode(encoding))
    assert [article(item).text for item in read(path)] == [TEXT]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp949"])
def test_encodings_of_rows_are_detected(tmp_path: Path, encoding: str) -> None:
    rows = tmp_path / "a.csv"
    rows.write_bytes(f"id,text\r\na,{TEXT}\r\nb,{OTHER}\r\n".encode(encoding))
    lines = tmp_path / "b.jsonl"
    text = "".join(json.dumps({"text": t}, ensure_ascii=False) + "\n" for t in (TEXT, OTHER))
    lines.write_bytes(text.encode(encoding))
    assert [article(item).text for item in read(rows)] == [TEXT, OTHER]
    assert [article(item).text for item in read(lines)] == [TEXT, OTHER]


def test_a_few_lost_characters_are_replaced_and_many_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes((TEXT * 40).encode("cp949") + b"\xff\xff")
    assert article(read(path)[0]).text.endswith("\ufffd")
    path.write_bytes(TEXT.encode("cp949") + b"\xff\xfe" * 20)
    assert "neither UTF-8 nor CP949" in failure(read(path)[0]).message


def test_a_given_encoding_is_used_and_checked(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.encode("cp949"))
    assert article(read(path, source_encoding="cp949")[0]).text == TEXT
    assert "not valid utf-8" in failure(read(path, source_encoding="utf-8")[0]).message
    with pytest.raises(InputError, match="no encoding named"):
        ReadOptions(source_encoding="klingon")


def test_json_lines_carry_their_metadata(tmp_path: Path) -> None:
    row = {
        "id": 7,
        "title": "새 &quot;연구소&quot;",
        "text": TEXT,
        "date": "2024.03.12 10:15",
        "publisher": "ZDNet Korea",
    }
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({**row, "url": "https://example.com/7"}) + "\n", encoding="utf-8")
    assert read(path) == [
        Article(
            id="7",
            text=TEXT,
            title='새 "연구소"',
            date="2024-03-12",
            publisher="지디넷코리아",
            url="https://example.com/7",
            source=f"{path}:1",
        )
    ]


def test_one_bad_line_costs_one_article(tmp_path: Path) -> None:
    good = [json.dumps({"id": i, "text": TEXT + str(i)}, ensure_ascii=False) for i in "ab"]
    path = tmp_path / "a.jsonl"
    lines = [
        good[0],
        '{"text": "잘린',
        "",
        "[1]",
        '{"body": "본문"}',
        '{"text": 5}',
        '{"id": " ", "text": "가나다"}',
        good[1],
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    found = read(path)
    assert [article(found[0]).id, article(found[-1]).id] == ["a", "b"]
    assert [(failure(f).source, failure(f).message.split("(")[0].split(";")[0].strip()) for f in found[1:-1]] == [
        (f"{path}:2", "not valid JSON"),
        (f"{path}:4", "JSON, but a list"),
        (f"{path}:5", "no field 'text'"),
        (f"{path}:6", "field 'text' is no text"),
        (f"{path}:7", "its id is empty"),
    ]


def test_compressed_lines_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(json.dumps({"text": TEXT}).encode()))
    assert [article(item).text for item in read(path)] == [TEXT]
    path.write_bytes(path.read_bytes()[:-12])
    assert "gzip" in failure(read(path)[-1]).message


def test_columns_are_mapped(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_text(f"기사\t제호\n{TEXT}\t한겨레\n", encoding="utf-8")
    found = article(read(path, columns={"text": "기사", "publisher": "제호"})[0])
    assert (found.text, found.publisher) == (TEXT, "한겨레")


def test_a_missing_column_is_named_with_those_there(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"body,date\n{TEXT},2024-03-12\n", encoding="utf-8")
    assert failure(read(path)[0]).source == str(path)
    assert failure(read(path)[0]).message == (
        "no column 'text' for the text; it has body, date; name the one to use (--text-column, or `columns`)"
    )
    assert "no column 'when'" in failure(read(path, columns={"text": "body", "date": "when"})[0]).message


def test_a_row_of_broken_quotes_is_a_failure(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f'id,text\na,"{TEXT}" 끝\nb,"{OTHER}"\n', encoding="utf-8")
    found = read(path)
    assert failure(found[0]).source == f"{path}:2"
    assert article(found[-1]).text == OTHER


def test_parquet_is_read(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"id": ["a", "b"], "text": [TEXT, None], "unused": [1, 2]}), path)
    found = read(path)
    assert article(found[0]).text == TEXT
    assert failure(found[1]).source == f"{path}:2"
    assert "no column 'body'" in failure(read(path, columns={"text": "body"})[0]).message
    path.write_bytes(b"PAR1 not really")
    assert "not a readable Parquet file" in failure(read(path)[0]).message


def test_parquet_without_pyarrow_names_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.parquet"
    path.write_bytes(b"PAR1")
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'korean-news-kg\[parquet\]'"):
        read(path)


PAGE = f"""<!DOCTYPE html><html lang="ko"><head><meta charset="utf-8"><title>새 연구소 연다 - 한겨레</title>
<meta property="og:title" content="새 연구소 연다 - 한겨레"><meta property="og:site_name" content="한겨레">
<meta property="article:published_time" content="2024-03-12T10:15:00+09:00">
<meta property="og:url" content="https://www.hani.co.kr/arti/1.html"></head>
<body><nav><a href="/">홈</a><a href="/p">정치</a></nav><article><h1>새 연구소 연다</h1>
<p>{TEXT}</p><p>{OTHER} 은행은 올해 새 점포 열 곳을 연다.</p><p>홍가람 기자 garam@hani.co.kr</p></article>
<footer>ⓒ 한겨레신문사, 무단전재 및 재배포 금지</footer></body></html>"""


@pytest.mark.parametrize("encoding", ["utf-8", "cp949"])
def test_pages_are_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(PAGE.replace("utf-8", encoding).replace("ⓒ", "").encode(encoding))
    found = article(read(path)[0])
    assert found.text == f"{TEXT}\n{OTHER} 은행은 올해 새 점포 열 곳을 연다."
    assert (found.title, found.publisher, found.date) == ("새 연구소 연다", "한겨레", "2024-03-12")
    assert found.url == "https://www.hani.co.kr/arti/1.html"


@pytest.mark.parametrize(
    ("title", "name", "expected"),
    [
        ("홍가람·이나래 만났다…네이버 “투자”", "우리신문", ("홍가람·이나래 만났다…네이버 “투자”", "우리신문")),
        ("새 연구소 연다 : 네이버 뉴스", "네이버 뉴스", ("새 연구소 연다", "한겨레")),
        ("새 연구소 연다 | 연합뉴스", "", ("새 연구소 연다", "연합뉴스")),
    ],
)
def test_titles_lose_the_name_of_the_site(tmp_path: Path, title: str, name: str, expected: tuple[str, str]) -> None:
    path = tmp_path / "a.html"
    page = PAGE.replace("새 연구소 연다 - 한겨레", title).replace(
        'site_name" content="한겨레"', f'site_name" content="{name}"'
    )
    path.write_text(page.replace("<h1>새 연구소 연다</h1>", ""), encoding="utf-8")
    found = article(read(path)[0])
    assert (found.title, found.publisher) == expected


def test_a_page_without_a_stated_date_has_none(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    stated = '<meta property="article:published_time" content="2024-03-12T10:15:00+09:00">'
    page = PAGE.replace(stated, "").replace(TEXT, f"{TEXT} 준공은 2023년 5월 1일이다. 2023.05.01 착공했다.")
    path.write_text(page, encoding="utf-8")
    assert article(read(path)[0]).date is None


def test_the_table_of_a_board_is_a_listing(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    rows = "".join(f"<tr><td>{i}</td><td>소식 제목 {i}</td><td>지기</td><td>2024.03.1{i}</td></tr>" for i in range(5))
    header = "<tr><th>번호</th><th>제목</th><th>글쓴이</th><th>날짜</th></tr>"
    cell = f"<tr><td>{TEXT} {OTHER}</td></tr>"
    path.write_text(f"<html><body><table>{cell}</table><table>{header}{rows}</table></body></html>", encoding="utf-8")
    found = article(read(path)[0])
    assert (found.text, found.date) == (f"{TEXT} {OTHER}", "2024-03-14")


def test_a_page_without_an_article_is_a_failure(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<html><body></body></html>", encoding="utf-8")
    assert "no article text found" in failure(read(path)[0]).message


def test_a_folder_is_read_to_the_bottom_in_order(tmp_path: Path) -> None:
    for name in ("b/2.txt", "a.txt", "b/.hidden.txt", ".git/x.txt", "README.md", "data.yaml", "c/z.TXT"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(TEXT + name, encoding="utf-8")
    assert [Path(article(item).source or "").name for item in read(tmp_path)] == ["a.txt", "2.txt", "z.TXT"]
    assert [article(item).source for item in read(f"{tmp_path}/*.txt", tmp_path / "a.txt")] == [str(tmp_path / "a.txt")]


def test_bad_paths_are_failures_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "note.docx").write_bytes(b"x")
    (tmp_path / "blank.txt").write_bytes(b" \n")
    (tmp_path / "blank.jsonl").write_bytes(b"")
    (tmp_path / "blank.csv").write_bytes(b"")
    (tmp_path / "image.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
    (tmp_path / "image.csv").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
    (tmp_path / "english.txt").write_text("The company said on Monday that it would build a plant. " * 9)
    (tmp_path / "menu.txt").write_text("홈 | 로그인 | 회원가입\n무단 전재 및 재배포 금지\n" * 9, encoding="utf-8")
    (tmp_path / "good.txt").write_text(TEXT, encoding="utf-8")
    names = ["gone.txt", "*.html", "empty", "note.docx", "blank.txt", "blank.jsonl", "blank.csv"]
    names += ["image.txt", "image.csv", "english.txt", "menu.txt"]
    found = read(*(tmp_path / name for name in names), tmp_path / "good.txt")
    assert article(found[-1]).text == TEXT
    starts = ["cannot be read", "nothing matches", "no article files", "unknown suffix", "empty", "empty", "empty"]
    starts += ["binary data", "binary data", "not Korean (0 %", "no article is left"]
    messages = [failure(item).message for item in found[:-1]]
    assert [message[: len(start)] for message, start in zip(messages, starts, strict=True)] == starts
    assert [failure(item).source for item in found[:-1]] == [str(tmp_path / name) for name in names]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_a_failure(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    path.chmod(0)
    assert failure(read(path)[0]).message.startswith("cannot be read (Permission denied)")


def test_a_refused_file_is_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")

    def refuse(*args: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert failure(read(path)[0]).message.startswith("cannot be read (Permission denied)")


def test_a_huge_text_fails_without_being_held(tmp_path: Path) -> None:
    import tracemalloc

    text, lines = tmp_path / "a.txt", tmp_path / "b.jsonl"
    with text.open("wb") as out, lines.open("wb") as rows:
        rows.write(b'{"text": "')
        for _ in range(50):
            out.write(TEXT.encode() * 9000)
            rows.write(TEXT.encode() * 9000)
        rows.write(b'"}\n' + json.dumps({"text": TEXT}).encode())
    assert text.stat().st_size > 50_000_000
    tracemalloc.start()
    found = read(text, lines)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert failure(found[0]).message.startswith("more than 8 MB")
    assert failure(found[1]).message.startswith("a line of more than 13 MB")
    assert article(found[2]).text == TEXT
    assert peak < 60_000_000


def test_the_limit_counts_characters(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"text": TEXT}), encoding="utf-8")
    assert failure(read(path, max_characters=20)[0]).message == (
        f"{len(TEXT)} characters, more than the 20 allowed for one article; split it"
    )


def test_the_first_of_two_articles_with_one_id_stands(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    rows = [{"id": "a", "text": TEXT}, {"id": "a", "text": TEXT}, {"id": "a", "text": OTHER}, {"text": OTHER}]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    found = read(path)
    assert [type(item) for item in found] == [Article, Failure, Failure, Article]
    assert failure(found[1]).message == "duplicate: an earlier article has id 'a' and the same text"
    assert failure(found[2]).message.endswith("and another text; give each article its own id")


@pytest.mark.parametrize(
    ("data", "texts"),
    [
        (json.dumps({"text": TEXT}) + "\n" + json.dumps({"text": OTHER}), [TEXT, OTHER]),
        (TEXT, [TEXT]),
        (PAGE, [f"{TEXT}\n{OTHER} 은행은 올해 새 점포 열 곳을 연다."]),
    ],
)
def test_standard_input_shows_what_it_is(data: str, texts: list[str]) -> None:
    found = read_articles(["-"], stdin=io.BytesIO(data.encode()))
    assert [article(item).text for item in found] == texts


def test_standard_input_that_is_not_connected_is_a_failure() -> None:
    assert failure(read("-")[0]).source == "standard input"


def test_options_go_before_the_record_and_the_record_before_the_text(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    text = f"{TEXT}\n입력 2024.03.12 10:15\nⓒ 한겨레, 무단 전재 및 재배포 금지\n"
    rows = [{"text": text}, {"text": text, "date": "2024-03-11", "publisher": "경향신문", "id": "b"}]
    rows.append({"text": text, "date": "모름", "id": "c"})
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    expected = [("2024-03-12", "한겨레"), ("2024-03-11", "경향신문"), ("2024-03-12", "한겨레")]
    assert [(article(i).date, article(i).publisher) for i in read(path)] == expected
    over = read(path, date="2024.1.2", publisher="우리신문")
    assert [(article(i).date, article(i).publisher) for i in over] == [("2024-01-02", "우리신문")] * 3


@pytest.mark.parametrize(
    "options", [{"date": "어제"}, {"columns": {"body": "text"}}, {"max_characters": 0}, {"source_encoding": "x"}]
)
def test_bad_options_are_refused(options: dict[str, object]) -> None:
    with pytest.raises(InputError):
        ReadOptions(**options)  # type: ignore[arg-type]


def test_no_clean_keeps_the_text_as_given() -> None:
    text = f"(서울=뉴스1) 홍가람 기자 = {TEXT}\n\n&quot; 무단 전재 및 재배포 금지\n"
    found = article_from_text(text, clean=False)
    assert (found.text, found.title, found.publisher) == (text, None, "뉴스1")


def test_an_article_from_text_has_an_id_of_its_content() -> None:
    found = article_from_text(TEXT, title="새 연구소", date="2024.3.12")
    assert (found.id, found.date, found.source) == (content_id("새 연구소", TEXT), "2024-03-12", None)
    assert article_from_text(TEXT, id=" 7").id == " 7"


@pytest.mark.parametrize(
    ("text", "message", "arguments"),
    [
        (" ", "no text", {}),
        ("All in English.", "not Korean", {}),
        (TEXT, "id is empty", {"id": ""}),
        (TEXT, "is no date", {"date": "x"}),
    ],
)
def test_a_bad_text_is_refused(text: str, message: str, arguments: dict[str, str]) -> None:
    with pytest.raises(InputError, match=message):
        article_from_text(text, clean=True, **arguments)


def test_a_document_is_composed() -> None:
    decomposed = "한빛"
    document = to_document(
        article_from_text(f"{decomposed}전자가 연구소를 연다.", title=decomposed, clean=False, id="a")
    )
    assert (document.title, document.text) == ("한빛", "한빛\n한빛전자가 연구소를 연다.")
    assert to_document(article_from_text(TEXT)).text == TEXT


def test_lone_surrogates_do_not_reach_the_article() -> None:
    assert article_from_text(f"{TEXT}\ud83d", clean=False).text == f"{TEXT}\ufffd"
