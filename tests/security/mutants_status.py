"""Guards of status and of arrivals, removed one at a time."""

from mutant import Mutant

MOVES = "tests/core/test_casework_application.py"
ARRIVAL = "tests/web/test_arrival.py"
CORE, WEB = "tests/core/test_rights_status.py", "tests/web/test_status.py"

MUTANTS = [
    Mutant("an application is filed without anybody's yes", "waystation/casework/application.py", "lambda f: f.consent)))", "lambda f: True)))",
           f"{MOVES}::test_nothing_is_filed_without_everybodys_yes", refuses="H-05"),
    Mutant("a State is told what nobody said yes to", "waystation_web/status/actions.py", "        if refused is not None:",
           "        if refused is actor:", f"{WEB}::test_nothing_is_filed_or_told_without_a_yes_that_names_the_state", refuses="H-05"),
    Mutant("a yes to a name carries everything else", "waystation_web/status/grounds.py", "data=frozenset(data), day=today",
           "data=NAME, day=today", f"{WEB}::test_nothing_is_filed_or_told_without_a_yes_that_names_the_state", refuses="H-05"),
    Mutant("a mother is not asked before she is parted", "waystation_web/status/grounds.py", "unity=not one.apart or bool(",
           "unity=True or bool(", f"{WEB}::test_a_mother_is_asked_before_a_way_is_chosen_that_would_part_her_from_a_child", refuses="W-14"),
    Mutant("a child of a Chinese father is no child", "waystation_web/status/unity.py", "(one.id in left or CHILD in one.needs)",
           "(one.id in left)", f"{WEB}::test_a_mother_is_asked_before_a_way_is_chosen_that_would_part_her_from_a_child", refuses="W-14"),
    Mutant("a way is chosen before nationality was explained", "waystation/casework/application.py", "lambda f: f.explained)",
           "lambda f: f.compared)", f"{MOVES}::test_no_way_is_chosen_before_it_was_said_what_it_costs", refuses="W-13"),
    Mutant("the broker interprets at an interview", "waystation/casework/application.py", "lambda f: not f.broker_interprets)",
           "lambda f: f.summary)", f"{MOVES}::test_the_broker_interprets_no_interview", refuses="H-30"),
    Mutant("who still waits is left out of the count", "waystation/rights/durations.py", "waiting = sum(1 for one in told if one.days >= day)",
           "waiting = sum(1 for one in told if one.days >= day and one.ended)",
           f"{CORE}::test_own_waits_count_those_who_still_wait_and_say_nothing_below_twenty"),
    Mutant("a handful of waits is called known", "waystation/rights/durations.py", "ENOUGH = 20", "ENOUGH = 2",
           f"{CORE}::test_own_waits_count_those_who_still_wait_and_say_nothing_below_twenty"),
    Mutant("a paragraph counts as seen without its digest", "waystation/rights/findings.py",
           'if common["mark"] is Mark.VERIFIED and not row["text_sha256"]:', 'if common["mark"] is None:',
           f"{CORE}::test_a_paragraph_is_checked_only_with_the_digest_of_what_was_seen"),
    Mutant("a memo does not count what nobody checked", "waystation/rights/memo.py", "unchecked = sum(NOT_CHECKED in note", "unchecked = sum(not note",
           f"{CORE}::test_a_memo_takes_its_paragraphs_by_who_somebody_is_and_counts_what_nobody_checked"),
    Mutant("a silent incident stands in the chain", "waystation_web/status/queries.py", ".open_silently:", ".over:",
           f"{WEB}::test_the_memo_is_made_of_who_somebody_is_their_fear_and_the_states_that_handed_them_on"),
    Mutant("whoever wants no contact is asked all the same", "waystation_web/arrival/actions.py", "    if one.stopped:", "    if one.outcome:",
           f"{ARRIVAL}::test_whoever_wants_no_contact_is_asked_nothing_from_that_moment_on"),
    Mutant("tasks go on for whoever wants no contact", "waystation_web/arrival/followup.py", "return bool(self.no_contact or self.outcome)",
           "return bool(self.outcome)", f"{ARRIVAL}::test_whoever_wants_no_contact_is_asked_nothing_from_that_moment_on"),
    Mutant("a debt above the grant is not told of an arrival", "waystation_web/arrival/followup.py", "debt_above_grant=debts.above_grant",
           "debt_above_grant=None", f"{ARRIVAL}::test_what_is_not_all_right_is_said_and_what_nobody_asked_is_never_all_right", refuses="W-05"),
    Mutant("signs of wanting to die wait for their day", "waystation_web/arrival/due.py", 'signs = one.life().screen == "signs"', "signs = False",
           f"{ARRIVAL}::test_signs_of_wanting_to_die_stand_first_until_a_plan_was_made_and_relations_of_exile_are_kept"),
    Mutant("an own file holds the fear of another", "waystation_web/claims/pack_status.py", 'if each.get("person") == one.id]',
           'if each.get("person")]', "tests/web/test_own_file.py::test_the_pack_has_every_own_field_and_nobody_elses_name", refuses="H-42"),
]
