"""The sheets of the book as pages know them: fixed words, which may stand in an address, and what they are called."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NAMES: dict[str, str | Promise] = {
    "book": _("The book itself"),
    "areas": _("Areas"),
    "places": _("Places"),
    "profiles": _("Durations"),
    "legs": _("Legs"),
    "windows": _("When a leg may start"),
    "chains": _("How conditions change"),
    "reports": _("Reports"),
    "outcomes": _("How parties fared"),
    "priors": _("Expert judgement"),
    "breaks": _("Days that changed the world"),
    "silence": _("When word comes"),
    "rates": _("Exchange rates"),
    "guides": _("Guides"),
    "waiting_loss": _("Danger of waiting"),
    "names": _("Codes and imported names"),
}
MEANINGS: dict[str, str | Promise] = {
    "book": _("What the whole book counts in: steps, money, conditions and seasons."),
    "areas": _("Stretches of country that share one condition."),
    "places": _("Stops by code. No names of people, no addresses."),
    "profiles": _("How long legs of one kind take."),
    "legs": _("Ways from one place to another, each in one direction."),
    "windows": _("Alternatives; a leg without a row here may start at any time."),
    "chains": _("How often an area changes from one condition to another within one step."),
    "reports": _("What somebody said about an area, graded."),
    "outcomes": _("What became of one party on one leg. Parties are counted, not people."),
    "priors": _("A dated judgement of a danger, with its author: of 100 parties, how many."),
    "breaks": _("What was learnt before such a day counts less."),
    "silence": _("How soon, and how often at all, word comes of an ended leg."),
    "rates": _("What other currencies are worth in the money units of the book."),
    "guides": _("Who leads legs, by code."),
    "waiting_loss": _("A dated judgement of the danger of staying."),
    "names": _("Of an imported network only."),
}
