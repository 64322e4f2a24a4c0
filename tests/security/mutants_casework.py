"""Guards of casework, removed one at a time: what stops sharing at once, who is asked, what lies sealed apart."""

from mutant import Mutant

CONSENT, STATUS, SCREEN = ("tests/core/test_casework_consent.py", "tests/core/test_casework_status.py",
                           "tests/core/test_casework_screening.py")
SHARED, SCREENS, PROTECT, PAGES, CARE, WORK, PEOPLE, TAKEN = (f"tests/web/test_cases_{name}.py" for name in (
    "shared", "screens", "protect", "pages", "care", "work", "people", "import"))


def _web(name: str, file: str, old: str, new: str, killed_by: str, refuses: str = "") -> Mutant:
    return Mutant(name, f"waystation_web/cases/{file}.py", old, new, killed_by, refuses)


def _core(name: str, file: str, old: str, new: str, killed_by: str, refuses: str = "") -> Mutant:
    return Mutant(name, f"waystation/casework/{file}.py", old, new, killed_by, refuses)


MUTANTS = [
    _core("vital interest names somebody to a State", "consent",
          '    if wish.recipient in STATES or wish.purpose == "state" or wish.country in ORIGIN | RETURNING:\n', "    if False:\n",
          f"{CONSENT}::test_vital_interest_names_nobody_to_a_state", refuses="H-05"),
    _core("vital interest is used twice", "consent", "    if ground.used:\n", "    if False:\n",
          f"{CONSENT}::test_vital_interest_is_another_ground_with_a_reason_and_a_second_reader", refuses="H-21"),
    _core("the broker interpreted", "consent", "    if row.interpreter_is_broker:\n", "    if False:\n",
          f"{CONSENT}::test_each_thing_in_the_way_is_named", refuses="H-30"),
    _core("on the road without consent", "status", "(_STANDING, _CONSENT, _YES, _CHILD), two=True)",
          "(_STANDING, _YES, _CHILD), two=True)", f"{STATUS}::test_no_way_leads_on_the_road_without_it", refuses="H-21"),
    _core("on the road without care for each child", "status", "(_STANDING, _CONSENT, _YES, _CHILD), two=True)",
          "(_STANDING, _CONSENT, _YES), two=True)", f"{STATUS}::test_no_way_leads_on_the_road_without_it", refuses="H-23"),
    _core("on the road against a no", "status", "(_STANDING, _CONSENT, _YES, _CHILD), two=True)",
          "(_STANDING, _CONSENT, _CHILD), two=True)", f"{STATUS}::test_no_adult_is_taken_on_the_road_against_their_no", refuses="H-04"),
    _core("a crisis leads back on the road", "status", 'PAST_THE_ROAD = frozenset({"arrived", "settling"})',
          'PAST_THE_ROAD = frozenset({"arrived", "settling", "in transit"})',
          f"{STATUS}::test_a_crisis_leads_back_but_never_on_the_road_without_being_asked_again"),
    _core("a step of two is made by one", "moves", "    if move.two and not facts.second:\n", "    if False:\n",
          f"{STATUS}::test_each_guard_is_in_the_way_when_its_fact_is_missing", refuses="H-32"),
    _core("a child must show by which means", "screening", "(means_told or child is not False)", "means_told",
          f"{SCREEN}::test_act_means_and_purpose"),
    _web("sharing goes on after somebody withdrew", "actions_consent", "        if case.status == WITHDRAWN:\n", "        if False:\n",
         f"{SHARED}::test_after_somebody_withdrew_nothing_is_shared_and_everybody_told_is_asked_to_stop", refuses="H-21"),
    _web("nobody is asked to stop", "actions_consent", '    if event == "withdraw":\n', "    if False:\n",
         f"{SHARED}::test_after_somebody_withdrew_nothing_is_shared_and_everybody_told_is_asked_to_stop", refuses="H-21"),
    _web("vital interest is not marked as used", "actions_consent", '{"used": True}', '{"used": False}',
         f"{SHARED}::test_vital_interest_is_for_one_act", refuses="H-21"),
    _web("a yes of one adult is that of all", "consents", "consent=bool(grown) and all(", "consent=bool(grown) and any(",
         f"{SHARED}::test_the_yes_of_one_adult_is_not_the_yes_of_another_on_the_road", refuses="H-21"),
    _web("offered to one, offered to all", "screens", "for what in SCREENS if (one.id, what) not in said]",
         "for what in SCREENS if what not in {w for _, w in said}]", f"{SHARED}::test_screenings_of_one_adult_are_not_those_of_another", refuses="H-31"),
    _web("who signs the reason of a step does not see it changed", "actions_consent",
         '        this = {"event": event, "from": status, "reason": reason}\n', '        this = {"event": event, "from": status}\n',
         f"{SHARED}::test_the_reason_is_what_both_sign", refuses="H-32"),
    _web("words of a screening lie in the case", "screens", 'child=someone.child_on(day)).value', 'child=someone.child_on(day)).value + str(typed.get("found"))',
         f"{SCREENS}::test_what_was_said_lies_apart_and_agreeing_undoes_nothing", refuses="H-31"),
    _web("sealed words of another case are shown", "queries_screens",
         "            if sealed.body.get(UNSEALED) == case.record.key:\n", "            if True:\n",
         f"{SCREENS}::test_words_of_another_case_are_not_shown"),
    _web("whoever keeps no names writes words", "actions_screens", '        if said and not kept.may_make(actor, "person"):\n',
         "        if False:\n", f"{SCREENS}::test_whoever_keeps_no_names_writes_that_it_was_offered_and_no_words"),
    _core("declined without a named reason", "status", "(_NAMED, _ANSWER, _REFER), two=True)", "(_ANSWER, _REFER), two=True)",
          f"{STATUS}::test_nobody_is_declined_without_an_answer_and_an_attempt_to_refer", refuses="H-34"),
    _core("planned without screenings", "status", "lambda f: f.screens),)),", "lambda f: True),)),",
          f"{STATUS}::test_no_way_leads_on_the_road_without_it", refuses="H-31"),
    _web("a no that nobody can read is forgotten", "consents", 'recipient="", data=frozenset(DATA), said=Said.WITHDRAWN, day=day)',
         'recipient="", data=frozenset(), said=Said.WITHDRAWN, day=day)', f"{SHARED}::test_a_row_that_nobody_can_read_takes_everything_back", refuses="H-21"),
    _web("a child's data is shared by one", "actions_consent", "        elif wish.child is not False and not by_two(", "        elif False and not by_two(",
         f"{PROTECT}::test_nothing_about_a_child_is_shared_before_two_signed_what_is_best_for_it", refuses="H-23"),
    _core("declined without trying to refer", "status", "(_NAMED, _ANSWER, _REFER), two=True)", "(_NAMED, _ANSWER), two=True)",
          f"{STATUS}::test_nobody_is_declined_without_an_answer_and_an_attempt_to_refer", refuses="H-34"),
    _web("a request asks for papers", "forms_request", 'red_flags = Words(', 'passport = Words(label="x", rows=1)\n    red_flags = Words(',
         f"{PAGES}::test_a_call_asks_for_no_papers_no_village_and_no_body", refuses="H-24"),
    _web("a thumb is asked for", "forms_names", '    number = Line(label=_("Number or name to call back"))\n',
         '    number = Line(label=_("Number or name to call back"))\n    thumb_print = Line()\n',
         "tests/web/test_fields_refused.py::test_no_form_and_no_table_has_room_for_a_body_a_voice_or_a_position", refuses="H-03"),
    _web("a call must say who asks", "forms", '    requester_kind = Code("requester", label=_("Who asks"), empty="not known yet")\n',
         '    requester_kind = forms.CharField(label=_("Who asks"))\n',
         f"{PAGES}::test_a_call_asks_for_no_papers_no_village_and_no_body", refuses="H-24"),
    _web("people are given a worth", "forms_people", '    age = Number(label=_("Age as told"), most=120)\n',
         '    age = Number(label=_("Age as told"), most=120)\n    worth = Number(label="x")\n',
         f"{CARE}::test_no_form_about_people_asks_for_a_verdict_on_them", refuses="H-07"),
    _web("need and safety have a third scale", "actions_work", 'SCALES = ("need_scale", "safety_scale")',
         'SCALES = ("need_scale", "safety_scale", "score")', f"{WORK}::test_need_and_safety_are_two_scales_and_never_one_number", refuses="H-07"),
    _web("a yes is ticked beforehand", "forms_consent", 'choices=SAID, widget=forms.RadioSelect)', 'choices=SAID, widget=forms.RadioSelect, initial="yes")',
         f"{PROTECT}::test_the_page_names_the_missing_yes_and_ticks_nothing", refuses="H-06 H-21"),
    _web("names open under another case", "actions_people", "    if held.body.get(UNSEALED) != case_id.hex():\n", "    if False:\n",
         f"{PEOPLE}::test_names_of_another_case_are_not_found_under_this_one", refuses="H-10"),
    _web("words leave where a code belongs", "leaving",
         "for code in said if code and (known(of, code) if of == \"country\" else code in LISTED[of]))", "for code in said if code)",
         f"{TAKEN}::test_nothing_that_somebody_typed_leaves_even_where_a_code_belongs", refuses="H-02 H-13"),
    _web("the broker interprets in a request", "forms_request", "        if said is True:\n", "        if False:\n",
         f"{PAGES}::test_the_broker_of_a_case_never_interprets_in_it", refuses="H-30"),
]
