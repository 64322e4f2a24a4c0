"""What records, acts and reasons are called here, in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from waystation.casework.reckoning import Doubt

TYPES = {
    "case": _("case"), "person": _("names and numbers"), "money": _("line of money"), "incident": _("incident"),
    "note": _("note"), "plan": _("plan"), "decision": _("decision"), "journey": _("journey"),
    "handle": _("number of a contact"), "season": _("choice of missions"),
    "hold": _("hold"), "request": _("request"),
}
ACTS = {"place": _("placed"), "renew": _("renewed"), "end": _("ended")}
WHYS = {
    "asked": _("they asked for it"), "mistake": _("it was made by mistake"),
    "needed_no_more": _("it is needed no more"), "law": _("the law asks for it"),
}
DOUBTS = {
    Doubt.AHEAD: _("The clock of this computer went further than the computer has run: it may be wrong."),
    Doubt.AWAY: _("This computer was off or asleep for long: its clock may be wrong."),
    Doubt.BEHIND: _("The clock of this computer says a day that was over already: it is wrong now, or it was before."),
    Doubt.UNREADABLE: _("What this computer believed last cannot be read: nobody knows whether its clock is right."),
}
DAY_WHYS = {
    "off": _("the computer was off or asleep"), "set": _("its clock was wrong, and is set right now"),
    "other": _("something else"),
}
# Said by layers that know no language: named here, so that they are gathered.
SAID = (
    gettext_noop("This is under a hold and must stay as it is. Two people can end the hold."),
)


def type_word(type_: str) -> str:
    """What a type of record is called."""
    return str(TYPES.get(type_, type_))
