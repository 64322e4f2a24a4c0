"""`python -m waystation_web.public --folder FOLDER`: what `waystation-office public` starts."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

import uvicorn

from .site import Site, UnsafeFolder

CANNOT = 2


def main(arguments: list[str] | None = None) -> int:
    """Serve the folder until stopped."""
    made = argparse.ArgumentParser(prog="waystation-office public", description=__doc__)
    made.add_argument("--folder", type=Path, required=True, help="what the office published, and nothing else")
    made.add_argument("--port", type=int, default=8710)
    made.add_argument("--bind", default="127.0.0.1", help="address to listen at; a proxy of yours stands before it")
    given = made.parse_args(arguments)
    if os.name == "posix" and os.geteuid() == 0:
        tell("Not as root: run this as a user of its own, who may read this folder alone.")
        return CANNOT
    try:
        site = Site(given.folder)
    except UnsafeFolder as reason:
        tell(str(reason))
        return CANNOT
    tell(f"What was published: http://{given.bind}:{given.port}\nCtrl+C stops it.")
    uvicorn.run(site, host=given.bind, port=given.port, lifespan="off", access_log=False, log_config=None,
                server_header=False, date_header=False, proxy_headers=False, ws="none")
    return 0


def tell(words: str) -> None:
    """Say something to whoever started this."""
    sys.stderr.write(f"{words}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
