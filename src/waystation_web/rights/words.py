"""Words of law and practice, for people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

COUNTRIES = {
    "BE": _("Belgium"), "CA": _("Canada"), "CN": _("China"), "GB": _("United Kingdom"), "KH": _("Cambodia"),
    "KP": _("North Korea"), "KR": _("South Korea"), "LA": _("Laos"), "MM": _("Myanmar"), "MN": _("Mongolia"),
    "NL": _("Netherlands"), "RU": _("Russia"), "TH": _("Thailand"), "US": _("United States"), "VN": _("Viet Nam"),
    "UNHCR": "UNHCR",
}
INSTRUMENTS = {
    "RC": _("Refugee Convention of 1951, or its Protocol of 1967"), "CAT": _("Convention against Torture"),
    "ICCPR": _("Covenant on Civil and Political Rights"), "CED": _("Convention against Enforced Disappearance"),
}
STANDINGS = {"party": _("a party to it"), "signed": _("signed, and not a party to it"),
             "not party": _("not a party to it")}
AGES = {
    "checked": _("seen in the original"), "unchecked": _("nobody checked it in the original"),
    "amber": _("look it up again"), "red": _("too old to rely on"),
}
LOOKS = {"checked": "", "unchecked": "unknown", "amber": "late", "red": "bad"}  # what is known is never drawn green
KINDS = (
    ("disappearance", _("taken away, and nobody says where they are")), ("detention", _("held")),
    ("return", _("about to be sent back, or sent back")), ("torture", _("tortured or ill-treated")),
    ("trafficking", _("sold or trafficked")), ("killing", _("killed, or in danger of it")),
)
LANGUAGES = (("eng", _("English")), ("fra", _("French")), ("spa", _("Spanish")), ("kor", _("Korean")))
KNOWN = (("", _("not known")), ("yes", _("yes")), ("no", _("no")))
ASKED = (("", _("nobody asked")), ("yes", _("yes")), ("no", _("no")))
