"""A new office: its keys, its database, and the one-time code that opens the set-up in the browser."""

from __future__ import annotations

import atexit
import json
import os
import secrets
import shutil
from collections.abc import Callable
from pathlib import Path

from django.db import DatabaseError

from waystation_web.gateways import processes
from waystation_web.gateways.installation import Installation

from . import Cannot


def make(home: Path, *, organisation: str, origin: str, database: str = "", invented: bool = False) -> str:
    """Make an office in an empty folder; gives the set-up code. Raises `Cannot`; then nothing was left behind."""
    _check(home, organisation=organisation, origin=origin)
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        return _made(home, organisation=organisation, origin=origin, database=database, invented=invented)
    except Exception as reason:
        shutil.rmtree(home)
        if isinstance(reason, DatabaseError):
            raise Cannot("the database does not answer, or may not be written to: look at --database. "
                         "Nothing was made") from reason
        raise


def _made(home: Path, *, organisation: str, origin: str, database: str, invented: bool) -> str:
    home.chmod(0o700)
    for folder in ("data", "data/files", "keys"):
        (home / folder).mkdir(mode=0o700)
    lines = {"origin": origin, "organisation": organisation, "organisation_id": secrets.token_hex(16),
             "demonstration": True, "invented": invented, "database": database}
    text = "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in lines.items())
    _write(home / "office.toml", text, mode=0o600)
    opened(Installation.load(home), first=lambda: _write_keys(home), role="")
    from django.core.management import call_command

    from waystation_web.accounts.setup import new_code
    _check_empty()
    call_command("migrate", verbosity=0)
    return new_code(Installation.load(home))


def _check(home: Path, *, organisation: str, origin: str) -> None:
    if home.exists() and any(home.iterdir()):
        raise Cannot(f"{home} is not empty. An office is made in an empty folder; nothing was changed")
    if not organisation.strip():
        raise Cannot("the organisation needs a name: --organisation")
    scheme, _, host = origin.partition("://")
    if scheme not in {"http", "https"} or not host or "/" in host or host.startswith("127."):
        raise Cannot(f"{origin} cannot be an origin. Write for example http://localhost:8700, or https and a name; "
                     "passkeys do not work with numbers as a name")


def _check_empty() -> None:
    """Another office's rows would be taken for ours, and none of them would open."""
    from django.db import connection
    if connection.introspection.table_names():
        raise Cannot("this database is not empty. An office is made in an empty one; nothing was changed")


def _write_keys(home: Path) -> None:
    from waystation_web.gateways import clock
    from waystation_web.vault.host import HostKeys
    _write(home / "keys" / "host.key", HostKeys.new(clock.today()).text(), mode=0o400)
    _write(home / "keys" / "alarm.key", f"WAYSTATION-ALARM-KEY-1\n{secrets.token_hex(32)}\n", mode=0o400)


def _write(path: Path, text: str, *, mode: int) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w", encoding="utf-8") as stream:
        stream.write(text)


def opened(installation: Installation, *, first: Callable[[], None] | None = None,
           role: str = processes.CONSOLE) -> Installation:
    """Make this process that office's: Django's settings come from it. Once in a process.

    `role`: as what a panic finds it, before it has read any key; none for an office that is only being made.
    """
    if role:
        processes.enter(installation, role)
        atexit.register(processes.leave, installation)
    os.environ.update(WAYSTATION_HOME=str(installation.home), DJANGO_SETTINGS_MODULE="waystation_web.settings")
    if first:
        first()
    import django
    django.setup()
    return installation
