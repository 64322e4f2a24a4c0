"""What the fields of a case are called to the person whose file it is."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

NAMED = {
    "channel": _("How you reached us"), "requester_kind": _("Who asked"), "country": _("Country where you were"),
    "danger_now": _("Danger"), "goal": _("What you hoped for"), "goal_country": _("Country of your own choice"),
    "triage": _("How the request was judged"), "child_seen": _("A child on a video call or picture"),
    "situation": _("Situation"), "needs": _("Needs"), "head_count": _("How many people"),
    "children": _("Children among you"), "infants": _("Infants up to 2 years"), "over_60": _("Over 60 years old"),
    "pregnant_weeks": _("Pregnant: which week"), "call_back_safe": _("Is it safe to call you back?"),
    "broker_involved": _("A broker was involved"), "before_crossing": _("Called before moving"),
    "fee_quoted": _("Price that was told"), "adm1": _("Province"), "partner": _("Through which partner"),
    "goal_reasons": _("Why this country"), "reunify_with": _("To be with whom again"), "story": _("Your story"),
    "red_flags": _("What made us careful"), "promised": _("What was promised in the first call"),
    "tell": _("tell"), "tell_not": _("never tell"), "name": _("name you"), "public": _("in public"),
    "proxy": _("who speaks for you"), "guardian": _("guardian"), "signed_on": _("signed on"),
    "explained_by": _("explained by"), "language": _("language"), "answer": _("answer"), "said": _("you said"),
    "interpreter": _("interpreter"), "present": _("who was there"), "text": _("what was written"),
    "reason": _("reason"), "recipient": _("to whom"), "organisation": _("organisation"), "data": _("which data"),
    "note": _("added"), "agreement_until": _("agreement until"), "ground": _("on which ground"),
    "number": _("Number or name to call back"), "safe_times": _("When it is safe to call"),
    "says": _("What we say if somebody else answers"), "question": _("Question by which we know you"),
    "duress": _("Word for when somebody forces you"), "spouse": _("Husband or wife inside"),
    "parents": _("Parents inside"), "siblings": _("Brothers and sisters inside"),
    "others": _("Other relatives inside"),
}
