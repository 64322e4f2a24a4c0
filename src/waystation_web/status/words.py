"""What the codes of an application are called, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

STATUS = {
    "not started": _("not started"), "preparing": _("being prepared"), "filed": _("filed"),
    "in custody": _("in custody of the State"), "at liberty": _("at liberty, and waiting"),
    "pending": _("heard, and waiting"), "granted": _("granted"), "transferred": _("taken over by South Korea"),
    "refused": _("refused"), "deferred": _("put off"), "appeal filed": _("appeal filed"),
    "time-barred": _("the day of the appeal is past"), "emergency": _("they may be removed"),
    "integration": _("settling in"), "withdrawn": _("taken back"),
}
EVENT = {
    "choose": _("They chose this way"), "file": _("It was filed"), "hold": _("They are held"),
    "free": _("They are at liberty"), "interview": _("They were heard"), "grant": _("It was granted"),
    "transfer": _("South Korea took them over"), "refuse": _("It was refused"), "defer": _("It was put off"),
    "resume": _("It goes on"), "appeal": _("The appeal was filed"), "bar": _("The day of the appeal is past"),
    "admit": _("The appeal was admitted"), "removal": _("They may be removed"), "averted": _("The removal was averted"),
    "settle": _("They settle in: follow-up begins"), "withdraw": _("They take it back"), "look": _("Looked after"),
}
CLAIM = {
    "race": _("race"), "religion": _("religion"), "nationality": _("nationality"),
    "social_group": _("a social group"), "opinion": _("political opinion, also one they are said to have"),
    "sur_place": _("what happened since they left (sur place)"), "torture": _("torture on return (CAT 3)"),
    "other": _("another ground"),
}
PROFILE = {
    "crossed": _("left without leave"), "returned": _("was sent back before"),
    "to_rok": _("on the way to South Korea, or met people from there"),
    "religion": _("a church or a missionary"), "pregnant": _("pregnant by a father of another nationality"),
    "child_cn": _("a child by a Chinese father"), "sold": _("sold or trafficked"),
    "insider": _("an office, or secrets"), "family": _("relatives who left, or who are punished"),
}
ASSERTED = {
    "nobody": _("nobody asserts it"), "applicant": _("they say so themselves"), "authority": _("the authority says so"),
    "decided": _("it was decided"),
}
DATA = {
    "needs": _("needs"), "contact": _("how to reach them"), "name": _("name"), "birth": _("birth and age"),
    "family": _("family"), "health": _("health"), "journey": _("how they came"), "testimony": _("testimony"),
    "picture": _("picture or voice"),
}
BY = {"reported": _("as reported"), "own": _("as this office saw it"), "nobody": _("nobody knows how long it takes")}
YES_NO = (("", _("Choose")), ("no", _("no")), ("yes", _("yes")))


def pairs(codes: Mapping[str, Any], only: Iterable[str] = ()) -> list[tuple[str, Any]]:
    """A list to choose from."""
    return [(code, codes[code]) for code in (tuple(only) or tuple(codes))]


def said(codes: Mapping[str, Any], code: object) -> str:
    """A code in words; as it stands where there are none."""
    return str(codes.get(str(code), code or ""))
