"""Acts on packages: one asks, another signs, then it is built once, sealed to its recipient.

Before the signature every original is read through and compared with what was sealed at intake. The event `packaged` is
written first, so that the chain in the package ends with it; then the archive is written, in which every byte is
compared again, and nothing of it is on a disk in clear.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from typing import Any

from django.utils.translation import gettext_noop

from waystation.access import Facts, Permission
from waystation.evidence import bagging, batch
from waystation.evidence.package import Plan, plan
from waystation_web.audit.actions import record
from waystation_web.audit.events import Event
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.records.record import said as at_text
from waystation_web.takeout.order import MISHEARD, NO_KEY, heard_right, sealable
from waystation_web.takeout.sealing import Inlet, NotSealed, Outlet, sealed_to
from waystation_web.testimony.actions_use import handed
from waystation_web.vault import actions as vaults
from waystation_web.vault import approvals
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NoSuchVault, NotPermitted
from waystation_web.vault.laying import Laid
from waystation_web.vault.queries import allow

from . import queries, telling
from .actions import STEP, look_after, sealed
from .agreeing import For, agreed, still
from .item import COVERT, GIVEN_AWAY, Item
from .keeping import Happened, with_lines
from .package import SORT, TYPE, Package, manifest_of, new_body, package_of
from .packing import Opened, asked_of, contents_of, opened_items
from .signing import signing

NOTHING = gettext_noop("Choose at least one original, cleared copy or statement.")
NOT_CLEARED = gettext_noop("A copy goes out only after two people cleared it.")
NOBODY = gettext_noop("Name whose consent it rests on, or say why it shows and names nobody.")
CHANGED = gettext_noop("An original is not the file that was taken in. Nothing was packed, its custody says so now. "
                       "Do not go on: write down a breach, and look for the file in a backup.")
NOT_SIGNED = gettext_noop("A package is built once, within a day of its second signature. Ask for it again.")
NOT_MADE = gettext_noop("The package could not be written to its end. Nothing of it is kept. Ask for it again.")

Chosen = Sequence[tuple[bytes, bool, Sequence[str]]]


def ask(actor: Actor, *, recipient: str, jurisdiction: str, key: str, heard: str, purpose: str, alone: str, shown: str,
        parts: Chosen, wanted: For, people: Iterable[tuple[bytes, str]], statements: telling.Chosen = ()) -> bytes:
    """The first signature under a package; its id. Raises `NotPermitted` (also with `step_up`) for what must not go."""
    persons = list(people)
    if not sealable(key):
        raise NotPermitted("recipient_key", NO_KEY)
    if not heard_right(key, heard):
        raise NotPermitted("misheard", MISHEARD)
    if not alone and not persons and (parts or not statements):
        raise NotPermitted("nobody_agreed", NOBODY)
    if not parts and not statements:
        raise NotPermitted("nothing", NOTHING)
    with writing():
        for item_id, original, copies in parts:
            _may_go(queries.held(actor, item_id), original=original, copies=copies, shown=shown)
        along = [telling.may_go(actor, one, versions, wanted, shown) for one, versions in statements]
        said = agreed(actor, wanted, telling.with_owners(persons, along), clock.today())
        body = new_body(recipient=recipient, jurisdiction=jurisdiction, key=key, purpose=purpose, alone=alone,
                        shown=shown, use=wanted.use, to=wanted.to, state_of=wanted.state, data=wanted.data, parts=parts,
                        statements=statements, consents=said)
        held = records.make(actor, TYPE, body)
        package = package_of(held)
        block = approvals.ask(actor, held.id, _manifest(actor, package, opened_items(actor, package)))
        records.change(actor, held, {"approval": block}, what="asked", kept=False)
        record(actor, Event.ASKED_FOR_SECOND, vault=held.id, reason="package")
    return held.id


def _manifest(actor: Actor, package: Package, items: list[Opened]) -> dict[str, Any]:
    """What is signed, as everything stands now. Raises `NotPermitted` if a statement may not go any more."""
    more = telling.files(actor, telling.told(actor, package))
    return manifest_of(package, contents_of(items) | telling.digests(more))


def _may_go(item: Item, *, original: bool, copies: Sequence[str], shown: str) -> None:
    sealed(item)
    if original and item.covert:
        raise NotPermitted("covert", COVERT, vault=item.id)
    if original and item.others_known and not shown:
        raise NotPermitted("thirds", GIVEN_AWAY, vault=item.id)
    cleared = {copy.number for copy in item.copies if copy.cleared}
    if not set(copies) <= cleared:
        raise NotPermitted("not_cleared", NOT_CLEARED, vault=item.id)
    if not original and not copies:
        raise NotPermitted("nothing", NOTHING, vault=item.id)


def sign(actor: Actor, package_id: bytes) -> None:
    """The second signature. Raises `NotPermitted`, `Refused`."""
    with writing():
        package = held_package(actor, package_id)
        still(actor, package, clock.today())
        manifest = _manifest(actor, package, opened_items(actor, package))
        block = approvals.approve(actor, package.id, package.approval, manifest)
        records.change(actor, package.record, {"approval": block}, what="signed", kept=False)
        record(actor, Event.SIGNED_SECOND, vault=package.id, reason="package")


def build(actor: Actor, package_id: bytes) -> None:
    """Build it, once, sealed to its recipient. Raises `NotPermitted`, `Refused`; then there is no package."""
    with writing():
        package = held_package(actor, package_id)
        allow(actor, Permission.WRITE_VAULT, Facts(type=TYPE, holds=True), vault=package.id)
        if not actor.stepped_up(clock.now()):
            raise NotPermitted("step_up", STEP, step_up=True, vault=package.id)
        if package.state(clock.now()) != "signed":
            raise NotPermitted("not_signed", NOT_SIGNED, vault=package.id)
        still(actor, package, clock.today())
        items = opened_items(actor, package)
        approvals.checked(package.id, package.approval, _manifest(actor, package, items))
        signing(actor)
    same = [look_after(actor, one.item.id) for one in items]
    if not all(same):
        raise NotPermitted("fixity", CHANGED, vault=package_id)
    with ExitStack() as stack:
        with writing():
            made, beside = _planned(actor, package_id, stack)
        laid = Laid(package_id)
        stack.callback(laid.close)

        def write(inlet: Inlet) -> bool:
            bagging.write(made, beside, inlet, clock.today())
            return True

        try:
            _, digest = sealed_to(Outlet(laid), package.key, write)
        except (NotSealed, bagging.NotTheSame) as why:
            raise NotPermitted("not_made", NOT_MADE, vault=package_id) from why
        laid.finish()
        _kept(actor, package_id, laid, digest)


def _planned(actor: Actor, package_id: bytes, stack: ExitStack) -> tuple[Plan, list[bagging.Laid]]:
    """Use the signatures, write `packaged` into each custody, and fix what is signed; all or nothing."""
    package = held_package(actor, package_id)
    still(actor, package, clock.today())  # it may have been taken back while every original was compared
    items, with_key = opened_items(actor, package), signing(actor)
    for one in items:
        _may_go(one.item, original=one.part.original, copies=one.part.copies, shown=package.shown)
    block = approvals.use(package.id, package.approval, _manifest(actor, package, items))
    records.change(actor, package.record, {"approval": block}, what="building", kept=False)
    along = telling.told(actor, package)
    more = telling.files(actor, along)
    for each in along:
        handed(actor, each.of, use=package.use, to=package.recipient)
    for one in items:
        _packaged(actor, one, package, bytes.fromhex(block["digest"]))
    asked = asked_of(actor, package, opened_items(actor, package), more, with_key, clock.today(), stack)
    made = plan(asked)
    if not isinstance(made, Plan):
        raise NotPermitted("package", made[0], vault=package.id)
    record(actor, Event.EXPORTED, vault=package.id, second=bytes.fromhex(block["approved_by"]),
           count=len(items) + len(along))
    return made, bagging.outer(made, with_key.sign)


def _packaged(actor: Actor, one: Opened, package: Package, digest: bytes) -> None:
    """The last line of the chain that goes along: it commits to what two people signed."""
    body = one.item.record.body
    commit = batch.commitment(bytes.fromhex(body["salt"]), [digest])
    lines = with_lines(actor, body, Happened("packaged", package.name, commit, "package"))
    records.change(actor, one.item.record, lines, what="packaged", kept=False)


def _kept(actor: Actor, package_id: bytes, laid: Laid, digest: str) -> None:
    with writing():
        package = held_package(actor, package_id)
        done = vaults.attach(actor, package.record.opened, laid, name=f"{package.name}.tar.age",
                             mime="application/octet-stream")
        record(actor, Event.FILE_ADDED, vault=package.id, version=done.version, digest=done.digest)
        held = held_package(actor, package_id).record
        built = {"file": laid.file_id.hex(), "size": laid.size, "sha256": digest, "at": at_text(clock.now())}
        records.change(actor, held, {"built": built}, what="built", kept=False)


def fetch(actor: Actor, package_id: bytes) -> tuple[Package, queries.Download]:
    """The sealed archive on its way out, if nobody took back since what it rests on.

    Raises `NoSuchVault` before it was built, `NotPermitted`.
    """
    with writing():
        package = held_package(actor, package_id)
        allow(actor, Permission.WRITE_VAULT, Facts(type=TYPE, holds=True), vault=package.id)
        if not package.built:
            raise NoSuchVault
        standing(actor, package)
        return package, queries.download(actor, package.record.opened, bytes.fromhex(package.built["file"]))


def standing(actor: Actor, package: Package) -> None:
    """That a package may still be given out, inside `writing()`. Raises `NotPermitted` with what is in the way."""
    still(actor, package, clock.today())
    telling.told(actor, package)


def held_package(actor: Actor, package_id: bytes) -> Package:
    """One package. Raises `NoSuchVault`, `NotPermitted`, `Refused`."""
    held = kept.one(actor, package_id, TYPE, looked=False)
    if held.body.get("sort") != SORT:
        raise NoSuchVault
    return package_of(held)
