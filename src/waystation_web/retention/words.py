"""What records, acts and reasons are called here, in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

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
# Said by layers that know no language: named here, so that they are gathered.
SAID = (
    gettext_noop("This is under a hold and must stay as it is. Two people can end the hold."),
)


def type_word(type_: str) -> str:
    """What a type of record is called."""
    return str(TYPES.get(type_, type_))
