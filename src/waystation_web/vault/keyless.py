"""Days of the record that were begun without the host key, by the job that deletes what time has run out for.

Such a day's key is wrapped for its readers as any other, without the host layer, and is marked for good by its version:
an entry under it can only say what time did by itself. As soon as a process has the host key it puts the layer on.
"""

from __future__ import annotations

from django.db.models import QuerySet
from django.db.models.functions import Length

from waystation.access import Kind
from waystation.vault.grants import SERVER, SIZES

from .host import host_keys
from .models import Grant

VERSION = 2             # of the key of such a day; any other day's has version 1
BARE = SIZES[SERVER]    # bytes of a wrap without the host layer


def is_bare(grant: Grant) -> bool:
    """Whether this wrap has no host layer, and may be without: nothing else may."""
    there = (grant.vault.kind, grant.version, grant.vault.version, len(grant.wrap))
    return there == (Kind.AUDIT, VERSION, VERSION, BARE)


def bare() -> QuerySet[Grant]:
    """Every wrap that waits for its host layer."""
    return Grant.objects.alias(size=Length("wrap")).filter(vault__kind=Kind.AUDIT, version=VERSION, size=BARE)


def dress() -> int:
    """Put the host layer on whatever has none, inside the caller's `writing()`. Returns how many. Raises `Refused`."""
    count = 0
    for grant in bare():
        bound = (grant.vault_id, VERSION.to_bytes(4, "big"), grant.principal)
        wrap = host_keys().seal(bytes(grant.wrap), "grant", *bound)
        count += Grant.objects.filter(vault_id=grant.vault_id, version=VERSION, principal=grant.principal).update(
            wrap=wrap)
    return count
