"""`waystation-office takeout`: the custodians build the archives that two people of the office signed and released.

On a machine without a network, from a copy of the office. Sheets are typed when asked for, never given as arguments.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from waystation_web.gateways.installation import Installation

from . import Cannot
from .making import opened

if TYPE_CHECKING:
    from waystation_web.takeout.building import Carried, Slip

Ask = Callable[[str], str]
FOUND = 1


def take_out(installation: Installation, out: Path, *, order: str = "", ask: Ask = input) -> int:
    """Ask for two sheets, show the order, build. Gives 1 if something could not be taken along. Raises `Cannot`."""
    if not out.is_dir():
        raise Cannot(f"{out} is no folder. Make it, on an encrypted medium, and name it with --out")
    if order and (len(order) != 32 or set(order) - set("0123456789abcdef")):
        raise Cannot("--order is an id of 32 letters and digits, as the page of the takeout has it in its address")
    opened(installation)
    from waystation.takeout.archive import NotWhole
    from waystation_web.gateways import clock
    from waystation_web.takeout.building import build, carried
    from waystation_web.takeout.sealing import NotSealed
    from waystation_web.vault.errors import NotPermitted, Refused
    from waystation_web.vault.recovered import combine
    print("No network on this machine, nobody behind you. Two custodians type their sheets.", flush=True)
    try:
        recovery = combine([_sheet("first sheet", ask), _sheet("second sheet", ask)])
        found = carried(recovery, bytes.fromhex(order) if order else None, clock.today())
        if ask(_order(found)).strip().lower() != "yes":
            raise Cannot("Nothing was built.")
        slips = build(found, out, say=lambda name: print(f"  {name} ...", flush=True))
    except (NotPermitted, NotSealed, NotWhole) as reason:
        raise Cannot(f"{reason}. Nothing more was built".replace("..", ".")) from reason
    except Refused as reason:
        raise Cannot(f"This copy of the office cannot be used ({reason})") from reason
    except EOFError:
        raise Cannot("Stopped. Nothing more was built.") from None
    print(_said(slips))
    return FOUND if any(one.counted.left for one in slips) else 0


def _sheet(name: str, ask: Ask) -> str:
    """A sheet as it is typed, asked for again after a mistake."""
    from waystation_web.vault.errors import Refused
    from waystation_web.vault.recovered import read_sheet
    while True:
        try:
            return read_sheet(ask(f"{name}, its 33 words: "), name=name)
        except Refused as why:
            print(f"{why}.", file=sys.stderr)


def _order(found: Carried) -> str:
    """What the custodians look at before anything is built."""
    order, (first, second) = found.order, found.signers
    to = "\n".join(f"    {one.name} ({one.jurisdiction}): {one.fingerprint}" for one in order.recipients)
    return (f"\nEverything that the office keeps, sealed to:\n{to}\n"
            f"  What for:      {order.purpose}\n  Agreement:     {order.agreement}\n"
            f"  Destroyed on:  {order.until}\n  Signed by:     {first.handle} and {second.handle}\n\n"
            "Were you told of this by voice by both who signed? Type yes: ")


def _said(slips: list[Slip]) -> str:
    """What goes onto paper, and from there onto the page of the takeout."""
    lines = ["", "Built. Write this down for the office:"]
    for one in slips:
        lines += [f"  {one.mark}  {one.recipient}", f"    sha256 {one.sha256}",
                  f"    {sum(one.counted.types.values())} records; not opened: {one.counted.left}"]
    if any(one.counted.left for one in slips):
        lines.append("What could not be opened stands in not-opened.csv of each archive, with the reason.")
    return "\n".join([*lines, "Give each archive to its recipient. Then destroy this copy of the office."])
