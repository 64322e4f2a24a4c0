"""Guards of journeys, of the board and of incidents, removed one at a time: the test that is named fails."""

from mutant import Mutant

ROAD, BOARD, AFTER = "tests/web/test_journeys.py", "tests/web/test_board.py", "tests/web/test_incidents.py"
CLOSING = "tests/web/test_closing.py"


def _road(name, file, old, new, test, **more):
    return Mutant(name, f"waystation_web/journeys/{file}.py", old, new, test, **more)


MUTANTS = [
    _road("a journey opens twice on one decision", "ground", '.get("decision") == found.id.hex() for', '.get("decision") == "" for',
          f"{ROAD}::test_a_journey_opens_on_a_go_by_two_once_and_sends_nobody"),
    _road("a no on the road is not asked for", "ground", "everybody_said_yes=case_says.everybody_said_yes and all(one.answer for one in who.adults)",
          "everybody_said_yes=True",
          f"{ROAD}::test_nobody_is_made_ready_without_consent_a_yes_and_two_words"),
    _road("whoever was ticked paid counts as paid", "ground", ' and not unpaid(actor, journey.case_ref)', "",
          f"{ROAD}::test_a_line_of_the_ledger_that_is_due_and_not_paid_holds_them_whatever_was_ticked"),
    _road("any stop is released", "stops", 'if line["start"] == journey.at and ', 'if ',
          f"{ROAD}::test_only_the_next_stop_is_released_only_to_who_serves_it_only_for_a_time"),
    _road("anybody is told the next stop", "actions_desk", "    if to not in stop.recipients:\n", "    if False:\n",
          f"{ROAD}::test_only_the_next_stop_is_released_only_to_who_serves_it_only_for_a_time"),
    _road("a burnt contact is told the next stop", "stops", "if one.standing(clock.today()) not in UNUSABLE\n", "if True\n",
          f"{ROAD}::test_whoever_must_not_be_used_is_told_nothing_and_leaving_the_plan_takes_a_reason"),
    _road("a wrong word ends silence", "hearing", 'return self.item["word"] != WRONG', "return True",
          f"{ROAD}::test_a_wrong_word_is_no_word"),
    _road("word on the way puts the alarm off", "waiting", "    if now < due_[0]:\n        return due_\n", "",
          f"{ROAD}::test_word_on_the_way_never_puts_the_first_alarm_off"),
    _road("nobody watches who departs", "actions", "    watches.follow(held.id, journey_of(held).due)\n", "",
          f"{ROAD}::test_the_watch_holds_times_and_nothing_else"),
    _road("one person resumes a journey", "actions", "        if JOURNEY[journey.status, event].two:\n", "        if False:\n",
          f"{ROAD}::test_a_new_plan_on_the_road_takes_a_new_decision_and_two_signatures"),
    _road("a signature holds although they are elsewhere now", "actions", '"reason": reason, "at": journey.at,', '"reason": reason,',
          f"{ROAD}::test_word_between_two_signatures_voids_the_first"),
    _road("the other word is written down as what it is", "hearing", '"word": RIGHT if right else', '"word": "other" if duress else RIGHT if right else',
          f"{BOARD}::test_after_the_other_word_every_shared_page_is_the_same_as_after_the_right_one", refuses="H-35"),
    _road("a silent incident stands on the board", "queries", "return [one for one in found if not one.silent]", "return found",
          f"{BOARD}::test_after_the_other_word_every_shared_page_is_the_same_as_after_the_right_one", refuses="H-35"),
    _road("a silent incident needs no confirming", "queries_incident", "    if not actor.stepped_up(now):\n", "    if False:\n",
          f"{BOARD}::test_only_whoever_is_on_duty_sees_it_and_only_after_confirming", refuses="H-35"),
    _road("a silent incident is for everybody", "queries_incident", "    if on and actor.id not in on:\n", "    if False:\n",
          f"{BOARD}::test_only_whoever_is_on_duty_sees_it_and_only_after_confirming", refuses="H-35"),
    _road("a refused act tells the boards", "live", "transaction.on_commit(_raise)", "_raise()",
          f"{BOARD}::test_open_boards_are_told_once_the_act_is_saved_and_not_when_it_is_refused"),
    _road("what was not proposed is frozen", "actions_incident", 'if not wanted or not wanted <= {', "if not wanted and not wanted <= {",
          f"{AFTER}::test_a_person_confirms_and_the_planner_and_the_next_stop_obey_at_once"),
    Mutant("the planner forgets what is frozen", "waystation_web/plans/asking.py", "freezes.codes(actor)", "()",
           f"{AFTER}::test_a_frozen_place_is_in_no_plan_until_somebody_lets_it_go"),
    _road("an incident is answered without owners", "responding", 'stop_loss=all(written[name].get("owner") for name in STOP_LOSS)', "stop_loss=True",
          f"{AFTER}::test_nothing_is_answered_before_each_loss_has_an_owner"),
    _road("a demand does not wait", "responding", "if demand else 0.0", "if False else 99.0",
          f"{AFTER}::test_a_demand_becomes_a_line_of_the_ledger_that_waits", refuses="H-32"),
    _road("a leg without a window counts as open", "closing", "        if party.waits:\n            yield _end(party, UNKNOWN, None, last=last)\n", "",
          f"{CLOSING}::test_where_nobody_wrote_a_window_it_is_said_and_never_drawn_as_open"),
    _road("a decided plan has no clock", "closing", "parties = [*_moving(actor, journeys, now, broken), *_decided(actor, journeys, known.decisions, now, broken)]",
          "parties = [*_moving(actor, journeys, now, broken)]",
          f"{CLOSING}::test_a_decided_plan_has_its_clock_before_anybody_opened_a_journey"),
    _road("a copy waits with whoever asked for it", "board", ' or block.get("approved_by") or block.get("asked_by") == actor.id.hex()', ' or block.get("approved_by")',
          f"{CLOSING}::test_a_copy_of_the_book_stands_with_whoever_may_sign_it_second"),
    Mutant("a payment waits with whoever signed first", "waystation_web/ledger/actions_sign.py", " or line.first.by == actor.id or not mine", " or not mine",
           "tests/web/test_today.py::test_a_payment_stands_with_whoever_may_sign_it_second_and_with_nobody_else"),
    Mutant("a window closes too late where the clock is not known", "waystation/network/windows.py", "EARLIEST_H = 14.0", "EARLIEST_H = 0.0",
           "tests/core/test_windows.py::test_the_clock_of_a_place_that_is_not_known_is_taken_as_the_earliest"),
    Mutant("a wall says in whose words it is due", "waystation_web/desk/views.py", '"far": "far" in request.GET', '"far": False',
           "tests/web/test_today.py::test_what_is_due_is_said_on_ones_own_screen_in_words_and_on_a_wall_by_its_kind"),
    Mutant("a stream goes on without a session", "waystation_web/accounts/sessions.py", "found is not None and clock.now().timestamp()",
           "True or clock.now().timestamp()", f"{BOARD}::test_a_session_goes_on_until_its_file_is_gone_or_its_person_was_away_too_long"),
]
