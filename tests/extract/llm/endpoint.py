"""A chat-completions server on loopback for tests: recorded answers by what is asked, and misbehaviour on demand."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Body = dict[str, Any]
NO_ANSWER: Body = {"names": [], "relations": []}


@dataclass
class Response:
    """What the server answers: a whole body, or it sleeps before, or cuts the connection after `cut` bytes."""

    body: Any
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    sleep: float = 0
    cut: int | None = None


def completion(answer: Any, usage: Any = None, finish: str = "stop", **message: Any) -> Body:
    """Return the body of a chat completion whose content is an answer, as JSON unless it is text."""
    content = answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False)
    choice = {"index": 0, "finish_reason": finish, "message": {"role": "assistant", "content": content, **message}}
    counts = {"prompt_tokens": 900, "completion_tokens": 100, "total_tokens": 1000} if usage is None else usage
    return {"id": "c1", "object": "chat.completion", "choices": [choice], "usage": counts}


@dataclass
class Endpoint:
    """A running server: its address, the requests it got, and how it answers the next ones."""

    address: str
    recorded: dict[str, Any] = field(default_factory=dict)
    """Answers by a sentence that the question holds; others get an answer with nothing in it."""
    misbehave: list[Response] = field(default_factory=list)
    """Taken, from the first, before any recorded answer."""
    respond: Callable[[Body], Response] | None = None
    """Answers everything in place of `recorded`."""
    requests: list[tuple[dict[str, str], Body]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def answer(self, headers: dict[str, str], body: Body) -> Response:
        with self.lock:
            self.requests.append((headers, body))
            if self.misbehave:
                return self.misbehave.pop(0)
        if self.respond is not None:
            return self.respond(body)
        asked = body["messages"][-1]["content"]
        found = [self.recorded[sentence] for sentence in self.recorded if sentence in asked]
        lists = {key: [item for one in found for item in one[key]] for key in NO_ANSWER}
        return Response(completion(lists))


def _handler(endpoint: Endpoint) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            given = self.rfile.read(int(self.headers["Content-Length"]))
            assert self.path == "/v1/chat/completions"
            response = endpoint.answer(dict(self.headers), json.loads(given))
            time.sleep(response.sleep)
            whole = response.body if isinstance(response.body, bytes) else json.dumps(response.body).encode()
            with suppress(OSError):  # the client may have given up
                self.send_response(response.status)
                for name, value in response.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(whole)))
                self.end_headers()
                self.wfile.write(whole if response.cut is None else whole[: response.cut])
                self.close_connection = response.cut is not None

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    return Handler


@contextmanager
def serving() -> Iterator[Endpoint]:
    """Run a server in a thread for the length of a block."""
    endpoint = Endpoint("")
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(endpoint))
    server.daemon_threads = True
    endpoint.address = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield endpoint
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
