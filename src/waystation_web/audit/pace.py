"""How many different records somebody opens in an hour: more than fifty about people, or twenty contacts, is told to
the security officers (refusal H-10).

Counted in the runtime folder, so that it outlives a worker and leaves no trace on a disk.
"""

from __future__ import annotations

from django.conf import settings

from waystation_web.gateways import clock
from waystation_web.gateways.runtime import folder, write_whole

# The types that are watched, the count they share, and how many of one count pass without a notice.
WATCHED = {"person": "people", "handle": "people", "spot": "people", "contact": "contacts"}
MANY = {"people": 50, "contacts": 19}


def too_many(account: bytes, vault: bytes, type_: str) -> bool:
    """Count a record of a watched type as opened. True once an hour: at the first one that is too many."""
    of = WATCHED[type_]
    path = folder(settings.INSTALLATION, "pace") / (account.hex() if of == "people" else f"{account.hex()}-{of}")
    hour = clock.hour(clock.now()).to_bytes(4, "big")
    content = path.read_bytes() if path.is_file() else b""
    seen = content[4:] if content[:4] == hour else b""
    known = {seen[place:place + 16] for place in range(0, len(seen), 16)}
    if vault in known:
        return False
    write_whole(path, hour + seen + vault)
    return len(known) == MANY[of]
