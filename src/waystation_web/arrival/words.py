"""What the codes of a follow-up are called, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

MILESTONE = {"d30": _("after 30 days"), "d90": _("after 90 days"), "d180": _("after 180 days"),
             "d365": _("after a year"), "y2": _("after 2 years"), "y3": _("after 3 years"), "y5": _("after 5 years")}
STATE = {"done": _("done"), "late": _("late"), "due": _("due"), "ahead": _("ahead"), "stopped": _("not asked any more")}
LOOKS = {"done": "done", "late": "bad", "due": "late", "ahead": "", "stopped": "off"}
HOUSING = {"own": _("a home of their own"), "shared": _("with others"), "institution": _("an institution"),
           "employer": _("with the employer"), "none": _("no home")}
WORK = {"employed": _("employed"), "self": _("self-employed"), "daily": _("by the day"), "seeking": _("seeking work"),
        "study": _("studying"), "care": _("caring for somebody"), "unable": _("not able to work")}
SCHOOL = {"yes": _("every child of that age is at school"), "no": _("a child is not at school"),
          "none": _("no child of that age")}
SCREEN = {"no_sign": _("asked: no sign"), "signs": _("asked: signs, and no plan yet"),
          "plan_made": _("asked: signs, and a plan to keep safe was made with them"),
          "refused": _("they did not want it")}
NEEDS = {"language": _("the language, as it is spoken there"), "rules": _("how everyday things go"),
         "money": _("money and contracts"), "work": _("finding work"), "health": _("doctors"), "law": _("the law"),
         "fear_of_staff": _("fear of staff or of other arrivals"), "family": _("the family")}
OUTCOME = {"settled": _("they live there, and need us no more"), "moved_on": _("they went on to another country"),
           "returned": _("they went back, or were sent back"), "lost": _("nobody knows where they are"),
           "no_contact": _("they want no contact"), "died": _("they died")}
WORRY = {
    "signs": _("signs of wanting to die, and no plan to keep safe yet: be with them today"),
    "screen_due": _("ask them about thoughts of dying"), "harassed": _("a creditor harasses them"),
    "no_home": _("they have no home"), "school": _("a child is not at school"),
    "w05_grant": _("the debt is above the settlement grant"),
    "w05_income": _("instalments take more than 30 of 100 of the income"),
    "discrimination": _("they were treated worse, and nothing was done about it yet"),
    "benefits": _("a benefit that is theirs was not paid"), "afraid": _("they are afraid of staff"),
    "no_work": _("they seek work"),
}
UNASKED = {"home": _("home"), "work": _("work"), "harassed": _("harassment by a creditor"),
           "school": _("school of the children"), "screen": _("thoughts of dying"), "afraid": _("fear of staff"),
           "benefits": _("benefits")}
TOGETHER = {"yes": _("together"), "no": _("apart"), "wish": _("apart, and they want to be together")}
ANSWER = (("", _("nobody asked")), ("no", _("no")), ("yes", _("yes")))


def pairs(codes: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """A list to choose from, with nothing chosen."""
    return [("", _("nobody asked")), *codes.items()]


def said(codes: Mapping[str, Any], code: object) -> str:
    """A code in words; as it stands where there are none."""
    return str(codes.get(str(code), code or ""))
