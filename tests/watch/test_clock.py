from __future__ import annotations

import os
import signal

from kg.watch.clock import Clock


def test_a_signal_ends_a_wait_and_those_after_it() -> None:
    clock = Clock()
    before = signal.signal(signal.SIGALRM, lambda *_: clock.stop())
    signal.setitimer(signal.ITIMER_REAL, 0.05)
    try:
        clock.wait(3600)
    finally:
        signal.signal(signal.SIGALRM, before)
    assert clock.stopped
    clock.wait(3600)


def test_stopping_before_a_wait_and_twice_is_stopping() -> None:
    clock = Clock()
    before = signal.signal(signal.SIGUSR1, lambda *_: clock.stop())
    try:
        for _ in range(2):
            os.kill(os.getpid(), signal.SIGUSR1)
    finally:
        signal.signal(signal.SIGUSR1, before)
    clock.wait(3600)
    assert clock.stopped
