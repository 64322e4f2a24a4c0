"""What a leg asks people to carry, and how long it leaves medicine without cold: may this party go?

A cell that nobody filled in is not known, and not known is never read as "asks nothing": whoever has a limit does not
go where it cannot be compared. The load is shared out among those who go together. Medicine must come to a place where
it is cooled again, because nobody can promise how long a stay lasts.
"""

from waystation.network.rows import Leg, Place
from waystation.party import Party


def too_heavy(leg: Leg, party: Party) -> str:
    """Why this party cannot carry what the leg asks for; empty if it can, or if neither side was ever told.

    >>> from waystation.network.example import example_book
    >>> leg, two = example_book().legs[2], dict(size=2, youngest_y=9, oldest_y=34, all_agree=True, guardian_ok=True)
    >>> leg.carry_kg, too_heavy(leg, Party(**two, carry_kg=11))
    (6, 'more to carry than they can: 12 kg for all, 11 kg at most')
    >>> too_heavy(leg, Party(**two, carry_kg=12)), too_heavy(leg, Party(**two))
    ('', '12 kg to carry for all, and nobody has said what they can carry')
    """
    if leg.carry_kg is None:
        return "" if party.carry_kg is None else "what must be carried is not known, and they can carry only so much"
    load = leg.carry_kg * party.size
    if party.carry_kg is None:
        return f"{load} kg to carry for all, and nobody has said what they can carry" if load else ""
    fits = load <= party.carry_kg
    return "" if fits else f"more to carry than they can: {load} kg for all, {party.carry_kg} kg at most"


def without_cold(leg: Leg, end: Place, party: Party) -> str:
    """Why medicine that must be kept cold would spoil on this leg or where it ends; empty if it keeps.

    >>> from waystation.network.example import example_book
    >>> book, one = example_book(), dict(size=1, youngest_y=34, oldest_y=34, all_agree=True, guardian_ok=True)
    >>> leg, end = book.legs[1], book.places[2]
    >>> leg.uncooled_h, without_cold(leg, end, Party(**one, uncooled_h=30)), without_cold(leg, end, Party(**one))
    (30, '', '')
    >>> without_cold(leg, end, Party(**one, uncooled_h=30, pace=1.5))
    'medicine would be without cold for 45 hours; it keeps for 30'
    """
    if party.uncooled_h is None:
        return ""
    if leg.uncooled_h is None:
        return "how long medicine is without cold is not known, and theirs must be kept cold"
    hours = round(leg.uncooled_h * max(1.0, party.pace), 6)  # whoever is slower is longer without it
    if hours > party.uncooled_h:
        return f"medicine would be without cold for {hours:g} hours; it keeps for {party.uncooled_h}"
    if end.cooling is None:
        return f"whether medicine can be cooled again at {end.code} is not known, and theirs must be kept cold"
    return "" if end.cooling else f"medicine cannot be cooled again at {end.code}, and theirs must be kept cold"
