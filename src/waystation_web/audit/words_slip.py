"""What a slip of a witness outside shows, in sentences: for the page and for the console."""

from __future__ import annotations

from django.utils.translation import gettext as _

from waystation.evidence.slip import COUNT, Judged, Stands, Unreadable


def verdict(of: Judged) -> str:
    """The answer in one sentence."""
    said = {
        Stands.AS_IT_DID: _("Up to entry %(seq)s the record stands as it did when this slip was given."),
        Stands.ELSEWHERE: _("This slip is of another office: its first group is another one."),
        Stands.CUT: _("The record ends at entry %(last)s, before entry %(seq)s of this slip: its end was cut off, or "
                      "an older database was put back."),
        Stands.ANEW: _("Entry %(seq)s is not the one of this slip: the record was written anew, or an older database "
                       "was put back and gone on with."),
        Stands.CHANGED: _("Entry %(at)s was changed, dropped or put in, before entry %(seq)s of this slip or at it."),
        Stands.AFTER: _("Up to entry %(seq)s the record stands as it did when this slip was given. Entry %(at)s, which "
                        "came later, does not fit."),
    }[of.stands]
    return said % {"seq": of.slip.seq, "last": of.last, "at": of.at}


def beside(of: Judged) -> tuple[str, ...]:
    """What must be said beside the answer: what it does not show, and when it has an innocent cause."""
    if of.stands is Stands.ELSEWHERE:
        return (_("Ask the witness whether they keep slips of several offices."),)
    if of.stands in {Stands.CUT, Stands.ANEW}:
        return (_("After a restore this is so for every slip that is younger than the backup: the record says when "
                  "the office was restored. If nobody restored it, change nothing and tell the security officer by "
                  "voice."),)
    if of.stands in {Stands.CHANGED, Stands.AFTER}:
        return (_("Change nothing; tell the security officer by voice."),)
    return (_("It does not show what came after that entry, whether what the entries say is true, or an act that was "
              "never recorded."),)


def unreadable(why: Unreadable) -> str:
    """What is wrong with what was typed, where, and what to do."""
    of = {"group": why.group, "typed": why.typed[:12], "count": COUNT}
    return {
        "long": _("This is much more than a slip. Type its %(count)s groups of five digits and nothing else."),
        "width": _("Group %(group)s (%(typed)s) does not have five digits. Look at the slip again."),
        "digit": _("Group %(group)s (%(typed)s) is not as it was printed: a digit is wrong there. Ask for it again."),
        "count": _("A slip has %(count)s groups of five digits, and %(group)s were typed. Begin at the first one."),
        "number": _("A slip of no entry: the second to fourth groups say its number. Ask for them again."),
    }[why.what] % of
