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
