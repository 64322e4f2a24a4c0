"""A worker that does one act after another until it is killed. Started by test_crash.py, with keys on standard input."""

import json
import sys
from datetime import UTC, datetime, timedelta

import django


def main(seed):
    django.setup()
    import acts
    import numpy as np

    from waystation.access import Role
    from waystation.vault.keys import Secrets
    from waystation_web.vault import queries
    from waystation_web.vault.actor import Actor
    from waystation_web.vault.errors import NotPermitted

    people = [Actor(bytes.fromhex(row), row, row, frozenset({Role.CASE_WORKER}), False, Secrets.from_raw(bytes.fromhex(raw)),
                    stepped_up_until=datetime.now(UTC) + timedelta(days=9)) for row, raw in json.load(sys.stdin)]
    chance = np.random.default_rng(seed)
    print("ready", flush=True)
    while True:
        one, other = (people[place] for place in chance.permutation(len(people))[:2])
        held = [grant.vault_id for grant in queries.current(one.id).filter(vault__payload__isnull=False)]
        vault = held[chance.integers(len(held))] if held else None
        act = str(chance.choice(["create", "write", "share", "end", "settle", "rotate", "shred", "attach", "backlog"]))
        try:
            if act == "create" or vault is None:
                acts.create(one, "word " * int(chance.integers(1, 2000)))
            elif act == "write":
                acts.write(one, vault, "other " * int(chance.integers(1, 2000)))
            elif act == "attach":
                acts.attach(one, vault, chance.bytes(int(chance.integers(0, 300_000))))
            elif act == "settle":
                acts.settle(one)
            elif act == "backlog":
                acts.rotate_backlog(one)
            elif act in {"rotate", "shred"}:
                getattr(acts, act)(one, vault)
            else:
                getattr(acts, act)(one, vault, other)
        except (NotPermitted, acts.NoSuchVault):
            continue


if __name__ == "__main__":
    main(int(sys.argv[1]))
