"""Permissions of single pages and acts, removed one at a time: the matrix of roles fails (`test_access`, `doors_*`)."""

from mutant import Mutant

ACCESS = "tests/security/test_access.py"
OUTSIDE, EACH = f"{ACCESS}::test_who_is_not_in_gets_the_door_and_nothing_else", f"{ACCESS}::test_each_role_without_and_with_a_grant"
SURE = f"{ACCESS}::test_who_has_confirmed_who_they_are"


def _web(name: str, file: str, old: str, new: str, killed_by: str) -> Mutant:
    return Mutant(name, f"waystation_web/{file}.py", old, new, killed_by)


def _open(name: str, file: str, view: str) -> Mutant:
    return _web(name, file, f"@signed_in\ndef {view}(", f"def {view}(", OUTSIDE)


MUTANTS = [
    _open("the board is read by whoever passes", "desk/views", "board"),
    _open("the road is listened to by whoever passes", "desk/views", "stream"),
    _open("journeys are listed for whoever passes", "journeys/views", "journeys"),
    _open("whoever passes says that they have one", "journeys/views", "hold"),
    _open("whoever passes freezes a place", "journeys/views_incident", "freeze"),
    _open("whoever passes lets a frozen place go", "journeys/views_incident", "let_go"),
    _open("what no shared screen shows is shown to whoever passes", "journeys/views_incident", "attend"),
    _web("whoever reads a record writes it", "vault/actions",
         "    allow(actor, permission, Facts(type=opened.type, holds=True, second_signature=second), vault=opened.id)\n", "", EACH),
    _web("any role steps in an incident", "journeys/actions_incident",
         "    found = step(INCIDENT, incident.status, event, actor.roles,\n",
         "    found = step(INCIDENT, incident.status, event, frozenset(Role),\n", EACH),
    _web("a demand is written down before it is refused", "journeys/actions_incident",
         'may = step(INCIDENT, found.status, "demand", actor.roles,', 'may = step(INCIDENT, found.status, "demand", frozenset(Role),', SURE),
    _web("whoever was given one case takes a list out", "cases/leaving",
         '    allow(actor, Permission.CREATE_VAULT, Facts(type="case"))\n', "", SURE),
    _web("whoever was given a row gives it on as the book", "network/actions",
         '    allow(actor, Permission.CREATE_VAULT, Facts(type=TYPE_OF["legs"]))\n', "", EACH),
    _web("an auditor lets others into the house", "duty/actions", '    allow(actor, Permission.CREATE_VAULT, Facts(type="duty"))\n', "",
         EACH),
    _web("the form for names is there for whoever reads the case", "cases/views_names", "    if not page.may_seal:\n", "    if False:\n", EACH),
    _web("imports of cases are listed for everybody", "cases/importing", '    if not kept.may_make(actor, "case"):\n', "    if False:\n", EACH),
    _web("exports of the book are listed for everybody", "network/queries_export", "    if not may_make(actor, TYPE):\n", "    if False:\n",
         EACH),
    _web("who reads a row may write a report", "network/queries",
         '    if not may_make(actor, "report"):\n        raise NoSuchVault\n    rows = _rows(actor, [])\n    standing',
         "    rows = _rows(actor, [])\n    standing", EACH),
]
