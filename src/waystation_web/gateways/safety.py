"""Why this office would not start. Each reason is a sentence with what to do; no reason means it may."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from .installation import Installation

FLOOR = (3, 65536)  # passes, KiB: security of the passphrase if the machine is seized
AROUND = ("waystation_web.middleware.SameSite", "waystation_web.middleware.SignedIn",
          "django.middleware.csrf.CsrfViewMiddleware", "waystation_web.middleware.Refusals")


def _key_file(path: Path, installation: Installation) -> list[str]:
    if not path.is_file():
        return [f"the host key is not at {path}. Put the medium in, or name its place with WAYSTATION_HOST_KEY"]
    why = []
    if installation.data.resolve() in path.resolve().parents:
        inside = f"the host key lies in the data folder {installation.data}, so every backup would hold it"
        why.append(f"{inside}: move it out")
    if os.name == "posix" and path.stat().st_mode & 0o077:
        why.append(f"others on this machine can read {path}: chmod 0400 {path}")
    return why


def _runtime(folder: Path) -> list[str]:
    if os.name != "posix":
        return []
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    about = folder.stat()
    if about.st_uid != os.geteuid() or stat.S_IMODE(about.st_mode) & 0o077:
        return [f"the runtime folder {folder} is not private to this user: chmod 0700 {folder}"]
    if sys.platform.startswith("linux") and not in_memory(folder):
        return [f"the runtime folder {folder} is on a disk: name one in memory (tmpfs) with WAYSTATION_RUNTIME"]
    return []


def in_memory(folder: Path) -> bool:
    """Whether a folder lies on tmpfs or ramfs, by the longest mount point above it."""
    inside = str(folder.resolve())
    kind, best = "", -1
    for line in Path("/proc/mounts").read_text("utf-8").splitlines():
        _, point, system, *_ = line.split(" ")
        if (inside == point or inside.startswith(point.rstrip("/") + "/")) and len(point) > best:
            kind, best = system, len(point)
    return kind in {"tmpfs", "ramfs"}


def reasons_not_to_start() -> list[str]:
    """All of them at once, so that nobody has to start five times to learn five things."""
    installation: Installation = settings.INSTALLATION
    return [*_key_file(installation.host_key, installation), *_runtime(installation.runtime), *_settings(),
            *_around_pages(), *_transport(installation)]


def _settings() -> list[str]:
    why = []
    if settings.DEBUG:
        why.append("DEBUG is on: error pages would show what is sealed")
    if settings.KDF_COST[0] < FLOOR[0] or settings.KDF_COST[1] < FLOOR[1]:
        why.append(f"KDF_COST {settings.KDF_COST} is below {FLOOR}: passphrases could be guessed from a seized disk")
    if settings.FILE_UPLOAD_HANDLERS != ["waystation_web.vault.uploads.SealingUploadHandler"]:
        why.append("FILE_UPLOAD_HANDLERS has another handler: uploads would be written to disk in clear")
    if settings.CACHES["default"]["BACKEND"] != "django.core.cache.backends.dummy.DummyCache":
        why.append("CACHES keeps things: opened records would outlive their page")
    forbidden = {"django.contrib.admin", "django.contrib.auth", "django.contrib.sessions", "debug_toolbar", "silk"}
    if present := forbidden & set(settings.INSTALLED_APPS):
        why.append(f"{', '.join(sorted(present))} must not be installed: it stores or shows what is sealed")
    if settings.DEFAULT_EXCEPTION_REPORTER != "waystation_web.gateways.logs.SilentReporter" \
            or settings.LOGGING_CONFIG != "waystation_web.gateways.logs.configure":
        why.append("another error reporter or log is set: it would write what is sealed")
    return why


def _around_pages() -> list[str]:
    why = []
    if settings.MIDDLEWARE[0] != "waystation_web.middleware.Headers":
        why.append("the headers are not the outermost layer: error pages and files would go out without them")
    if missing := [name for name in AROUND if name not in settings.MIDDLEWARE]:
        why.append(f"{', '.join(missing)} is missing from MIDDLEWARE: other sites could act in a person's name")
    if "*" in settings.ALLOWED_HOSTS:
        why.append("ALLOWED_HOSTS allows every name: another site could speak to this office as if it were its own")
    return why


def _transport(installation: Installation) -> list[str]:
    local = installation.host == "localhost" or installation.host.endswith(".onion")
    if installation.encrypted_transport or local:
        return []
    return [f"{installation.origin} is not encrypted: use https, an onion address, or http://localhost"]


def refuse_unsafe_start() -> None:
    """Raise `ImproperlyConfigured` with every reason, or return."""
    if why := reasons_not_to_start():
        raise ImproperlyConfigured("The office does not start:\n" + "\n".join(f"  - {reason}" for reason in why))
