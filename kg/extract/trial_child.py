"""What `kg.extract.trial` runs in a process of its own: a stage over documents, its connections and files watched."""

from __future__ import annotations

import os
import pickle
import sys
from pathlib import Path
from typing import Any

_NETWORK = {
    "socket.connect": "connection to {1}",
    "socket.sendto": "message to {1}",
    "socket.getaddrinfo": "look-up of {0}",
    "socket.gethostbyname": "look-up of {0}",
}
"""Python's audit events of a connection (https://docs.python.org/3/library/audit_events.html), and how to tell them."""
_CHANGES = ("os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.symlink", "os.link")
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class Watched:
    """An audit hook: keeps connections, which it refuses unless they are allowed, and changes under a folder."""

    def __init__(self, folder: Path, *, network: bool) -> None:
        self.connections: list[str] = []
        self.written: list[str] = []
        self._folder, self._network = folder, network

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Take note of an event; raises OSError for a connection."""
        if event in _NETWORK and not self._network:
            self.connections.append(_NETWORK[event].format(*arguments))
            raise OSError("no connection is allowed here")
        if event in _CHANGES and arguments[-1] == -1:  # else the path is one of a folder that is open
            for argument in arguments:
                self._change(argument)
        elif event == "open" and len(arguments) == 3 and isinstance(arguments[2], int) and arguments[2] & _WRITING:
            self._change(arguments[0])

    def _change(self, path: object) -> None:
        if not isinstance(path, str | bytes):
            return
        found = Path(os.path.abspath(os.fsdecode(path)))  # noqa: PTH100 (links are not followed, nor the disk asked)
        # Caches of libraries lie in hidden folders, as of a home directory that one works in.
        if found.is_relative_to(self._folder) and not any(p[0] == "." for p in found.relative_to(self._folder).parts):
            self.written.append(str(found.relative_to(self._folder)))


def main(given: Path, made: Path) -> None:
    """Run the stage of a file over its documents and write what came of it."""
    path, network, data = pickle.loads(given.read_bytes())
    sys.path[:] = path
    watched = Watched(Path.cwd(), network=network)
    sys.addaudithook(watched)
    stage, documents = pickle.loads(data)
    found = list(stage(documents))
    seen = {"name": stage.name, "version": stage.version, "documents": found}
    connections, written = list(watched.connections), sorted(set(watched.written))
    made.write_bytes(pickle.dumps({**seen, "connections": connections, "written": written}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
