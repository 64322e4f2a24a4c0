"""What codes of journeys are called, in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from waystation.journeys.company import Lack, Said
from waystation.journeys.held import Fault
from waystation.journeys.parts import Warned, Wrong
from waystation.journeys.silence import Level

STATUS = {
    "approved": _("decided, not ready"), "ready": _("ready to leave"), "moving": _("on the way"),
    "resting": _("resting"), "replanning": _("planned anew"), "split": _("in parts"), "joined": _("together again"),
    "suspended": _("stopped"),
    "handed over": _("handed over"), "complete": _("arrived"), "learnt": _("closed"),
    "left": _("stopped by their own choice"),
}
LEVELS = {
    Level.ON_TIME: _("on time"), Level.LATE: _("late"), Level.OVERDUE: _("overdue"), Level.SILENT: _("silent"),
    Level.PRESUMED: _("presumed lost"),
}
LOOKS = {Level.ON_TIME: "", Level.LATE: "late", Level.OVERDUE: "bad", Level.SILENT: "bad", Level.PRESUMED: "bad"}
EVENTS = {
    "open": _("Open the journey"), "prepare": _("Make ready: words agreed"), "depart": _("They have left"),
    "reach": _("They have reached the stop"), "go_on": _("They have gone on"), "replan": _("Stop and plan anew"),
    "resume": _("Follow the new plan"), "wait": _("Not yet: wait"), "suspend": _("Stop: they were taken"),
    "free": _("They are free"), "stop": _("They stop by their own choice"), "hand_over": _("They have arrived"),
    "complete": _("Protection has begun"), "learn": _("Close, with what the next plan must know"),
    "off_plan": _("Off the plan"), "split": _("They are divided"), "rejoin": _("They are together again"),
    "join": _("Together again with the others"),
}
BY_THE_WHOLE = ("join",)  # no page of a part offers it: the whole does it for all of them at once
WRONG = {
    Wrong.FEW: _("There is one part only. Choose two at least."), Wrong.EMPTY: _("A part has nobody in it."),
    Wrong.STRANGER: _("Not of this party: %(who)s."), Wrong.NOWHERE: _("In no part: %(who)s."),
    Wrong.TWICE: _("In more than one part: %(who)s."),
    Wrong.HOUSEHOLD: _("They must stay together, or nobody asked whether they may be parted: %(who)s."),
    Wrong.NEVER: _("They are never to be parted: %(who)s."),
    Wrong.GUARDIAN: _("A child without its own grown guardian in its part: %(who)s."),
    Wrong.ALONE: _("Needs another adult in the same part: %(who)s."),
}
WARNED = {Warned.PREFER: _("They would rather stay together: %(who)s. Write down why they are parted all the same.")}
LACKS = {Lack.ANSWER: _("has not said yes"), Lack.CAUGHT: _("has not settled what they say if they are caught"),
         Lack.STOPPED: _("must not be used now")}
ALONG = ((Said.YES.value, _("they go along")), (Said.NO.value, _("they said no")), (Said.OFF.value, _("taken off")))
SOURCES = (("guide", _("a guide")), ("host", _("a host")), ("party", _("the party")), ("relative", _("a relative")),
           ("mission", _("a mission or office")))
CONDITIONS = (("well", _("well")), ("tired", _("tired")), ("sick", _("sick")), ("injured", _("injured")),
              ("afraid", _("afraid")), ("separated", _("not all together")))
CUSTODY = (("taken", _("taken into custody")), ("moved", _("moved")), ("visit", _("visited")),
           ("lawyer", _("a lawyer")), ("hearing", _("a hearing")), ("unknown", _("nobody knows where they are now")),
           ("released", _("released")), ("returned", _("sent back")), ("status", _("has a status")))
CUSTODY_FAULTS = {
    Fault.FIRST: _("First write down who took them into custody, and where."),
    Fault.DAY: _("A step was made on a day that has come."),
    Fault.HELD: _("They are held since an earlier step. Write down what came after it."),
    Fault.STATE: _("Write down in which State they are held."),
    Fault.PLACE: _("Write the province or the public town, and no address or position."),
    Fault.LOOK: _("Name the day of the next look: after today, and within a month."),
}
RANG = (("in", _("they rang")), ("out", _("we rang")))
DIRECTIONS = (*RANG, ("arranged", _("arranged by")))
RESULTS = (("spoke", _("they spoke")), ("cut", _("they spoke, and it was cut off")), ("nobody", _("nobody came")),
           ("other_voice", _("another voice")), ("put_off", _("put off")))
WORDS = {"right": _("the word was right"), "wrong": _("the word was wrong: silence goes on"),
         "none": _("no word was asked")}
PROOFS = (("voice", _("their voices")), ("mission", _("a mission confirmed it")),
          ("custody", _("a record of custody")))
CHANNELS = (("call", _("a call")), ("message", _("a message")), ("relay", _("somebody carries it")),
            ("meeting", _("face to face")))
CODES = (
    ("passed", _("passed")), ("delayed", _("passed, late")), ("seen", _("passed, but seen")),
    ("shot_at", _("passed, shot at")), ("separated", _("passed, not all together")), ("turned_back", _("turned back")),
    ("captured", _("captured")), ("injured", _("injured")), ("exploited", _("exploited or sold")),
    ("killed", _("killed")), ("missing", _("missing")),
)
CAME_THROUGH = CODES[:5]
STOPPED = CODES[5:6] + CODES[:5]
LOST = CODES[6:]
INCIDENTS = (
    ("capture", _("taken")), ("forced_return", _("sent back")), ("trafficking", _("sold or trafficked")),
    ("violence", _("violence")), ("injury", _("an injury")), ("death", _("a death")), ("betrayal", _("betrayed")),
    ("escape", _("got away by themselves")), ("official_deception", _("deceived by officials")),
    ("missing", _("no word, and nobody knows")),
)
RESTRAINTS = (
    ("none", _("nothing held them")), ("bound", _("hands or feet bound")), ("blindfold", _("eyes covered")),
    ("locked", _("locked in, in a room or a vehicle")), ("close", _("made to hold on to whoever took them")),
    ("weapon", _("a weapon was shown")), ("drugged", _("drugged")), ("papers", _("papers or phone taken away")),
)
ALL_INCIDENTS = (*INCIDENTS, ("duress", _("the other word was spoken")))
INCIDENT_STATUS = {
    "reported": _("reported"), "suspected": _("suspected"), "confirmed": _("confirmed"),
    "false alarm": _("a false alarm"), "responding": _("being answered"), "appealing": _("an appeal is out"),
    "hold": _("a demand waits"), "released": _("released"), "transferred": _("moved elsewhere"),
    "returned": _("sent back"), "whereabouts unknown": _("nobody knows where they are"), "died": _("died"),
    "reviewing": _("looked back on"), "closed": _("closed"),
}
INCIDENT_EVENTS = {
    "report": _("Reported"), "suspect": _("Graded: it is suspected"), "confirm": _("It is confirmed"),
    "refute": _("It was a false alarm"), "respond": _("Answer it: the losses are stopped"),
    "appeal": _("Appeal"), "demand": _("Money is demanded"), "pay": _("Decided: pay"),
    "other": _("Decided: another way"), "refuse": _("Decided: do not pay"), "free": _("They are free"),
    "move": _("They were moved"), "return": _("They were sent back"), "lose": _("Nobody knows where they are"),
    "die": _("They died"), "review": _("Look back, with care"), "close": _("Close it"),
    "reopen": _("Open it again"), "freeze": _("Frozen"), "let_go": _("Let go"),
    "trace": _("Somebody was asked"), "traced": _("What was heard"), "found": _("What became of them"),
    "family": _("Planned for the family"), "handed": _("Handed on"), "purpose": _("For what, and why"),
    "told": _("Somebody outside was told"), "corrected": _("What was told is corrected"),
    "embargo": _("Embargo"), "prolong": _("The embargo goes on"), "lift": _("The embargo is lifted"),
}
BODIES = (
    ("family", _("the family")), ("host", _("whoever saw them last")), ("hospital", _("a hospital")),
    ("lawyer", _("a lawyer there")), ("unhcr", _("UNHCR")),
    ("red_cross", _("the tracing service of the Red Cross or Red Crescent")),
    ("organisation", _("another organisation")), ("detention", _("an authority that detains")),
    ("police", _("police or border guards")), ("court", _("a court or prosecutor")),
    ("consulate", _("an embassy or consulate")),
)
FATES = (("free", _("found, and free")), ("held", _("found, and held")), ("returned", _("sent back")),
         ("died", _("died")))
INCIDENT_SAID = {
    "graded": _("Source and report are graded"), "another_source": _("A second source without a common origin, or an "
                                                                     "official, says so"),
    "instruction_read": _("I read what they signed before they left"),
    "publicity": _("A rights officer and a security officer said whether naming helps or kills"),
    "consent": _("Their consent is there, or the nearest relative's, or the notice names nobody"),
    "proof_asked": _("Proof of life was asked for"), "legal_note": _("What counsel says is written down"),
    "everybody_told": _("Everybody who was ever told of it heard this"),
    "care": _("Care has begun, for them and for those who work here"),
    "blames_nobody": _("I read the lessons: nobody who was caught is blamed"),
}
