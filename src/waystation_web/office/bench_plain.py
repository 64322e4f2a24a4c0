"""The office's pages as plain Django would give them, for `bench_pages` to compare with.

The same views, templates, sessions and grants, and the same records from a table in clear: no key is unwrapped, no
payload is unsealed, and no reading is written into the record of acts. It serves nothing but the benchmark's house.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from waystation_web.gateways.installation import Installation

from .bench_house import IN_CLEAR
from .serving import prepared


def undress() -> None:
    """Let this process read records from the table in clear, and record no reading. Before anything was asked."""
    from django.urls import get_resolver

    from waystation_web.audit import actions
    from waystation_web.vault import queries
    from waystation_web.vault.models import Vault

    table = Vault._meta  # noqa: SLF001  (Django's own name for it)
    table.db_table = IN_CLEAR
    for column in table.concrete_fields:
        column.__dict__.pop("cached_col", None)  # it remembers the sealed table
    queries._unsealed = lambda _actor, row, _signer, _host: (b"", row.payload or b"")  # type: ignore[assignment]  # noqa: SLF001
    _ = get_resolver().url_patterns              # imports every page, and with them whoever keeps records
    recording = {one: getattr(actions, one) for one in ("record", "record_read", "record_refusal")}
    for name, module in list(sys.modules.items()):
        for one, real in recording.items():
            if name.startswith("waystation_web.") and getattr(module, one, None) is real:
                setattr(module, one, _nothing)


def _nothing(*_: Any, **__: Any) -> int:
    return 0


def main(arguments: list[str]) -> None:
    """Serve an office's folder at a port until it is stopped: one process, as the office has."""
    os.umask(0o077)
    listener = prepared(Installation.load(Path(arguments[0])), port=int(arguments[1]), bind="127.0.0.1")
    undress()
    from .worker import Server, counted_office
    Server(counted_office(lambda: None)).run(sockets=[listener])


if __name__ == "__main__":
    main(sys.argv[1:])
