"""A small office with two folders for backups, and what opens in it: for tests of the host key."""

from dataclasses import replace

import acts
import world
from django.db import connection

from waystation.access import Role
from waystation.vault import escrow
from waystation.vault.host import HostKeys
from waystation_web.accounts import people as accounts
from waystation_web.audit.actions import record
from waystation_web.audit.events import Event
from waystation_web.gateways import backups
from waystation_web.vault import epochs, escrows, host, layers, people
from waystation_web.vault.models import Account, Grant


def with_folders(office, names=("near", "far")):
    """The office, with folders for backups beside it, an open invitation, somebody with factors, and two vaults."""
    folders = tuple(office.installation.home.parent / name for name in names)
    for folder in folders:
        folder.mkdir()
    office.installation = replace(office.installation, backups=folders)
    world._use(office.installation)
    return office


def tell(words):
    record(None, Event.HOST_KEY_CHANGED, reason=words)


def change(*, forget=True, batch=layers.BATCH):
    return epochs.change(tell, forget=forget, batch=batch)


def invited(office):
    """Somebody who was invited and has not come yet; and the code that they hold."""
    anna = office.actor(office.people["anna"])
    return accounts.invite(anna, handle="ines", name="Ines (invented)", roles=frozenset({Role.COORDINATOR}))


def sealed_values():
    """Every value under the host key: layer, primary key, value."""
    return [(layer, row[:-1], row[-1]) for layer in layers.LAYERS
            for row in layer.rows().exclude(**{layer.column: None}).order_by(*layer.key).values_list(*layer.key, layer.column)]


def insides(keys=None):
    """What lies under the host key, by row: the same before and after a change."""
    keys = keys or host.host_keys()
    return {(layer.purpose, *row): keys.unseal(value, layer.purpose, *layer.bound(*row)) for layer, row, value in sealed_values()}


def of_epochs():
    return {host.epoch_of(value) for _, _, value in sealed_values()}


def escrowed(office, folder=0):
    """The host key as two sheets bring it back."""
    place = backups.folders(office.installation)[folder]
    data = backups.escrow_of(office.installation, place).read_bytes()
    return escrow.opened(data, office.installation.organisation_id, office.recovery)


def whole(office, expected):
    """After a change: everything opens, rows and escrows are of the one host key, nothing is left lying about."""
    now = host.host_keys()
    found = insides(now)
    assert {key: found[key] for key in expected} == expected
    assert of_epochs() == {now.current}
    assert {escrowed(office, folder) for folder in (0, 1)} == {now.text()}
    assert set(escrows.lying(office.installation).values()) == {True}
    left = [path for folder in (*office.installation.backups, office.installation.home / "keys") for path in folder.glob(".*")]
    assert left == []
    return now


def held_by(keys):
    return HostKeys.parse(keys).epochs


def grants():
    return Grant.objects.count()


def copy_of_database(office, to):
    """A backup as bytes: what the database held at this moment."""
    import sqlite3

    connection.close()
    with sqlite3.connect(office.installation.sqlite) as source, sqlite3.connect(to) as target:
        source.backup(target)
    return to


def opened_words(office, person):
    """A person's keys out of their slot, with their words: one derivation."""
    return people.open_with_words(Account.objects.get(pk=person.id), person.words)


__all__ = ["acts", "change", "copy_of_database", "escrowed", "grants", "held_by", "insides", "invited", "of_epochs",
           "opened_words", "sealed_values", "tell", "whole", "with_folders"]
