"""Guards of planning and deciding, removed one at a time: vetoes, silence about what nobody knows, warnings before signing."""

from mutant import Mutant

RULES, ANSWER, LIMITS, KNOWN = (f"tests/core/test_{name}.py" for name in ("decision", "answer", "limits", "knowledge"))
OUTCOMES, VET = (f"tests/core/test_{name}.py" for name in ("journeys_outcomes", "vetting"))
DECIDE = "tests/web/test_decide.py"


def _plan(name: str, file: str, old: str, new: str, killed_by: str, refuses: str) -> Mutant:
    return Mutant(name, f"waystation/planning/{file}.py", old, new, killed_by, refuses)


NEVER = [
    _plan("a forbidden leg is planned over", "limits", '    if leg.status == "forbidden":\n', "    if False:\n",
          f"{ANSWER}::test_a_forbidden_leg_is_listed_with_its_reason_and_never_drawn", "H-04"),
    _plan("planned against an adult's no", "limits", "    if not party.all_agree:\n", "    if False:\n",
          f"{LIMITS}::test_no_plan_without_every_adults_yes_or_a_childs_guardian", "H-04"),
    _plan("planned for a child without a guardian", "limits", "    if not party.guardian_ok:\n", "    if False:\n",
          f"{LIMITS}::test_no_plan_without_every_adults_yes_or_a_childs_guardian", "H-04"),
    _plan("a child leaves without a guardian", "decision", "    if facts.children and not facts.guardian_recorded:\n", "    if False:\n",
          f"{RULES}::test_each_thing_taken_away_is_missed_by_its_rule_and_nothing_opens", "H-04"),
    _plan("one person judges what is best for a child", "decision", "    if facts.children and not facts.best_interest_by_two:\n",
          "    if False:\n", f"{RULES}::test_each_thing_taken_away_is_missed_by_its_rule_and_nothing_opens", "H-23"),
    _plan("nobody said when to turn back", "decision", "    if not facts.abort_rule.strip():\n", "    if False:\n",
          f"{RULES}::test_each_thing_taken_away_is_missed_by_its_rule_and_nothing_opens", "H-28"),
    _plan("a decision without reasons", "decision", "    if not facts.reasons.strip():\n", "    if False:\n",
          f"{RULES}::test_each_thing_taken_away_is_missed_by_its_rule_and_nothing_opens", "H-28"),
]
PARTIES = [
    Mutant("whoever was not asked agrees", "waystation/casework/people.py", "all(one.agreed is True for", "all(one.agreed is not False for",
           "tests/core/test_casework_people.py::test_one_adult_who_was_not_asked_is_not_a_yes", "H-04"),
    Mutant("a guardian's word alone takes a child", "waystation/casework/people.py", "(one.guardian and one.best_interest_by_two)",
           "one.guardian", "tests/core/test_casework_people.py::test_a_child_alone_needs_a_guardian_and_a_best_interest_record_by_two",
           "H-04 H-23"),
    Mutant("who can pay is chosen first", "waystation/portfolio/missions.py", "    people_of: Mapping[str, int]\n    stay: int = 0\n",
           "    people_of: Mapping[str, int]\n    stay: int = 0\n    can_pay: int = 0\n",
           "tests/core/test_portfolio_inputs.py::test_nothing_is_asked_that_says_what_somebody_is_worth", "H-07"),
]
UNKNOWN = [
    _plan("what nobody knows has a number", "knowledge", "    if full.state in (Knowledge.THIN, Knowledge.MEASURED):\n        return full\n",
          "    if full.state is not Knowledge.PRIOR_ONLY:\n        return full\n",
          f"{KNOWN}::test_unknown_carries_no_number_even_on_request", "H-27"),
    _plan("nineteen journeys are a record", "knowledge", "FEW_TRAVERSALS, PRIOR_MOST, THIN_EFFECTIVE, PRIOR_HALF = 20,",
          "FEW_TRAVERSALS, PRIOR_MOST, THIN_EFFECTIVE, PRIOR_HALF = 10,", f"{KNOWN}::test_state", "H-27"),
    Mutant("silence is an arrival", "waystation/journeys/outcomes.py", "ENDS.get(one.code, Ended.SILENT)",
           "ENDS.get(one.code, Ended.ARRIVED)", f"{OUTCOMES}::test_a_leg_without_a_code_is_never_counted_as_passed", "H-27"),
]
WARNED = [
    _plan("what is stale is no warning", "decision", "    if seen.stale:\n", "    if False:\n",
          f"{RULES}::test_each_warning_at_its_edge", "W-02"),
    _plan("one mouth is no warning", "decision", "    if seen.one_source:\n", "    if False:\n",
          f"{RULES}::test_each_warning_at_its_edge", "W-03"),
    _plan("an infant is no warning", "decision", " or seen.infants or ", " or ", f"{RULES}::test_each_warning_at_its_edge", "W-07"),
    _plan("a river in winter is no warning", "decision", " or seen.winter_river:", ":", f"{RULES}::test_each_warning_at_its_edge", "W-07"),
    _plan("thirty weeks are no warning", "decision", "(seen.pregnancy_weeks or 0) >= 28", "(seen.pregnancy_weeks or 0) >= 38",
          f"{RULES}::test_each_warning_at_its_edge", "W-07"),
    _plan("a second loss is no warning", "decision", "    if seen.losses_90_days >= 2:\n", "    if seen.losses_90_days > 2:\n",
          f"{RULES}::test_each_warning_at_its_edge", "W-08"),
    _plan("nobody asks whether one is tired", "decision", "    if not facts.biases_asked:\n", "    if False:\n",
          f"{RULES}::test_each_thing_taken_away_is_missed_by_its_rule_and_nothing_opens", "W-09"),
    Mutant("who holds papers may be relied on", "waystation/trust/vetting.py", "    if holds_papers_or_children:\n", "    if False:\n",
           f"{VET}::test_who_must_not_be_used_is_said_whatever_the_grade", "W-04"),
    Mutant("a contact's page warns of nothing that is held", "waystation_web/contacts/contact.py",
           "holds_papers_or_children=bool(self.holds)", "holds_papers_or_children=False",
           "tests/web/test_contacts.py::test_who_holds_papers_money_or_children_is_warned_of_wherever_a_contact_is_chosen", "W-04"),
    Mutant("papers held by a broker follow nothing", "waystation/casework/screening.py", "        if holder in OTHERS:\n",
           "        if False:\n", "tests/core/test_casework_screening.py::test_who_holds_what", "H-33"),
    Mutant("warnings are not kept with a decision", "waystation_web/plans/facts.py",
           "[[rule, sentence] for rule, sentence in warnings(self.seen)]", "[]",
           f"{DECIDE}::test_what_was_warned_of_stands_on_the_page_and_with_the_decision", "W-01 W-02 W-03 W-07 W-08"),
    Mutant("warnings are not shown before signing", "waystation_web/plans/queries_decide.py",
           "tuple((rule, gettext(said)) for rule, said in warnings(seen.seen))", "()",
           f"{DECIDE}::test_what_was_warned_of_stands_on_the_page_and_with_the_decision", "W-01 W-02 W-03 W-07 W-08"),
]
MUTANTS = [*NEVER, *PARTIES, *UNKNOWN, *WARNED]
