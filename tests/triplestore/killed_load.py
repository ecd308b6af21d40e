"""Loads a folder to an endpoint and is killed, as by a power cut, once so many graphs are sent.

`python killed_load.py FOLDER URL GRAPHS`
"""

from __future__ import annotations

import os
import signal
import sys

from kg.triplestore.endpoint import load_endpoint

folder, url, graphs = sys.argv[1], sys.argv[2], int(sys.argv[3])


def kill(done: int, of: int) -> None:
    if done == graphs:
        os.kill(os.getpid(), signal.SIGKILL)


load_endpoint(folder, url, watch=kill)
