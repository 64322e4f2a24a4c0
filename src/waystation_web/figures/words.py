"""Words of figures, for people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

STATUSES = {"reported": _("reported"), "disputed": _("disputed"), "superseded": _("superseded"),
            "overstated": _("overstated")}
LOOKS = {"reported": "", "disputed": "unknown", "superseded": "off", "overstated": "bad"}
STRATA = {"inside": _("people inside North Korea"), "in transit": _("people on the way"),
          "in hiding": _("people in hiding"), "resettled": _("people who arrived")}
PICTURE = _("Arrivals in South Korea, women and men; each number stands in the table beside it")
MARKS = {"verified": _("seen in the original"), "verify": _("nobody checked it in the original")}
OWN = {"arrivals": _("People who arrived"), "ways": _("Decisions on a plan")}
BY = {"year": _("year"), "sex": _("sex"), "age": _("age"), "country": _("country from which they asked"),
      "means": _("means of travel"), "countries": _("countries passed"), "chosen": _("what was decided")}
VALUES = {"sex": {"1": _("men"), "2": _("women")}, "age": {"child": _("children"), "adult": _("adults")},
          "chosen": {"wait": _("wait"), "go": _("go, as planned"), "reroute": _("another way"),
                     "no": _("not this journey")}}
REFUSED = {
    "Fewer than 11 in all: nothing of it is shown.": _("Fewer than 11 in all: nothing of it is shown."),
    "A small count could be reckoned from the rest of this table. Count by less.":
        _("A small count could be reckoned from the rest of this table. Count by less."),
}
