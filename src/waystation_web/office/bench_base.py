"""A PostgreSQL server of the benchmark's own, in a folder that is thrown away; reached through a socket in it alone.

Written to as an organisation's would be: what was committed is on the disk. Where none is installed, nobody pretends.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

WAIT_SECONDS = 20


def programs() -> tuple[str, str] | None:
    """Where `initdb` and `postgres` are; None if there are none."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda place: int(place.parent.name))
    found = [shutil.which(name, path=str(debian[-1]) if debian else None) for name in ("initdb", "postgres")]
    return (found[0], found[1]) if found[0] and found[1] else None


@contextmanager
def server(place: Path, binaries: tuple[str, str]) -> Iterator[str]:
    """A server while it is needed: gives the connection string of an empty database."""
    import psycopg

    user = "postgres" if hasattr(os, "geteuid") and os.geteuid() == 0 else None  # it refuses to be root's
    place.mkdir()
    if user:
        shutil.chown(place, user)
    data = str(place / "data")
    subprocess.run([binaries[0], "-D", data, "-U", "office", "-A", "trust", "-E", "UTF8", "--locale=C"],  # noqa: S603
                   check=True, user=user, cwd=place, capture_output=True)
    options = ["-c", "listen_addresses=", "-c", f"unix_socket_directories={place}", "-c", "max_connections=200"]
    process = subprocess.Popen([binaries[1], "-D", data, *options], user=user, cwd=place,  # noqa: S603
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + WAIT_SECONDS
        while True:
            try:
                with psycopg.connect(f"host={place} dbname=postgres user=office", autocommit=True) as line:
                    line.execute("CREATE DATABASE office")
                break
            except psycopg.OperationalError:
                if time.monotonic() > until or process.poll() is not None:
                    raise
                time.sleep(0.1)
        yield f"host={place} dbname=office user=office"
    finally:
        process.send_signal(signal.SIGINT)  # a fast end: it does not wait for connections
        process.wait(WAIT_SECONDS)
