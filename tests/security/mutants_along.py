"""Guards of who goes along, of calls and of custody, removed one at a time: the test that is named fails."""

from mutant import Mutant

ALONG, BARRED, CALLS = "tests/web/test_along.py", "tests/web/test_barred.py", "tests/web/test_calls.py"
CUSTODY = "tests/web/test_custody.py"


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
    _road("whoever speaks on a call is not asked", "actions_call", 'if word.item["word"] == NONE and not str(', "if False and not str(",
          f"{CALLS}::test_a_call_is_booked_its_fee_is_a_line_of_the_ledger_and_whoever_speaks_is_asked_for_the_word"),
    _road("the other word on a call is written down as what it is", "actions_call", "return held, RIGHT if word.duress else", 'return held, "other" if word.duress else',
          f"{CALLS}::test_the_other_word_is_answered_as_the_right_one_and_somebody_is_told_in_silence", refuses="H-35"),
    _road("a call is no word of the party", "actions_call", "        held = take_down(actor, held, journey, word)\n", "        pass\n",
          f"{CALLS}::test_a_call_is_booked_its_fee_is_a_line_of_the_ledger_and_whoever_speaks_is_asked_for_the_word"),
    _road("any line of the ledger is a fee", "actions_call", "if fee and fee not in {", "if False and fee not in {", f"{CALLS}::test_what_is_booked_is_bound"),
    _road("the sound of a call is taken", "views_call", "    if request.FILES:\n", "    if False:\n", f"{CALLS}::test_no_sound_is_kept_whatever_a_request_brings"),
    _road("custody ends with the journey", "custody", "return unwritten(journey) or (found is not None and found.held)",
          'return journey.status == "handed over" and (unwritten(journey) or (found is not None and found.held))',
          f"{CUSTODY}::test_custody_goes_on_after_the_journey_was_closed_until_they_are_released"),
    _road("nobody looks for whom nothing was written", "custody", "and not steps(journey)", "and False",
          f"{CUSTODY}::test_an_arrival_in_custody_of_which_nothing_was_written_is_late"),
    Mutant("a step of custody names no day to look again", "waystation/journeys/held.py", "step.kind in ENDS or _soon(step.next_on, today)", "True",
           "tests/core/test_journeys_held.py::test_a_step_that_does_not_fit_says_why"),
    Mutant("an address of a prison is kept", "waystation/journeys/held.py", "if _POSITION.search(step.place):", "if False:",
           "tests/core/test_journeys_held.py::test_a_step_that_does_not_fit_says_why"),
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
