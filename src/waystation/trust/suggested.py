"""Which rules the record itself meets about one contact: flags that nobody has seen yet, with the days that speak.

Everything here is a proposal. It is computed from what people wrote down, it says which days raised it, and a named
person raises it or lets it be. Several are beside each other and never added up.

    asked for        grows, haste, before_proof (ploys), cheap (against what others asked for the same)
    official         money asked for a release                                        official_release
    go-between       first written down after the capture of whom they ask money for  new_intermediary
    links            a number or account that somebody else has too                   shared
    payments         what the writer of a line of the ledger marked                   the rule that was marked
    passages         lost with them, in their house, where they had reported calm     beyond_chance, sold_out, bait

Passages are held against the danger that was known when they were begun (`chance`). One whose danger nobody wrote down
raises nothing and clears nobody: it is counted apart and said.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from waystation.trust.chance import Passage, Record, beyond_chance, record
from waystation.trust.flags import RULES, Fact, Flag
from waystation.trust.links import plain
from waystation.trust.ploys import Demand, of_demands, of_price
from waystation.units import Money

OFFICIAL, INTERMEDIARY, HOST = "official", "intermediary", "host"  # roles of `vetting`


@dataclass(frozen=True, slots=True)
class Ask:
    """What somebody asked for. `of`: the leg it would pay for; `case`: whose release, if it is one."""

    demand: Demand
    release: bool = False
    of: str = ""
    case: str = ""


@dataclass(frozen=True, slots=True)
class Begun:
    """One leg that a party began. `chance`: of its loss, as the plan said that day; `betrayed`: None while open."""

    party: str
    on: date
    start: str
    end: str
    guide: str
    chance: float | None
    betrayed: bool | None
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Calm:
    """Somebody reported that an area was calm; it stood from one day to another."""

    source: str
    area: str
    first: date
    until: date


@dataclass(frozen=True, slots=True)
class Taken:
    """The party of a case was taken."""

    case: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """All that the record holds about one contact, as far as whoever looks may read it."""

    name: str
    names: tuple[str, ...]  # and whatever else they are called
    roles: frozenset[str]
    since: date  # when they were first written down
    places: tuple[str, ...] = ()
    asked: tuple[Ask, ...] = ()
    others: Mapping[str, tuple[Money, ...]] = field(default_factory=dict)  # what others asked, by leg
    begun: tuple[Begun, ...] = ()  # by anybody: how many guides and houses are looked at together counts
    calm: tuple[Calm, ...] = ()
    area_of: Mapping[str, str] = field(default_factory=dict)  # place to area
    shared: tuple[Fact, ...] = ()
    marked: tuple[tuple[str, Fact], ...] = ()
    taken: tuple[Taken, ...] = ()

    def is_called(self, code: str) -> bool:
        """Whether a code that somebody typed is theirs; capitals, spaces and hyphens make no other person."""
        return bool(plain(code)) and plain(code) in {plain(one) for one in self.names}

    @property
    def led(self) -> tuple[Begun, ...]:
        """Legs on which they led."""
        return tuple(one for one in self.begun if self.is_called(one.guide))


@dataclass(frozen=True, slots=True)
class Led:
    """How it went for parties that they led: against the danger that was known, and those of which none was known."""

    against: Record  # of passages whose danger was written down
    known: int  # other passages with a known end
    lost: int  # of those
    unknown: int  # others of which nobody knows the end

    @property
    def all(self) -> Record:
        """Ends alone, whether or not a danger was known: what somebody's record is counted from."""
        lost = (*self.against.losses, *(Passage("", date.min, 0.0, betrayed=True) for _ in range(self.lost)))
        return Record(lost, self.against.known + self.known, self.against.unknown + self.unknown, 0.0, 1.0, 1)


def led(known: Known) -> Led:
    """What became of parties with them."""
    mine = known.led
    bare = [one for one in mine if one.chance is None]
    ended = [one for one in bare if one.betrayed is not None]
    return Led(record(_passages(mine), looked_at=max(1, len(_guides(known)))), len(ended),
               sum(one.betrayed is True for one in ended), len(bare) - len(ended))


def suggested(known: Known) -> tuple[Flag, ...]:
    """Every rule that the record meets, in the order of the table, each with its facts by day.

    >>> day = date(2030, 1, 1)
    >>> usd = Money.parse
    >>> asked = (Ask(Demand(day, usd("500 USD"), paid=day)), Ask(Demand(date(2030, 1, 9), usd("900 USD"))))
    >>> [one.rule for one in suggested(Known(name="Reed", names=("Reed",), roles=frozenset(), since=day, asked=asked))]
    ['grows']
    """
    found: dict[str, list[Fact]] = {}
    for raised in (_asked, _official, _newcomer, _seen, _lost):
        for flag in raised(known):
            found.setdefault(flag.rule, []).extend(fact for fact in flag.facts if fact not in found.get(flag.rule, ()))
    return tuple(Flag(code, known.name, tuple(sorted(found[code], key=lambda fact: fact.on or date.min)))
                 for code in RULES if code in found)


