"""Time as the watcher sees it, so that tests need not wait for it to pass."""

from __future__ import annotations

import time
from contextlib import suppress
from queue import Empty, SimpleQueue


class Clock:
    """The real time; `stop` wakes whoever waits, and the watcher ends after the article at hand."""

    def __init__(self) -> None:
        self._stopped = False
        # An Event cannot be set by a signal that comes while it is looked at: its lock would be waited for for ever.
        self._woken: SimpleQueue[None] = SimpleQueue()

    def now(self) -> float:
        """Return the seconds since 1970."""
        return time.time()

    def wait(self, seconds: float) -> None:
        """Wait, but not once stopped."""
        if seconds > 0 and not self._stopped:
            with suppress(Empty):
                self._woken.get(timeout=seconds)

    def stop(self) -> None:
        """Ask the watcher to end; safe in the handler of a signal."""
        self._stopped = True
        self._woken.put(None)

    @property
    def stopped(self) -> bool:
        """Whether `stop` was called."""
        return self._stopped
