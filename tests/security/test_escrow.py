"""The host key beside the backups: two sheets open it, for this office alone; anything else is refused."""

import json
from datetime import date

import golden_vault
import pytest
from sealed_things import RECOVERY, fixed, refusal

from waystation.contexts import ctx
from waystation.vault import escrow
from waystation.vault.host import HostKeys
from waystation.vault.recovery import Recovery, combine

pytestmark = pytest.mark.once

OFFICE = bytes(range(16))
FIRST = HostKeys.new(date(2026, 1, 1))
TEXT = FIRST.next(date(2026, 1, 15)).text()
SEALED = escrow.sealed(TEXT, OFFICE, RECOVERY.bundle)
GOLDEN = json.loads((golden_vault.FOLDER / "escrow.json").read_text("utf-8"))


@pytest.mark.promise("P08")
def test_two_sheets_open_it_and_it_is_the_whole_file():
    one, _, three = RECOVERY.sheets()
    assert escrow.opened(SEALED, OFFICE, combine([three, one])) == TEXT
    assert HostKeys.parse(escrow.opened(SEALED, OFFICE, RECOVERY)).epochs == (1, 2)
    assert len(escrow.sealed(FIRST.text(), OFFICE, RECOVERY.bundle)) < len(SEALED) == 1 + 1120 + len(TEXT) + 16 == 1327


@pytest.mark.promise("P04")
def test_each_bit_counts():
    for at in (0, 1, 600, 1088, 1120, 1121, 1200, len(SEALED) - 1):
        changed = SEALED[:at] + bytes([SEALED[at] ^ 1]) + SEALED[at + 1:]
        assert refusal(lambda here=changed: escrow.opened(here, OFFICE, RECOVERY)) == ("escrow" if at else "version")


@pytest.mark.promise("P04")
@pytest.mark.parametrize(("data", "organisation", "recovery", "kind"), [
    (SEALED, fixed("other")[:16], RECOVERY, "escrow"),
    (SEALED, OFFICE, Recovery(fixed("another recovery")), "escrow"),
    (SEALED[:-1], OFFICE, RECOVERY, "escrow"),
    (SEALED + b"\0", OFFICE, RECOVERY, "escrow"),
    (b"", OFFICE, RECOVERY, "length"),
    (SEALED[:1137], OFFICE, RECOVERY, "length"),
    (SEALED + bytes(4096), OFFICE, RECOVERY, "length"),
    (b"\2" + SEALED[1:], OFFICE, RECOVERY, "version"),
    (TEXT.encode() * 9, OFFICE, RECOVERY, "version"),
    (b"\1" + RECOVERY.bundle.encrypt(TEXT.encode(), ctx("grant", OFFICE)), OFFICE, RECOVERY, "escrow"),
    (b"\1" + RECOVERY.bundle.encrypt(b"no host key", ctx("hostkey", OFFICE)), OFFICE, RECOVERY, "host"),
    (b"\1" + RECOVERY.bundle.encrypt("é".encode(), ctx("hostkey", OFFICE)), OFFICE, RECOVERY, "host"),
], ids=["office", "key", "shorter", "longer", "empty", "no text", "long", "version", "host.key itself", "context",
        "other text", "not ASCII"])
def test_anything_else_is_refused_and_named(data, organisation, recovery, kind):
    assert refusal(lambda: escrow.opened(data, organisation, recovery)) == kind


def test_only_a_host_key_is_sealed_and_only_for_an_office():
    with pytest.raises(ValueError, match="line 1"):
        escrow.sealed("WAYSTATION-ALARM-KEY-1\n", OFFICE, RECOVERY.bundle)
    with pytest.raises(ValueError, match="16 bytes"):
        escrow.sealed(TEXT, OFFICE[:15], RECOVERY.bundle)
    with pytest.raises(ValueError, match="16 bytes"):
        escrow.opened(SEALED, OFFICE + b"\0", RECOVERY)


def test_no_refusal_says_a_key():
    secret = FIRST.text().split()[3]
    for data in (SEALED[:-1], b"\2" + SEALED[1:], TEXT.encode() * 9):
        with pytest.raises(escrow.Refused) as caught:
            escrow.opened(data, OFFICE, RECOVERY)
        assert secret not in str(caught.value)


@pytest.mark.promise("P20")
def test_what_the_first_release_escrowed_opens():
    found = {name: bytes.fromhex(GOLDEN[name]) for name in ("escrow", "organisation", "recovery secret")}
    text = escrow.opened(found["escrow"], found["organisation"], Recovery(found["recovery secret"]))
    assert text == GOLDEN["host.key"]
