"""What `doctor` asks about the host key: how old it is, how many there are, and whether it would survive this machine.

Nothing is opened and no row is read: that is `verify`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from waystation_web.gateways import clock
from waystation_web.gateways.installation import Installation
from waystation_web.vault import escrows
from waystation_web.vault.errors import Refused
from waystation_web.vault.host import HostKeys

MONTH = 31     # days, after which somebody should ask what backups still hold
Answer = tuple[bool | None, str, str]  # the answer, the question, what to do


def answers(installation: Installation) -> Iterator[Answer]:
    """Every answer about a host key that is in its place."""
    forget = f"waystation-office forget-now {installation.home}"
    key = installation.host_key
    try:
        keys = HostKeys.parse(key.read_text("ascii"))
        course, lying = escrows.course(installation), escrows.lying(installation)
    except (ValueError, OSError, Refused) as why:
        notes = f"{escrows.file_of(installation)} and {installation.trust}"
        yield False, "the host key and the notes about it can be read", f"{why}. Look into {key}, {notes}"
        return
    made = keys.days[keys.current]
    age = (clock.today() - made).days
    yield age <= MONTH, f"the host key is at most a month old: number {keys.current}, {age} days, of {made}", \
        f"until it is changed, backups of {age} days open what was destroyed since: {forget}"
    older = ", ".join(f"number {number} of {keys.days[number]}" for number in keys.epochs[:-1]) or "none"
    yield True, f"at most one older host key is kept, for backups of before: {older}", ""
    whole = None if keys.current not in course.epochs else course.epochs[keys.current].whole is not None
    yield True if len(keys.epochs) == 1 and whole is None else whole, "no change of the host key was cut short", \
        f"run it again, and it goes on: {forget}"
    yield from _escrows(lying, installation.home)


def _escrows(lying: dict[Path, bool | None], home: Path) -> Iterator[Answer]:
    anew = f"waystation-office backup {home}"
    if not lying:
        yield False, "the host key's escrow lies on another disk or machine", f"{escrows.NOWHERE}. Then: {anew}"
    for folder, current in lying.items():
        why = "mount the folder if it is not there, then" if current is None else "it is older or was changed; anew"
        yield bool(current), f"the host key's escrow lies in {folder} and is of the present host key", f"{why}: {anew}"
