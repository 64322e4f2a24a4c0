"""`slip`: where the record of acts stands, for a witness outside; and a slip that came back, held against the record.

The check needs nobody's keys and writes nothing: it can be made on a copy, or on a machine that nobody trusts any more.
"""

from __future__ import annotations

import sys
from pathlib import Path

from waystation_web.gateways.installation import Installation

from . import FOUND, Cannot
from .making import opened

TYPED = Path("-")


def give(installation: Installation) -> int:
    """Print a slip; the record says that it was given at the console. Raises `Cannot`."""
    opened(installation)
    from django.db import DatabaseError

    from waystation_web.audit import slips
    from waystation_web.vault.errors import Refused
    try:
        given = slips.given(None)
    except Refused as reason:
        raise Cannot("No slip was given: the office cannot record that it was. Is the host key in its place, and is "
                     "there a recovery key? Look with: waystation-office doctor") from reason
    except DatabaseError as reason:
        raise Cannot("No slip was given: the database does not answer or cannot be written to. Try again") from reason
    print(slips.paper(given), end="")
    return 0


def check(installation: Installation, path: Path) -> int:
    """Say what a slip shows: 0 if the record stands as it did, 1 if not. Raises `Cannot`."""
    try:
        typed = sys.stdin.read() if path == TYPED else path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as reason:
        raise Cannot(f"{path} cannot be read as a slip: it is a text of twenty groups of digits") from reason
    opened(installation)
    from django.db import DatabaseError

    from waystation.evidence.slip import Stands, Unreadable
    from waystation_web.audit import slips, words_slip
    try:
        found = slips.compared(typed)
    except Unreadable as why:
        raise Cannot(words_slip.unreadable(why)) from None
    except DatabaseError as reason:
        raise Cannot("The record could not be read: the database does not answer. Try again") from reason
    print(words_slip.verdict(found), *words_slip.beside(found), sep="\n")
    return 0 if found.stands is Stands.AS_IT_DID else FOUND
