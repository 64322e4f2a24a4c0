"""`tick`: what time does by itself, once, for whoever does not leave the office open at night.

It needs nobody's keys and not the host key: the medium may be in its safe. `serve` does the same each day.
"""

from __future__ import annotations

from waystation_web.gateways.installation import Installation

from . import Cannot
from .making import opened

DOUBT = "the date is in doubt, as after a clock that went ahead, or a computer that was off for long"


def tick(installation: Installation) -> int:
    """End what has ended and destroy what is past its day; print how much. Raises `Cannot`, and nothing was changed."""
    opened(installation)
    from django.db import DatabaseError

    from waystation_web.gateways import clock
    from waystation_web.vault.errors import Refused

    from .housekeeping import InDoubt, done_for
    try:
        ended, gone = done_for(clock.today())
    except InDoubt as why:
        raise Cannot(f"Nothing was ended or destroyed: {DOUBT}. It says {clock.today()}. Set its clock if that is "
                     "wrong; if it is right, the head or a security officer says so: Today, What goes soon, Is that "
                     "right?") from why
    except OSError as reason:
        raise Cannot(f"Nothing was done: the folder of the office cannot be written to ({reason.strerror})") from reason
    except Refused as reason:
        raise Cannot("Nothing was done: whose certificates count here cannot be read, so what was done could not be "
                     "recorded. Look at trust.toml with: waystation-office doctor") from reason
    except DatabaseError as reason:
        raise Cannot("Nothing was done: the database does not answer or cannot be written to. Is the disk full? "
                     "Try again") from reason
    print(f"{gone} records were past their day and are destroyed; of {ended} records somebody's reading ended.")
    return 0
