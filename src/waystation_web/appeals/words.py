"""Words of appeals, for people who work here. What letters say stands with the core, in `waystation.appeals.words`."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

ADDRESSEES = {
    "UNHCR": _("UNHCR, quietly"), "ICRC": _("The Red Cross (ICRC), quietly"),
    "ROK": _("South Korea's ministry or mission, quietly"),
    "SP_URGENT": _("UN special procedures: urgent appeal"),
    "SP_LETTER": _("UN special procedures: letter of allegation"),
    "WGEID": _("UN Working Group on disappearances"),
    "WGEID_URGENT": _("UN Working Group on disappearances, urgent"),
    "WGAD": _("UN Working Group on arbitrary detention"),
    "WGAD_URGENT": _("UN Working Group on arbitrary detention, urgent"),
    "CED30": _("UN Committee on Enforced Disappearances, urgent (article 30)"),
    "STATE": _("The State concerned, openly"),
}
TELLS = {"never": _("It does not tell the State."),
         "asked": _("It tells the State names only where the letter says so."),
         "always": _("It hands the case to the State: whoever is named here is named there."),
         "state": _("This is a State.")}
DEMANDS = (("recognise", _("Respect those who escaped, and their status as refugees")),
           ("no_return", _("Send nobody back (with a memo)")),
           ("influence", _("Use influence on the country they fled")))
LANGUAGES = (("en", _("English")), ("ko", _("Korean")))
PROFILES = (
    ("crossed", _("left without leave")), ("returned", _("was sent back before")),
    ("to_rok", _("on the way to South Korea, or met people from there")),
    ("religion", _("had to do with a church")), ("pregnant", _("pregnant by a father of another nationality")),
    ("child_cn", _("has a child by a Chinese father")), ("sold", _("was sold")),
    ("insider", _("held an office, or knows what is secret")), ("family", _("relatives left, or will be punished")),
)
PUBLICITY = (("quiet", _("Quiet: nobody else learns of it")), ("public", _("Public: it may be known and told on")))
STAGES = {"draft": _("draft"), "signed": _("signed by two, not handed over"), "given": _("given to them"),
          "ended": _("ended")}
LOOKS = {"draft": "late", "signed": "late", "given": "done", "ended": "off"}
CLOCK = {"notice": _("A quiet notice that names nobody"),
         "consent": _("What they signed, or the nearest relative says"),
         "publicity": _("Does naming them help, or kill?"), "draft": _("A draft"),
         "send": _("Handed over, with receipts")}
NEEDS = {
    "identity": _("a full name: without one it is not taken up"), "place": _("a province or public town"),
    "state": _("the State that is addressed"), "perpetrator": _("which force did it, as far as is known"),
    "steps": _("whom anybody asked where they are, or why nobody can be asked"),
}
BOUND = {True: _("binds it"), False: _("does not bind it"), None: _("not looked up")}
HARM = {
    "unnamed": _("Those who are not named: the day, the place and how many they are may be enough to find them."),
    "children": _("Children are among them, or may be."),
    "relatives": _("Somebody of theirs is inside, and answers for what is said."),
    "relatives_unknown": _("Whether somebody of theirs is inside is not written down, or not open to you."),
    "helpers": _("Whoever helped them: not everything that they may be made to tell is frozen yet."),
    "walled": _("This State sends people back: what it learns, the country they fled may learn."),
}
NEWS = {"free": _("they are free"), "move": _("they were moved"), "return": _("they were sent back"),
        "lose": _("nobody knows where they are"), "die": _("somebody died")}

# What the core says of a name, so that it is said in the reader's language.
WHY = (_("They signed before they left that the United Nations may know their name."),
       _("Before they left they said that their name is not to be given."),
       _("For a child, two people sign first what is best for it."),
       _("Their name is not open to you, so no letter can say it."),
       _("Before they left they said that it is not to become public."),
       _("Somebody who is not to be named stands in the words that were typed. Take the name out."))


def addressee(code: str) -> str:
    """An addressee as people call it."""
    return str(ADDRESSEES.get(code, code))
