"""What the codes of the directory are called, in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

SORTS = {"organisation": _("Organisation"), "official": _("Official or public body"), "statement": _("Statement"),
         "occasion": _("Occasion")}
AUTHORITIES = {"none": _("no public power"), "state": _("an authority of a State"),
               "armed": _("an armed group or its office"), "between": _("a body of several States, as the UN"),
               "not_known": _("not known")}
STANDINGS = {"official": _("an official"), "organisation": _("an organisation"), "commentator": _("a commentator")}
WORTH = {"official": _("shows what they say, not what happened"),
         "organisation": _("shows what they say, not what happened"),
         "commentator": _("commentary, not evidence")}
OCCASIONS = {"anniversary": _("an anniversary"), "session": _("a session or hearing"), "other": _("another occasion")}
HOWS = {"letter": _("a letter"), "mail": _("electronic mail"), "voice": _("by voice"), "meeting": _("a meeting"),
        "petition": _("a petition"), "other": _("in another way")}
TERMS = {"not yet": _("not yet in force"), "in force": _("in force"), "ends soon": _("ends soon"), "ended": _("ended")}
LOOKS = {"not yet": "off", "in force": "is", "ends soon": "late", "ended": "bad"}
NO_TERMS = _("no terms: nothing about a person goes there")
