from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kg.watch.clock import Clock
from kg.watch.sources import Source, Sources
from tests.run.stub_stage import StubStage

if TYPE_CHECKING:
    from kg.watch.watcher import Round, Watcher

ALLIANCE = "가온전자는 나래은행과 전략적 제휴를 맺었다고 27일 밝혔다."
TAKEOVER = "다솜자동차가 라온게임즈를 인수했다고 27일 공시했다."


class TestClock(Clock):
    """Time that passes when somebody waits, and stops being waited for after a number of waits."""

    __test__ = False

    def __init__(self, now: float = 1_750_000_000.0) -> None:
        super().__init__()
        self.time = now
        self.waits: list[float] = []

    def now(self) -> float:
        return self.time

    def wait(self, seconds: float) -> None:
        if seconds > 0 and not self.stopped:
            self.waits.append(round(seconds, 3))
            self.time += seconds


@dataclass
class Answer:
    """What the site answers at a path."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Site:
    """A web server on loopback: answers by path, and the requests it got."""

    url: str = ""
    pages: dict[str, Answer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    sent: list[dict[str, str]] = field(default_factory=list)
    seen: Callable[[str], None] = lambda path: None

    def put(self, path: str, body: str | bytes, status: int = 200, **headers: str) -> None:
        data = body.encode() if isinstance(body, str) else body
        self.pages[path] = Answer(data, status, {name.replace("_", "-"): value for name, value in headers.items()})


@pytest.fixture
def site() -> Iterator[Site]:
    yield from _served()


@pytest.fixture
def other_site() -> Iterator[Site]:
    yield from _served()


def _served() -> Iterator[Site]:
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append(self.path)
            site.sent.append({name.lower(): value for name, value in self.headers.items()})
            site.seen(self.path)
            answer = site.pages.get(self.path, Answer(status=404))
            etag = answer.headers.get("ETag")
            if etag is not None and self.headers.get("If-None-Match") == etag:
                answer = Answer(status=304, headers={"ETag": etag})
            self.send_response(answer.status)
            for name, value in {"Content-Length": str(len(answer.body)), **answer.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            with suppress(OSError):  # the watcher had enough
                self.wfile.write(answer.body)

        def log_message(self, *args: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        site.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield site
        server.shutdown()
        thread.join()


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


Open = Callable[..., "Watcher"]


@pytest.fixture
def opened(tmp_path: Path, clock: TestClock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """Open watchers over sources, in a folder of the test, that extract with the stub; all are closed in the end."""
    for module in ("feedparser", "httpx2", "protego"):
        pytest.importorskip(module, reason="the extra `watch` is not installed")
    from kg.watch.watcher import Watcher

    monkeypatch.setattr("kg.run.given.stage", lambda spec, language: StubStage())
    watchers: list[Watcher] = []

    def open_one(*sources: Source | str, **options: Any) -> Watcher:
        for one in watchers:
            one.close()
        watchers.clear()
        given = tuple(one if isinstance(one, Source) else Source(one) for one in sources)
        listed = Sources(given, options.pop("contact", None))
        options = {"export": False, "limits": None, "clock": clock, **options}
        watchers.append(Watcher(tmp_path / "graph", listed, **options))
        return watchers[0]

    yield open_one
    for one in watchers:
        one.close()


def article(title: str, *sentences: str, site_name: str = "가온뉴스") -> str:
    """Return a page with an article; the sentences are followed by enough text to be one."""
    filler = "두 회사는 지난달부터 협의해 왔으며 앞으로도 여러 분야에서 함께 일하기로 했다고 관계자가 설명했다."
    paragraphs = "".join(f"<p>{one}</p>" for one in (*sentences, filler, filler + " 자세한 내용은 나중에 알린다."))
    return (
        f'<html><head><title>{title}</title><meta property="og:site_name" content="{site_name}">'
        f'<meta charset="utf-8"></head><body><nav><a href="/">처음</a></nav><article><h1>{title}</h1>'
        f"{paragraphs}</article></body></html>"
    )


def rss(*entries: str, title: str = "가온뉴스 경제") -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:atom="http://www.w3.org/2005/Atom"><channel>'
        f"<title>{title}</title>{''.join(entries)}</channel></rss>"
    )


def entry(link: str, title: str, *more: str, guid: str | None = None) -> str:
    return (
        f"<item><title>{title}</title><link>{link}</link><guid>{guid or link}</guid>"
        f"<pubDate>Tue, 27 May 2025 09:00:00 +0900</pubDate>{''.join(more)}</item>"
    )


@contextmanager
def tls_server(folder: Path, seen: Callable[[str], object]) -> Iterator[str]:
    """Serve over TLS with a certificate that it signed itself; yield the address."""
    x509 = pytest.importorskip("cryptography.x509", reason="cryptography makes the certificate")
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.oid.NameOID.COMMON_NAME, "127.0.0.1")])
    begins, ends = datetime(2020, 1, 1), datetime(2120, 1, 1)
    builder = x509.CertificateBuilder(name, name, key.public_key(), 1, begins, ends)
    address = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    certificate = builder.add_extension(address, critical=False).sign(key, hashes.SHA256())
    pem = folder / "server.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    pem.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen(self.path)

        def log_message(self, *args: Any) -> None:
            pass

    class Server(ThreadingHTTPServer):
        def handle_error(self, *args: Any) -> None:
            pass

    with Server(("127.0.0.1", 0), Handler) as server:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(pem)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"https://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


@pytest.fixture
def two(site: Site) -> Site:
    """A site with a feed of two articles."""
    site.put(
        "/rss", rss(entry("/a", "가온전자, 나래은행과 제휴"), entry("/b", "다솜자동차, 라온게임즈 인수")), ETag='"1"'
    )
    site.put("/a", article("가온전자, 나래은행과 제휴 | 가온뉴스", ALLIANCE))
    site.put("/b", article("다솜자동차, 라온게임즈 인수 | 가온뉴스", TAKEOVER))
    return site


def told(done: Round) -> list[str]:
    return [failure.message for failure in done.failures]
