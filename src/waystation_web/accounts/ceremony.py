"""The recovery ceremony as it is done at the console of the office: ask, and take the answer in.

Nobody is signed in there, because perhaps nobody can. Whoever sits at the console has the machine anyway, and gets
nothing by it: what comes back can be opened by the person for whom two custodians gave it, and by nobody else. Each act
says in the record that it was done, and everybody who comes in afterwards is told.
"""

from __future__ import annotations

from collections.abc import Iterable

from waystation.access import default_kinds
from waystation_web.audit import actions as record
from waystation_web.audit import queries as chain
from waystation_web.audit.events import Event
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.vault import ceremony, trust
from waystation_web.vault.ceremony import Asked, Given
from waystation_web.vault.labels import read_label

UNSETTLED = ("somebody who was given records by a ceremony has not signed in since: those would be lost. Let them sign "
             "in first")
DIGITS = 32  # of a vault's id, in hex


def ask_at_console(handle: str, *, vaults: Iterable[str] = (), lost_by: str = "", of_roles: bool = False) -> Asked:
    """Ask the custodians for what this person is to read again.

    Without anything more: whatever nobody can open. `lost_by`: what only that colleague, whose words are lost, could
    open. `of_roles`: all of the kinds that this person's roles are given from the start. Raises `Refused`, or
    `ValueError` for an id that is none.
    """
    with writing():
        account = ceremony.by_handle(handle)
        wanted = [_id(one) for one in vaults]
        if of_roles:
            wanted += ceremony.of_kinds(default_kinds(read_label(account).roles))
        if lost_by:
            wanted += ceremony.alone(ceremony.by_handle(lost_by))
        if not (of_roles or lost_by or wanted):
            wanted += ceremony.unreadable()
        asked = ceremony.ask(account, wanted)
        record.record(None, Event.RECOVERY_ASKED, account=account.id, count=sum(asked.kinds.values()),
                      digest=asked.digest, reason="at the console")
    return asked


def _id(text: str) -> bytes:
    """A vault's id as `verify` prints it. Raises `ValueError`."""
    if len(text) != DIGITS:
        raise ValueError(f"{text}: the id of a record has {DIGITS} digits, as verify prints them")
    return bytes.fromhex(text)


def take_in_at_console(raw: bytes) -> Given:
    """Give back what two custodians answered, in one transaction with its entries, and tell everybody.

    Raises `Refused`; then nothing was changed.
    """
    with trust.unless_it_fails(), writing():
        given = ceremony.give(raw)
        count = len(given.vaults) + given.days
        record.record(None, Event.RECOVERY_DONE, account=given.account, count=len(given.vaults), digest=given.digest,
                      reason=f"sheets: {', '.join(given.countries)}", days=given.days)
        entry = chain.head().seq
        for vault in given.vaults:
            record.record(None, Event.RECOVERED, vault=vault, account=given.account)
        trust.note_ceremony(trust.Ceremony(entry, clock.today(), given.account, count))
    return given


def change_recovery_key_at_console(public_text: str, words: str) -> int:
    """Believe another recovery key: `words` are its eight words, read from a new sheet. How many records wait for it.

    From now on each sign-in gives what that person holds a new key, granted to the new recovery key; the grant to the
    old one goes with it. Raises `Refused`; then nothing was changed.
    """
    with trust.unless_it_fails(), writing():
        if ceremony.unsettled():
            raise ceremony.Refused("unsettled", UNSETTLED)
        trust.change_recovery(public_text, words)
        count = ceremony.all_wait()
        record.record(None, Event.RECOVERY_SET, digest=trust.trust().digest, count=count,
                      reason="changed at the console")
    return count
