"""Guards of how far a source is believed and of what a report is worth: who checks, what counts, what is planned again."""

from mutant import Mutant

TESTS = "tests/trust/test_sources.py"
FOUND = f"{TESTS}::test_who_always_says_calm_is_found_out_and_the_honest_are_believed_more"
ALONE = f"{TESTS}::test_nobody_is_a_witness_in_their_own_case_whatever_number_of_mouths_they_have"


def _sources(name: str, old: str, new: str, killed_by: str) -> Mutant:
    return Mutant(name, "waystation/trust/sources.py", old, new, killed_by)


TURNS = "tests/oracles/test_information.py::test_a_report_that_turns_the_first_step_is_worth_something_and_its_row_says_so"


def _worth(name: str, old: str, new: str) -> Mutant:
    return Mutant(name, "waystation/planning/evsi.py", old, new, TURNS)


LEGS = "tests/core/test_hazards_legs.py::test"
ASKING = "tests/oracles/test_asking.py::test"
OTHER_WAY = "tests/core/test_worth.py::test_asking_finds_a_way_that_nobody_would_have_gone"


def _legs(name: str, file: str, old: str, new: str, killed_by: str) -> Mutant:
    return Mutant(name, f"waystation/hazards/{file}.py", old, new, f"{LEGS}_{killed_by}")


def _asking(name: str, old: str, new: str, killed_by: str) -> Mutant:
    return Mutant(name, "waystation/planning/asking.py", old, new, killed_by)


MUTANTS = [
    _legs("what is said of a bridge moves the roads around it", "model", "if place[0] < LEG}", "}", "it_moves_that_leg_alone"),
    _legs("what was said of a bridge never ages", "model", "float(keep * 2.0 ** (-(today - row.stated).days / defaults.half_life_d[mode]))",
          "float(keep)", "it_ages_like_an_outcome_and_a_break_weakens_it"),
    _legs("a word about a leg is an outcome", "messages", "            cavity = _normal(cavity * factor)\n", "", "it_counts_as_judgement_and_is_named"),
    _legs("a draw does not hear what was said", "messages", "one.heard(int(s), above[:, one.node], rng.random(len(drawn)))",
          "above[:, one.node]", "draws_say_the_same_as_the_belief"),
    _asking("an answer leaves nothing unknown", "np.sqrt(ANSWER / (ANSWER + events))", "1.0", f"{ASKING}_the_worth_of_an_answer_is_that_of_brute_force"),
    _asking("only legs of the plan are asked about", "for chain, at in ((made.chain, hazards), (other, mild)):",
            "for chain, at in ((made.chain, hazards),):", OTHER_WAY),
    _worth("a report is worth what it would say at its best",
           "gain = sum((chance * done[0] for chance, done in mine), -before[0])", "gain = max((done[0] - before[0] for _, done in mine), default=0.0)"),
    _worth("a report of another area is never planned with",
           "    model = replace(asked.model, forecast=believed)\n", "    model = asked.model\n"),
    _sources("everybody is a witness in their own case", "other = (root_of[:, None] != root_of) & (", "other = (", ALONE),
    _sources("nothing is learnt", "return self.after / self.before if", "return 1.0 if", FOUND),
    _sources("who always says calm has a fine record", "worth[7:] = 0.0", "worth[7:] = 1.0", FOUND),
    _sources("one checked report moves a letter", "ENOUGH = 5.0 ", "ENOUGH = 0.5 ",
             f"{TESTS}::test_a_handful_of_checked_reports_moves_nobody"),
    _sources("the record of one is laid to another", "counted(heard, heard.root, table", "counted(heard, root_of, table",
             f"{TESTS}::test_a_handful_of_checked_reports_moves_nobody"),
    _sources("what comes tomorrow is known today", " and utc(r.received_at) <= utc(now)\n", "\n",
             f"{TESTS}::test_what_comes_later_is_not_known_before"),
    _sources("a letter puts somebody beyond learning", "MOST = 6.0 ", "MOST = 60.0 ",
             f"{TESTS}::test_a_letter_puts_nobody_beyond_learning"),
    _sources("hearsay teaches as much", " * defaults.w_hand[r.hand] for r in kept", " for r in kept",
             f"{TESTS}::test_hearsay_and_old_reports_teach_less"),
    _sources("what our own parties met checks nobody", "(near & other).any(1) | own.any(1)", "(near & other).any(1)",
             f"{TESTS}::test_what_our_own_parties_met_checks_a_source_that_nobody_else_can_check"),
    Mutant("the plan does not use what was learnt", "waystation/trust/truth.py",
           "factors = {root: one.factor for root, one in known.items()}", "factors: dict[str, float] = {}",
           f"{TESTS}::test_a_source_that_was_found_out_moves_the_plan_s_belief_less_and_the_belief_says_why"),
]