def _asked(known: Known) -> Iterable[Flag]:
    for those in _of_one_thing(known.asked):
        yield from of_demands(known.name, [one.demand for one in those])
    for one in known.asked:
        if not one.release and one.of:
            yield from of_price(known.name, one.demand.amount, one.demand.on, known.others.get(plain(one.of), ()))


def _of_one_thing(asked: tuple[Ask, ...]) -> Iterable[list[Ask]]:
    """Demands that may be compared: for one leg, or for one case. A larger fee for another way has not grown; a release
    of which nobody wrote down whose it is may be anybody's.
    """
    ways = dict.fromkeys(plain(one.of) for one in asked if not one.release)
    cases = dict.fromkeys(plain(one.case) for one in asked if one.release and one.case) or {"": None}
    yield from ([one for one in asked if not one.release and plain(one.of) == way] for way in ways)
    yield from ([one for one in asked if one.release and plain(one.case) in {"", case}] for case in cases)


def _official(known: Known) -> Iterable[Flag]:
    facts = tuple(Fact.told("{amount} was asked for a release.", one.demand.on, amount=one.demand.amount)
                  for one in known.asked if one.release)
    if OFFICIAL in known.roles and facts:
        yield Flag("official_release", known.name, facts)


def _newcomer(known: Known) -> Iterable[Flag]:
    cases = {plain(one.case) for one in known.asked if one.case}
    facts = [Fact.told("{case} was taken.", one.on, case=one.case) for one in known.taken
             if plain(one.case) in cases and one.on <= known.since]
    if INTERMEDIARY in known.roles and facts:
        yield Flag("new_intermediary", known.name,
                   (*facts, Fact.told("They were first written down after that.", known.since)))


def _seen(known: Known) -> Iterable[Flag]:
    if known.shared:
        yield Flag("shared", known.name, known.shared)
    for rule, fact in known.marked:
        yield Flag(rule, known.name, (fact,))


def _lost(known: Known) -> Iterable[Flag]:
    yield from _beyond(known, "beyond_chance", known.is_called, _guides(known), lambda one: one.guide, known.name)
    if HOST in known.roles:
        houses = _slept(known)
        for place in known.places:
            yield from _raised(known, "sold_out", place, houses)
    calm = _told_calm(known)
    mine = {who: those for who, those in calm.items() if known.is_called(who)}
    others: dict[str, tuple[Begun, ...]] = {who: () for who in calm if who not in mine}
    together = tuple(dict.fromkeys(one for those in mine.values() for one in those))
    yield from _raised(known, "bait", known.name, {**others, known.name: together})


def _beyond(known: Known, rule: str, theirs: Callable[[str], bool], names: Iterable[str],
            of: Callable[[Begun], str], about: str) -> Iterable[Flag]:
    """Their passages against chance, counted over everybody of whom there are any."""
    others: dict[str, tuple[Begun, ...]] = {name: () for name in names if not theirs(name)}
    yield from _raised(known, rule, about, {**others, about: tuple(one for one in known.begun if theirs(of(one)))})


def _raised(known: Known, rule: str, about: str, of: Mapping[str, Iterable[Begun]]) -> Iterable[Flag]:
    passages = {name: _passages(those) for name, those in of.items()}
    for flag in beyond_chance(passages, rule, _beside(known)):
        if flag.about == about:
            yield Flag(rule, known.name, flag.facts)


def _passages(those: Iterable[Begun]) -> list[Passage]:
    return [Passage(one.party, one.on, one.chance, one.betrayed) for one in those if one.chance is not None]


def _guides(known: Known) -> tuple[str, ...]:
    """Everybody who led, once each however they were written."""
    return tuple({plain(one.guide): one.guide for one in known.begun if plain(one.guide)}.values())


def _slept(known: Known) -> dict[str, tuple[Begun, ...]]:
    """Place to the legs that parties began there after they had come to it: what follows a night in a house."""
    came = {(one.party, one.end, one.on) for one in known.begun}
    found: dict[str, list[Begun]] = {}
    for one in known.begun:
        if any(party == one.party and place == one.start and on <= one.on for party, place, on in came):
            found.setdefault(one.start, []).append(one)
    return {place: tuple(those) for place, those in found.items()}


def _told_calm(known: Known) -> dict[str, tuple[Begun, ...]]:
    """Source to the legs that were begun where and while their word of calm stood."""
    found: dict[str, tuple[Begun, ...]] = {}
    for who in dict.fromkeys(one.source for one in known.calm):
        theirs = [one for one in known.calm if one.source == who]
        begun = tuple(leg for leg in known.begun
                      if any(said.area == known.area_of.get(leg.start) and said.first <= leg.on <= said.until
                             for said in theirs))
        if begun:
            found[who] = begun
    return found


def _beside(known: Known) -> dict[str, list[str]]:
    """What each party had with it: who led, where it came by. They themselves are not beside themselves."""
    found: dict[str, list[str]] = {}
    for one in known.begun:
        found.setdefault(one.party, []).extend(
            code for code in (one.guide, one.start, one.end) if code and not known.is_called(code))
    return found
