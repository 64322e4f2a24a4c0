"""What the core says of a contact, in the reader's language: facts, losses against chance, what a betrayal would pay.

In English each is the core's own sentence, word for word; a test holds the two together.
"""

from __future__ import annotations

import math
from typing import cast

from django.utils.translation import gettext

from waystation.trust.chance import RECORD, Record
from waystation.trust.flags import Fact
from waystation.trust.incentive import Incentive, Range
from waystation.trust.sources import Source
from waystation.trust.suggested import Led


def fact(one: Fact) -> str:
    """A fact that raised a flag."""
    if one.form == RECORD:
        return record(cast(Record, dict(one.values)["record"]))
    if not one.form:
        return one.said
    return gettext(one.form).format(**dict(one.values))


def record(seen: Record) -> str:
    """How many were lost, against the danger that was known."""
    unknown = gettext("Of %(n)s more nobody knows the end.") % {"n": seen.unknown} if seen.unknown else ""
    if not seen.known:
        return _joined(gettext("No passage with a known end."), unknown)
    said = gettext("%(lost)s of %(known)s parties were lost; the danger known of these passages would bring "
                   "%(expected)s.") % {"lost": len(seen.losses), "known": seen.known,
                                       "expected": f"{seen.expected:.1f}"}
    if not seen.losses:
        return _joined(said, unknown)
    return _joined(said, gettext("As many or more come by chance %(often)s.") % {"often": _often(seen.tail)}, unknown)


def _often(chance: float) -> str:
    if chance < 0.001:
        return gettext("less than once in 1,000")
    of = 1000 if chance < 0.01 else 100
    times = math.ceil(round(of * chance, 9))
    if times == 1:
        return gettext("about once in %(of)s") % {"of": f"{of:,}"}
    return gettext("about %(times)s times in %(of)s") % {"times": times, "of": f"{of:,}"}


def went(seen: Led) -> str:
    """How it went for parties with somebody; empty where there was none."""
    bare = gettext("Parties of which nobody wrote down the danger: %(known)s; of them lost: %(lost)s.") % {
        "known": seen.known, "lost": seen.lost} if seen.known else ""
    if seen.unknown:
        bare = _joined(bare, gettext("Of %(n)s more nobody knows the end.") % {"n": seen.unknown})
    first = record(seen.against) if seen.against.known or seen.against.unknown else ""
    return _joined(first, bare)


def incentive(seen: Incentive) -> str:
    """What a betrayal would pay beside what it would cost: what is on the table, not what somebody will do."""
    size = {"n": seen.size}
    pays = gettext("What a report of a party of %(n)s would pay is not known") % size if seen.pays is None else gettext(
        "For a party of %(n)s, a report would pay %(months)s months of wages") % {**size, "months": months(seen.pays)}
    loses = gettext("what is still owed to them is not known") if seen.loses is None else gettext(
        "%(months)s months of fee are still owed to them") % {"months": months(seen.loses)}
    exposed = gettext("whom they could give away is not known") if seen.exposed is None else gettext(
        "they could give away %(n)s of ours") % {"n": seen.exposed}
    through = gettext("no journey with them is on record")
    if seen.record is not None and seen.record.known:
        through = gettext("%(n)s of %(known)s parties with a known end came through with them") % {
            "n": seen.record.known - len(seen.record.losses), "known": seen.record.known}
    return f"{pays}; {loses}; {exposed}; {through}."


def months(of: Range) -> str:
    """Months of wages, from the least to the most."""
    low, high = (gettext("under 1") if 0 < one < 1 else str(round(one)) for one in (of.low, of.high))
    return low if low == high else gettext("%(low)s to %(high)s") % {"low": low, "high": high}


def learnt(source: Source) -> str:
    """What was learnt of somebody's reports; empty while too few could be checked."""
    if not source.sentence:
        return ""
    right = round(10 * source.right / source.checked)
    numbers = {"right": right, "n": round(source.checked)}
    if 0.9 <= source.factor <= 1.1:
        return gettext("They named the condition rightly in about %(right)s of 10 reports that could be checked "
                       "(%(n)s): they are believed about as their grade says.") % numbers
    if source.factor < 1:
        return gettext("They named the condition rightly in about %(right)s of 10 reports that could be checked "
                       "(%(n)s): they are believed less than their grade says.") % numbers
    return gettext("They named the condition rightly in about %(right)s of 10 reports that could be checked "
                   "(%(n)s): they are believed more than their grade says.") % numbers


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)
