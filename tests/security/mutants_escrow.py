"""Guards of the host key's escrow, removed one at a time."""

from mutant import Mutant

REFUSED = "tests/security/test_escrow.py::test_anything_else_is_refused_and_named"


def _escrow(name, old, new):
    return Mutant(name, "waystation/vault/escrow.py", old, new, REFUSED)


MUTANTS = [
    _escrow("an escrow of any length is read", '        raise Refused("length", f"an escrow file has', '        ("length", f"an escrow file has'),
    _escrow("an escrow of any version is read", '        raise Refused("version", f"this is no escrow file', '        ("version", f"this is no escrow file'),
    _escrow("an escrow of another office is a failure without a name", '    except Refused:\n        raise Refused("escrow", ANOTHER) from None\n',
            "    except Refused:\n        raise\n"),
    _escrow("whatever an escrow holds is a host key", '        raise Refused("host", "this escrow opens, and what it holds is no host key: somebody else made it") from None\n',
            '        return ""\n'),
]
