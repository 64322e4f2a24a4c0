"""How many different records about people somebody opens in an hour: more than fifty is told to the security officers.

Counted in the runtime folder, so that it outlives a worker and leaves no trace on a disk.
"""

from __future__ import annotations

from django.conf import settings

from waystation_web.gateways import clock
from waystation_web.gateways.runtime import folder, write_whole

WATCHED = frozenset({"person", "handle", "spot"})
MANY = 50


def too_many(account: bytes, vault: bytes) -> bool:
    """Count a record as opened. True once an hour: at the first one above fifty."""
    path = folder(settings.INSTALLATION, "pace") / account.hex()
    hour = clock.hour(clock.now()).to_bytes(4, "big")
    content = path.read_bytes() if path.is_file() else b""
    seen = content[4:] if content[:4] == hour else b""
    known = {seen[place:place + 16] for place in range(0, len(seen), 16)}
    if vault in known:
        return False
    write_whole(path, hour + seen + vault)
    return len(known) == MANY
