"""Codes of this app in words, as pages say them. A code that is not known is shown as it stands."""

from __future__ import annotations

from django.utils.translation import gettext, gettext_noop

MISSING = {
    "invented": gettext_noop("an office of your own, not an invented one"),
    "officers": gettext_noop("two key officers"),
    "recovery_key": gettext_noop("a recovery key on three sheets"),
    "backups_apart": gettext_noop("a folder for backups on another disk"),
    "backup_new": gettext_noop("a backup that is at most two days old"),
    "escrow": gettext_noop("the host key for the worst day (escrow) beside the backups"),
    "restore": gettext_noop("a restore drill that went well within 92 days"),
    "recovery": gettext_noop("a recovery drill that went well within 92 days"),
    "assessed": gettext_noop("an assessment that two people signed"),
    "fits": gettext_noop("an assessment of the office as it is now"),
    "review": gettext_noop("an assessment whose day to look again has not passed"),
}
NAGS = {
    "drift": gettext_noop("The office has changed since it was assessed. Assess it anew, within 30 days: after "
                          "that nobody new is taken in."),
    "review_late": gettext_noop("The day to look at the assessment again has passed. Assess the office anew: 30 days "
                                "after it nobody new is taken in."),
    "review_soon": gettext_noop("Within 30 days the assessment must be looked at again."),
    "restore_late": gettext_noop("The restore drill is overdue: for a quarter nobody has proved that a backup can be "
                                 "restored."),
    "recovery_late": gettext_noop("The recovery drill is overdue: for a quarter nobody has proved that the sheets open "
                                  "the records."),
}
NAMES = {
    "accounts": gettext_noop("people with an account"),
    "officers": gettext_noop("key officers"),
    "recovery": gettext_noop("recovery key (three sheets, two open it)"),
    "host_key": gettext_noop("where the host key lies"),
    "memory": gettext_noop("sessions are kept in memory"),
    "encrypted": gettext_noop("the disk is encrypted"),
    "backups": gettext_noop("folders for backups"),
    "backups_apart": gettext_noop("of these on another disk"),
    "backup_keys": gettext_noop("keys that open a backup"),
    "database": gettext_noop("database"),
    "transport": gettext_noop("how people reach it"),
    "languages": gettext_noop("languages"),
    "out": gettext_noop("what can leave the office"),
}
VALUES = {
    "yes": gettext_noop("yes"), "no": gettext_noop("no"), "unknown": gettext_noop("cannot be told from here"),
    "none": gettext_noop("none"), "home": gettext_noop("in the folder of the office"),
    "elsewhere": gettext_noop("on another medium"), "missing": gettext_noop("not in its place"),
    "local": gettext_noop("on this computer, or through a proxy of yours"),
    "https": gettext_noop("over the network, encrypted"),
    "referrals": gettext_noop("referrals"), "cases": gettext_noop("the list of cases"),
    "book": gettext_noop("copies of the route book"), "ledger": gettext_noop("the ledger"),
    "sheets": gettext_noop("sheets that are read aloud"), "files": gettext_noop("files of notes"),
    "appeals": gettext_noop("appeals"), "everything": gettext_noop("everything, when the office closes"),
    "own_files": gettext_noop("own files of people who ask for them"),
}
SORTS = {
    "account": gettext_noop("Somebody used an account who should not have"),
    "device": gettext_noop("A computer or telephone that was signed in was lost or taken"),
    "export": gettext_noop("Something that was taken out came into wrong hands"),
    "other": gettext_noop("Something else"),
}
STEPS = {
    "stop": gettext_noop("Stop it: lock the account, end its sessions, take back what was shared"),
    "road": gettext_noop("Warn those who are on the way, and change what others may know now: stops, windows, codes"),
    "field": gettext_noop("Warn contacts, houses and helpers whose records are in it, by voice"),
    "concerned": gettext_noop("Tell the people whose records these are, in words that they understand"),
    "inside": gettext_noop("Tell colleagues who work on these cases"),
    "authority": gettext_noop("Tell the authority for data protection, if the law here asks for it"),
    "outside": gettext_noop("Tell partners and funders who must know; no more than they must"),
    "again": gettext_noop("Change what made it possible, so that it does not happen again"),
}
LAW = (
    gettext_noop("The authority is told without undue delay and, where feasible, within 72 hours after it became "
                 "known, unless nobody is likely to be harmed; if later, with the reasons (article 33, 1)."),
    gettext_noop("Said are: what happened; roughly how many people and records, and of which sort; whom to ask; what "
                 "is likely to follow; what was done and will be done. What is not known yet follows (33, 3 and 4)."),
    gettext_noop("Every breach is written down, with its effects and what was done, whether or not anybody is told "
                 "(33, 5)."),
    gettext_noop("People for whom the risk is high are told without undue delay, in plain words, unless what came out "
                 "cannot be read by others or the risk was taken away since (article 34)."),
)
ACTS = {
    "vault_read": gettext_noop("was read"), "vault_written": gettext_noop("was written"),
    "vault_created": gettext_noop("was made"), "file_read": gettext_noop("a file was saved"),
    "file_added": gettext_noop("a file was added"), "granted": gettext_noop("was shared on"),
    "grant_ended": gettext_noop("sharing was ended"), "exported": gettext_noop("was taken out"),
    "referred": gettext_noop("was referred"), "shredded": gettext_noop("was destroyed"),
}
KINDS = {"people": gettext_noop("people"), "network": gettext_noop("network"), "evidence": gettext_noop("evidence"),
         "house": gettext_noop("house"), "guard": gettext_noop("protection"), "inbox": gettext_noop("messages"),
         "audit": gettext_noop("record of acts")}
DRILLS = {"restore": gettext_noop("restore drill"), "recovery": gettext_noop("recovery drill")}
LISTS = {"missing": MISSING, "nag": NAGS, "name": NAMES, "value": VALUES, "sort": SORTS, "step": STEPS, "act": ACTS,
         "kind": KINDS, "drill": DRILLS}


def word(of: str, code: str) -> str:
    """One code in words.

    >>> word("kind", "no such kind")
    'no such kind'
    """
    found = LISTS[of].get(code)
    if found is not None:
        return gettext(found)
    role = code.removeprefix("role:").replace("_", " ")
    return gettext(role) if code.startswith("role:") else code


def value(name: str, said: str) -> str:
    """A value of the configuration in words: each of its parts, with commas between them."""
    parts = said.split() if name in {"out", "languages"} else [said]
    return ", ".join(word("value", part) for part in parts) or "–"
