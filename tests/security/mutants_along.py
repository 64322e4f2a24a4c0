"""Guards of who goes along, of calls and of custody, removed one at a time: the test that is named fails."""

from mutant import Mutant

ALONG, BARRED = "tests/web/test_along.py", "tests/web/test_barred.py"


def _road(name, file, old, new, test, **more):
    return Mutant(name, f"waystation_web/journeys/{file}.py", old, new, test, **more)


MUTANTS = [
    _road("who goes along is asked by nobody", "ground", "company=not escorts.in_the_way(actor, journey)", "company=True",
          f"{ALONG}::test_nobody_leaves_on_a_leg_before_whoever_goes_along_said_yes_to_it_and_settled_what_they_tell"),
    Mutant("whoever did not answer goes along", "waystation/journeys/company.py", "        if not one.goes:\n            found.append", "        if False:\n            found.append",
           "tests/core/test_journeys_company.py::test_a_leg_waits_for_whoever_was_asked_and_for_nobody_who_said_no"),
    _road("a stopped contact leads on after the release", "escorts", "if release.to in shut else ()", "if False else ()",
          f"{ALONG}::test_whoever_must_not_be_used_any_more_goes_along_no_further_and_leads_nobody"),
    _road("who goes along is told every stop", "escorts", "if one.leg == leg and one.goes)", "if one.goes)",
          f"{ALONG}::test_they_are_told_of_their_leg_and_of_no_other"),
    _road("who went along is told of by nobody", "exposure", "    met |= went_along(company(journey), begun(journey))\n", "",
          f"{ALONG}::test_after_a_capture_whoever_went_along_may_be_told_of_and_whoever_was_still_to_come_not"),
    _road("no risk is told", "actions_escort", "        if not risk.strip():\n", "        if False:\n", f"{ALONG}::test_who_is_asked_for_which_leg_is_bound"),
    Mutant("whoever exploits is cleared like anybody", "waystation_web/contacts/contact.py", "        if exploits(self.helper):\n", "        if False:\n",
           f"{BARRED}::test_a_contact_written_before_there_was_a_list_is_blocked_too"),
    Mutant("an edit takes whoever exploits off the list", "waystation_web/contacts/barred.py", "line, standing=BLOCKED, barred=True)", "line, barred=True)",
           f"{BARRED}::test_the_block_is_lifted_by_two_and_never_by_an_edit_alone"),
    Mutant("whoever exploits is cleared while they do", "waystation_web/contacts/barred.py",
           '    if exploits(str(held.body.get("helper", ""))):\n', "    if False:\n",
           f"{BARRED}::test_the_block_is_lifted_by_two_and_never_by_an_edit_alone"),
    Mutant("whoever exploits is paid", "waystation_web/contacts/barred.py", "        exploiters.put_on(actor, names(after.body), of=after.id)\n", "",
           f"{BARRED}::test_everybody_can_ask_by_a_name_and_nobody_learns_one"),
    Mutant("a plan goes by whoever exploits", "waystation_web/plans/asking.py", "barred.names_of(contacts) | exploiters.listed(\n        actor, (guide.code for guide in whole_book.guides))",
           "frozenset()", f"{BARRED}::test_the_planner_goes_by_no_guide_who_exploits"),
]
