"""Guards of casework, removed one at a time: what stops sharing at once, who is asked, what lies sealed apart.

The name begins with the refusal of the design that the guard keeps.
"""

from mutant import Mutant

CONSENT, STATUS, SCREEN = ("tests/core/test_casework_consent.py", "tests/core/test_casework_status.py",
                           "tests/core/test_casework_screening.py")
SHARED, SCREENS = "tests/web/test_cases_shared.py", "tests/web/test_cases_screens.py"


def _web(name: str, file: str, old: str, new: str, killed_by: str) -> Mutant:
    return Mutant(name, f"waystation_web/cases/{file}.py", old, new, killed_by)


def _core(name: str, file: str, old: str, new: str, killed_by: str) -> Mutant:
    return Mutant(name, f"waystation/casework/{file}.py", old, new, killed_by)


MUTANTS = [
    _core("H-05 vital interest names somebody to a State", "consent",
          '    if wish.recipient in STATES or wish.purpose == "state" or wish.country in ORIGIN | RETURNING:\n', "    if False:\n",
          f"{CONSENT}::test_vital_interest_names_nobody_to_a_state"),
    _core("vital interest is used twice", "consent", "    if ground.used:\n", "    if False:\n",
          f"{CONSENT}::test_vital_interest_is_another_ground_with_a_reason_and_a_second_reader"),
    _core("H-30 the broker interpreted", "consent", "    if row.interpreter_is_broker:\n", "    if False:\n",
          f"{CONSENT}::test_each_thing_in_the_way_is_named"),
    _core("H-21 on the road without consent", "status", "(_STANDING, _CONSENT, _YES, _CHILD), two=True)",
          "(_STANDING, _YES, _CHILD), two=True)", f"{STATUS}::test_no_way_leads_on_the_road_without_it"),
    _core("H-23 on the road without care for each child", "status", "(_STANDING, _CONSENT, _YES, _CHILD), two=True)",
          "(_STANDING, _CONSENT, _YES), two=True)", f"{STATUS}::test_no_way_leads_on_the_road_without_it"),
    _core("H-04 on the road against a no", "status", "(_STANDING, _CONSENT, _YES, _CHILD), two=True)",
          "(_STANDING, _CONSENT, _CHILD), two=True)", f"{STATUS}::test_no_adult_is_taken_on_the_road_against_their_no"),
    _core("a crisis leads back on the road", "status", 'PAST_THE_ROAD = frozenset({"arrived", "settling"})',
          'PAST_THE_ROAD = frozenset({"arrived", "settling", "in transit"})',
          f"{STATUS}::test_a_crisis_leads_back_but_never_on_the_road_without_being_asked_again"),
    _core("a step of two is made by one", "moves", "    if move.two and not facts.second:\n", "    if False:\n",
          f"{STATUS}::test_each_guard_is_in_the_way_when_its_fact_is_missing"),
    _core("a child must show by which means", "screening", "(means_told or child is not False)", "means_told",
          f"{SCREEN}::test_act_means_and_purpose"),
    _web("H-21 sharing goes on after somebody withdrew", "actions_consent", "        if case.status == WITHDRAWN:\n", "        if False:\n",
         f"{SHARED}::test_after_somebody_withdrew_nothing_is_shared_and_everybody_told_is_asked_to_stop"),
    _web("H-21 nobody is asked to stop", "actions_consent", '    if event == "withdraw":\n', "    if False:\n",
         f"{SHARED}::test_after_somebody_withdrew_nothing_is_shared_and_everybody_told_is_asked_to_stop"),
    _web("vital interest is not marked as used", "actions_consent", '{"used": True}', '{"used": False}',
         f"{SHARED}::test_vital_interest_is_for_one_act"),
    _web("H-21 a yes of one adult is that of all", "consents", "consent=bool(grown) and all(", "consent=bool(grown) and any(",
         f"{SHARED}::test_the_yes_of_one_adult_is_not_the_yes_of_another_on_the_road"),
    _web("H-31 offered to one, offered to all", "screens", "for what in SCREENS if (one.id, what) not in said]",
         "for what in SCREENS if what not in {w for _, w in said}]", f"{SHARED}::test_screenings_of_one_adult_are_not_those_of_another"),
    _web("who signs the reason of a step does not see it changed", "actions_consent",
         '        this = {"event": event, "from": status, "reason": reason}\n', '        this = {"event": event, "from": status}\n',
         f"{SHARED}::test_the_reason_is_what_both_sign"),
    _web("words of a screening lie in the case", "screens", '    if what == "trafficking" and not refused:\n',
         '    line |= {name: typed[name] for name in SAID if typed.get(name)}\n    if what == "trafficking" and not refused:\n',
         f"{SCREENS}::test_what_was_said_lies_apart_and_agreeing_undoes_nothing"),
    _web("sealed words of another case are shown", "queries_screens",
         "            if sealed.body.get(UNSEALED) == case.record.key:\n", "            if True:\n",
         f"{SCREENS}::test_words_of_another_case_are_not_shown"),
    _web("whoever keeps no names writes words", "actions_screens", '        if said and not kept.may_make(actor, "person"):\n',
         "        if False:\n", f"{SCREENS}::test_whoever_keeps_no_names_writes_that_it_was_offered_and_no_words"),
    _core("H-34 declined without a named reason", "status", "(_NAMED, _ANSWER, _REFER), two=True)", "(_ANSWER, _REFER), two=True)",
          f"{STATUS}::test_nobody_is_declined_without_an_answer_and_an_attempt_to_refer"),
    _core("H-31 planned without screenings", "status", "lambda f: f.screens),)),", "lambda f: True),)),",
          f"{STATUS}::test_no_way_leads_on_the_road_without_it"),
    _web("H-21 a no that nobody can read is forgotten", "consents", 'recipient="", data=frozenset(DATA), said=Said.WITHDRAWN, day=day)',
         'recipient="", data=frozenset(), said=Said.WITHDRAWN, day=day)', f"{SHARED}::test_a_row_that_nobody_can_read_takes_everything_back"),
]
