"""The tables a thief would read.

What each column gives away is a row of the leak table in docs/threat-model.md; a column without a row there fails a
test. No time of making or changing anywhere: times are inside what is sealed.

An account's row is here, not in `accounts`, because every grant is checked against its public keys and certificate.
"""

from __future__ import annotations

from django.db import models

from .fields import Bytes


class Account(models.Model):
    """One person's keys. Everything about the person is sealed in `label`."""

    class State(models.IntegerChoices):
        """Whether the person may sign in."""

        INVITED = 0
        ACTIVE = 1
        LOCKED = 2
        REMOVED = 3

    id = Bytes(primary_key=True, max_length=16)
    state = models.SmallIntegerField(choices=State.choices)
    label = Bytes()                        # host layer: handle, name, roles, deputy, language
    slot = Bytes(null=True)                # host layer over the slot that the passphrase opens
    factors = Bytes()                      # host layer: TOTP secret, passkeys
    pins = Bytes(null=True)                # under the person's own key
    bundle = Bytes(null=True)              # public keys, once enrolled
    cert_by = Bytes(max_length=16, null=True)
    cert_sig = Bytes(max_length=64, null=True)
    invite = Bytes(null=True)              # host layer: digest of a one-time code and its end

    class Meta:
        db_table = "account"


class Vault(models.Model):
    """One sealed payload under its own key."""

    id = Bytes(primary_key=True, max_length=16)
    kind = models.SmallIntegerField()
    version = models.IntegerField()        # of the key, from 1
    rotate_due = models.BooleanField(default=False)
    retain_until = models.DateField(null=True)
    payload = Bytes(null=True)             # null for days of the record

    class Meta:
        db_table = "vault"


class Grant(models.Model):
    """A vault's key, wrapped for one person. `principal` is an account's id, or 16 zero bytes for the recovery key."""

    pk = models.CompositePrimaryKey("vault", "version", "principal")
    vault = models.ForeignKey(Vault, on_delete=models.CASCADE, db_column="vault", related_name="grants")
    version = models.IntegerField()
    principal = Bytes(max_length=16)
    until = models.DateField(null=True)
    wrap = Bytes()

    class Meta:
        db_table = "grant"
        indexes = [models.Index(fields=["principal", "vault"], name="grant_principal_vault")]  # read without sorting


class File(models.Model):
    """A sealed file's key, wrapped under its vault's key.

    Its body lies in `files/`; name and true size are in the payload.
    """

    id = Bytes(primary_key=True, max_length=16)
    vault = models.ForeignKey(Vault, on_delete=models.CASCADE, db_column="vault", related_name="files")
    wrap = Bytes()

    class Meta:
        db_table = "file"


class Hold(models.Model):
    """Until when a vault is not deleted by time: visible without keys, because deletion runs without keys.

    Which hold it belongs to, and why it was placed, is sealed. A vault may have several.
    """

    id = Bytes(primary_key=True, max_length=16)
    vault = models.ForeignKey(Vault, on_delete=models.CASCADE, db_column="vault", related_name="holds")
    until = models.DateField()             # a Monday: from then on it may go again

    class Meta:
        db_table = "hold"
