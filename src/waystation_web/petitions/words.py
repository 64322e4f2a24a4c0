"""What the codes of petitions are called, in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

STATES = {"collecting": _("signatures are collected"), "closed": _("closed, not given yet"), "given": _("given")}
LOOKS = {"collecting": "late", "closed": "late", "given": "done"}
HOWS = {"handed": _("handed over in person"), "post": _("by post"), "mail": _("by electronic mail"),
        "refused": _("they refused to take it")}
LANGUAGES = (("en", _("English")), ("ko", _("Korean")))
FAULTS = {
    "table": _("This is no table of values with commas. Save it as CSV and paste it again."),
    "column": _("The heading needs this column once: sheet, name, country."),
    "many": _("Too many rows at once. Paste 2,000 at most."),
    "cells": _("This row has not as many values as the heading."),
    "nothing": _("There is no row below the heading."),
    "sheet": _("Write the number of the sheet, 20 characters at most."),
    "empty": _("The name is missing."),
    "long": _("The name is longer than 200 characters."),
    "country": _("Two letters for the country, as KR."),
}
LEVELS = {"same": _("written the same way"), "fine": _("one name in two spellings"),
          "coarse": _("perhaps one name: written alike in Latin letters")}
