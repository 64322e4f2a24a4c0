"""What the core's codes are called on the pages of decisions; its guards' sentences, in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from waystation.planning.decision import Bias, Chosen, Missing
from waystation.units import Money

CHOICES = (
    (Chosen.WAIT.value, _("Wait")),
    (Chosen.GO.value, _("Go, as planned")),
    (Chosen.REROUTE.value, _("Another way")),
    (Chosen.NO.value, _("Not this journey")),
)
BIASES = (
    (Bias.SAVE_ALL.value, _("Do I say yes because I wish to help everybody who asks?")),
    (Bias.PROMISED.value, _("Did I promise it, to them or to a relative?")),
    (Bias.SPENT.value, _("Has so much been paid or done that stopping feels like waste?")),
    (Bias.LAST_WENT_WELL.value, _("Am I sure because the last one went well?")),
    (Bias.NEAR.value, _("Is somebody of this party near to me?")),
    (Bias.TIRED.value, _("Am I tired, ill or grieving?")),
    (Bias.PUSHED.value, _("Does somebody press me for an answer today?")),
)
STATUS = {
    "asked": _("waits for a second signature"),
    "decided": _("decided by two"),
    "not_signed": _("not signed by the second person"),
    "superseded": _("a newer decision stands in its place"),
}


def sentence(missing: Missing) -> str:
    """What is missing, in the reader's language, with its gaps filled."""
    return gettext(missing.sentence).format(**missing.gaps)


def chosen(code: str) -> str:
    """A choice by its name."""
    return str(dict(CHOICES)[code])


def as_money(typed: str) -> Money | None:
    """An amount with its currency, or None for anything else."""
    try:
        amount = Money.parse(typed.strip())
    except (ArithmeticError, TypeError, ValueError):
        return None
    return amount if amount.amount > 0 else None


KNOWLEDGE = {
    "UNKNOWN": _("we do not know"),
    "PRIOR_ONLY": _("what experts think, no record"),
    "THIN": _("a thin record"),
    "MEASURED": _("a record long enough to speak from"),
}


def knowledge(state: str) -> str:
    """How much is known, in words. Raises `KeyError`."""
    return str(KNOWLEDGE[state])


GAPS = {
    "people": _("Nobody is written down as travelling. Add the people of this case first."),
    "age": _("how old they are, as exactly as anybody knows"),
    "exertion": _("how hard a way they can bear"),
    "walk": _("how far they can walk in a day"),
    "medicine": _("whether their medicine must be kept cold"),
    "birth": _("whether the child was born: the weeks told are past"),
}
WORKING = {
    "learning dangers and solving ...": _("learning dangers from what happened, and solving"),
    "solving other deadlines ...": _("solving for other days and sums"),
    "finding reasons ...": _("finding what would change the advice"),
    "drawing the page ...": _("drawing the page"),
    "learning dangers and solving both ...": _("learning dangers, and solving both worlds"),
    "living through each of them twice ...": _("living through each of them twice"),
}


def working(told: str) -> str:
    """What the child works at, in the reader's language; numbers of draws are not said."""
    return str(WORKING.get(told, _("drawing possible worlds")))
