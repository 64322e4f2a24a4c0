"""Invented worlds that travel with the software: a route book each, and the parties who ask it for a way.

`long-way` is the demonstration, `river` is small enough to be worked by hand. A world is one JSON file, `NAME.json`; a
party who asks it is `NAME.PARTY.json`. Every station, helper, price, danger and outcome in them is made up, nothing is
drawn finer than a province or a publicly reported town, and each book says `fictional: yes`. Workbooks are not kept
beside the JSON: they are written from it on demand, so that the two cannot come to differ.
"""

from importlib.resources import files


def names() -> tuple[str, ...]:
    """Names of the shipped worlds, in alphabetical order.

    >>> names()
    ('long-way', 'river')
    """
    return tuple(sorted(stem for stem in _stems() if "." not in stem))


def parties(name: str) -> tuple[str, ...]:
    """Who may ask a world for a way. Raises `KeyError` for a world that is not shipped.

    >>> parties("long-way")
    ('expecting', 'family', 'young-man')
    """
    _known(name, names())
    return tuple(sorted(stem.removeprefix(f"{name}.") for stem in _stems() if stem.startswith(f"{name}.")))


def world(name: str) -> bytes:
    """The route book of a world, as JSON. Raises `KeyError` for a world that is not shipped.

    >>> b'"waystation_route_book"' in world("river")
    True
    """
    _known(name, names())
    return (files(__name__) / f"{name}.json").read_bytes()


def party(name: str, which: str) -> bytes:
    """A party of a world, as JSON with the keys `party` and `terms`. Raises `KeyError` for one that is not shipped.

    >>> b"not a record" in party("long-way", "family")
    True
    """
    _known(which, parties(name))
    return (files(__name__) / f"{name}.{which}.json").read_bytes()


def month(name: str, which: str) -> bytes:
    """The invented month of a world: its `missions` or its `caps`. Raises `KeyError` for one that is not shipped.

    >>> b"fictional" in month("river", "missions")
    True
    """
    _known(name, ("river",))
    _known(which, ("missions", "caps"))
    return (files(__name__) / "months" / f"{name}.{which}.json").read_bytes()


def _stems() -> tuple[str, ...]:
    return tuple(entry.name.removesuffix(".json") for entry in files(__name__).iterdir()
                 if entry.name.endswith(".json"))


def _known(name: str, known: tuple[str, ...]) -> None:
    if name not in known:
        raise KeyError(f"not shipped; there is {', '.join(known)}")
