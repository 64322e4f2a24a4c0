"""Where one office keeps its things: an installation is a folder with `office.toml` in it.

    HOME/office.toml            what is written here
    HOME/data/                  the database (SQLite) and files/: what a backup holds
    HOME/keys/host.key          outer layer of every key; never in a backup      (WAYSTATION_HOST_KEY moves it)
    HOME/keys/alarm.key         for the alarm watch
    HOME/trust.toml             whose certificates count, and the recovery key
    runtime folder              in memory where the system has it: sessions, throttles, today's audit key
"""

from __future__ import annotations

import os
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path


class NoInstallation(Exception):
    """There is no office here, or its `office.toml` cannot be used; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Installation:
    """One office on this machine, as `office.toml` and the environment say."""

    home: Path
    origin: str                    # "http://localhost:8700": what people type; passkeys are bound to it
    organisation: str              # shown after sign-in, never before
    organisation_id: bytes
    demonstration: bool = True     # nothing real may be entered
    invented: bool = False         # made by `demo`, with passphrases that were printed: never served
    database: str = ""             # "" = SQLite in data/; else a PostgreSQL connection string
    host_key: Path = field(default=Path())
    runtime: Path = field(default=Path())
    public: Path | None = None             # a folder outside of this one, into which stories are published
    backups: tuple[Path, ...] = ()         # folders of other disks or machines, mounted here
    backup_keys: tuple[str, ...] = ()      # age public keys: whoever holds one of their other halves opens a backup

    @property
    def data(self) -> Path:
        """The folder that a backup holds."""
        return self.home / "data"

    @property
    def files(self) -> Path:
        """Sealed files, by id."""
        return self.data / "files"

    @property
    def sqlite(self) -> Path:
        """The SQLite database, where that is used."""
        return self.data / "office.sqlite3"

    @property
    def alarm_key(self) -> Path:
        """The key of the alarm watch."""
        return self.home / "keys" / "alarm.key"

    @property
    def trust(self) -> Path:
        """Whose certificates count."""
        return self.home / "trust.toml"

    @property
    def host(self) -> str:
        """The host part of the origin: the passkeys' relying party id."""
        return self.origin.split("://", 1)[1].split(":", 1)[0].strip("/")

    @property
    def encrypted_transport(self) -> bool:
        """Whether people reach the office over TLS."""
        return self.origin.startswith("https://")

    @classmethod
    def load(cls, home: Path, environment: Mapping[str, str] = os.environ) -> Installation:
        """Read `office.toml` of a folder. Raises `NoInstallation`."""
        path = home / "office.toml"
        if not path.is_file():
            raise NoInstallation(f"no office in {home}: there is no office.toml. Make one with: waystation-office init")
        try:
            given = tomllib.loads(path.read_text("utf-8"))
            return cls(
                home=home.resolve(),
                origin=given["origin"].rstrip("/"),
                organisation=given["organisation"],
                organisation_id=bytes.fromhex(given["organisation_id"]),
                demonstration=given.get("demonstration", True),
                invented=given.get("invented", False),
                database=environment.get("WAYSTATION_DATABASE", given.get("database", "")),
                host_key=Path(environment.get("WAYSTATION_HOST_KEY", home.resolve() / "keys" / "host.key")),
                runtime=Path(environment.get("WAYSTATION_RUNTIME", runtime_folder(home.resolve()))),
                public=Path(given["public"]) if given.get("public") else None,
                backups=tuple(Path(folder) for folder in given.get("backups", [])),
                backup_keys=tuple(given.get("backup_keys", [])),
            )
        except (KeyError, ValueError, AttributeError, tomllib.TOMLDecodeError) as reason:
            said = f"{path} cannot be used: {reason!r}. Compare it with docs/how-to/run-the-office.md"
            raise NoInstallation(said) from reason


def runtime_folder(home: Path) -> Path:
    """A folder in memory where the system has one, private to this user and this office."""
    name = f"waystation-{sha256(str(home).encode()).hexdigest()[:12]}"
    if sys.platform.startswith("linux"):
        private = os.environ.get("XDG_RUNTIME_DIR")
        return (Path(private) if private else Path("/dev/shm")) / name  # noqa: S108  (mode 0700, checked at start)
    return home / "runtime"
