"""What a search calls the kinds of records and the ways of finding, in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

TYPES = {
    "case": _("Cases"), "person": _("Names of people in cases"), "note": _("Notes"), "contact": _("Contacts"),
    "place": _("Places of the route book"), "leg": _("Legs of the route book"), "report": _("Reports and notices"),
    "hazard": _("Dangers of the route book"), "plan": _("Plans"), "decision": _("Decisions"), "money": _("Money"),
    "incident": _("Incidents"), "card": _("Guidance cards"),
}
ONE = {
    "case": _("Case"), "person": _("Names"), "note": _("Note"), "contact": _("Contact"), "place": _("Place"),
    "leg": _("Leg"), "report": _("Report"), "hazard": _("Danger"), "plan": _("Plan"), "decision": _("Decision"),
    "money": _("Money"), "incident": _("Incident"), "card": _("Card"),
}
HOW = {"exact": _("As you wrote it"), "spelled otherwise": _("Spelled otherwise"), "perhaps": _("Perhaps")}
