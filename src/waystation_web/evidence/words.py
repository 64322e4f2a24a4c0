"""Codes of this app in words, as pages say them. A code that is not known is shown as it stands."""

from __future__ import annotations

from django.utils.translation import gettext, gettext_noop

ORIGIN = {
    "person": gettext_noop("the person concerned"), "broker": gettext_noop("a broker"),
    "filmmaker": gettext_noop("a filmmaker or journalist"), "hidden": gettext_noop("a hidden camera inside"),
    "relative": gettext_noop("a relative"), "satellite": gettext_noop("a satellite"),
    "open": gettext_noop("an open source"), "state": gettext_noop("media of a State"),
}
AUTHENTICITY = {
    "original": gettext_noop("as it was taken"), "edited": gettext_noop("edited"),
    "compilation": gettext_noop("put together from several"), "re-enactment": gettext_noop("played again "
                                                                                           "(re-enactment)"),
    "synthetic": gettext_noop("made by a machine"), "unknown": gettext_noop("not known"),
}
LABEL = {
    "testimony": gettext_noop("testimony"), "footage": gettext_noop("footage"),
    "document": gettext_noop("document"), "re-enactment": gettext_noop("re-enactment"),
    "fiction": gettext_noop("fiction"),
}
EXPOSURE = {
    "none": gettext_noop("nothing that is hard to look at"), "distressing": gettext_noop("distressing"),
    "graphic": gettext_noop("graphic: violence, the dead, a body"),
}
THIRDS = {
    "nobody": gettext_noop("nobody else"), "hidden": gettext_noop("others, and nobody could be known again"),
    "known": gettext_noop("others who could be known again"), "unknown": gettext_noop("nobody has looked closely yet"),
}
YES = {"no": gettext_noop("no"), "yes": gettext_noop("yes"), "unknown": gettext_noop("not known")}
MARKS = {
    "head": gettext_noop("head or face"), "arm_left": gettext_noop("left arm or hand"),
    "arm_right": gettext_noop("right arm or hand"), "front": gettext_noop("chest or belly"),
    "back": gettext_noop("back"), "leg_left": gettext_noop("left leg or foot"),
    "leg_right": gettext_noop("right leg or foot"),
}
STATE = {
    "awaited": gettext_noop("the file is still to come"), "quarantined": gettext_noop("in quarantine: to be asked "
                                                                                      "about"),
    "sealed": gettext_noop("sealed"), "refused": gettext_noop("refused"),
}
ACT = {
    "received": gettext_noop("received"), "hashed": gettext_noop("digests taken of what came"),
    "quarantined": gettext_noop("put into quarantine"), "sealed": gettext_noop("sealed"),
    "refused": gettext_noop("refused"), "derived": gettext_noop("a copy was made"),
    "checked": gettext_noop("a copy was cleared by two"), "original-opened": gettext_noop("the original was opened"),
    "original-downloaded": gettext_noop("the original was taken out"), "packaged": gettext_noop("packed"),
    "fixity-ok": gettext_noop("the original is the same still"),
    "fixity-failed": gettext_noop("THE ORIGINAL IS NOT THE SAME ANY MORE"),
}
WHY_COPY = {
    "clean": gettext_noop("without what the camera wrote, nothing covered"),
    "redact-faces": gettext_noop("faces covered"), "redact-places": gettext_noop("places covered"),
    "redact-marks": gettext_noop("scars, tattoos and marks covered"), "redact-other": gettext_noop("something else "
                                                                                                   "covered"),
}
WHY_ORIGINAL = {
    "verification": gettext_noop("to check whether it is what it is said to be"),
    "court": gettext_noop("a court or investigator asks for it"), "recipient": gettext_noop("a recipient asks for it"),
}
TABLES = {"origin": ORIGIN, "authenticity": AUTHENTICITY, "label": LABEL, "exposure": EXPOSURE, "thirds": THIRDS,
          "covert": YES, "inducement": YES, "marks": MARKS, "state": STATE, "act": ACT, "copy": WHY_COPY,
          "original": WHY_ORIGINAL}


def word(table: str, code: str) -> str:
    """A code as a reader sees it."""
    found = TABLES[table].get(code)
    return gettext(found) if found else code


def choices(table: str) -> list[tuple[str, str]]:
    """For a list to choose from."""
    return [(code, word(table, code)) for code in TABLES[table]]
