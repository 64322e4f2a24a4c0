"""What plans had said and what is found of it, in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from waystation.journeys.checks import Verdict

SAID_TENTHS = _("%(n)s in 10")
SAID_ALL = _("all that gave a number")
SAID_NOTHING = _("gave no number")
# Each with the look of its state: unknown is hatched, and nothing is ever green.
VERDICTS = {
    Verdict.SILENT: (_("nothing was said that could be checked"), "unknown"),
    Verdict.FEW: (_("too few to say"), "unknown"),
    Verdict.WIDE: (_("of too many nobody knows"), "unknown"),
    Verdict.FITS: (_("fits what was said"), ""),
    Verdict.BELOW: (_("fewer than was said"), "late"),
    Verdict.ABOVE: (_("more than was said"), "late"),
}
