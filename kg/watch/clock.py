"""Time as the watcher sees it, so that tests need not wait for it to pass."""

from __future__ import annotations

import threading
import time


class Clock:
    """The real time; `stop` wakes whoever waits, and the watcher ends after the article at hand."""

    def __init__(self) -> None:
        self._stop = threading.Event()

    def now(self) -> float:
        """Return the seconds since 1970."""
        return time.time()

    def wait(self, seconds: float) -> None:
        """Wait, but not once stopped."""
        if seconds > 0:
            self._stop.wait(seconds)

    def stop(self) -> None:
        """Ask the watcher to end; safe in the handler of a signal."""
        self._stop.set()

    @property
    def stopped(self) -> bool:
        """Whether `stop` was called."""
        return self._stop.is_set()
