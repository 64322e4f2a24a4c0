"""What keeps a search from telling whoever must not know, removed one at a time: the test that is named fails."""

from mutant import Mutant

CORE, WEB = "tests/core/test_journeys_tracing.py", "tests/web/test_tracing.py"


def _core(name: str, old: str, new: str, test: str, **more) -> Mutant:
    return Mutant(name, "waystation/journeys/tracing.py", old, new, f"{CORE}::{test}", **more)


def _office(name: str, file: str, old: str, new: str, test: str, **more) -> Mutant:
    return Mutant(name, f"waystation_web/journeys/{file}.py", old, new, f"{WEB}::{test}", **more)


MUTANTS = [
    _core("the country they fled is asked", "    if state in ORIGIN:\n", "    if False:\n",
          "test_in_the_country_they_fled_nobody_is_asked_whatever_anybody_said_yes_to", refuses="H-05"),
    _core("a State that hands over is asked with a yes", "if body in TELL_IT and (state in RETURNING or state in hand_over):", "if False:",
          "test_of_a_state_that_hands_people_over_nobody_is_asked_who_tells_it", refuses="H-05"),
    _core("who was seen to hand over is forgotten", "(state in RETURNING or state in hand_over)", "state in RETURNING",
          "test_of_a_state_that_hands_people_over_nobody_is_asked_who_tells_it", refuses="H-05"),
    _core("a State is asked without a yes to it", "return None if said_yes else NO_YES", "return None",
          "test_any_other_state_is_asked_with_a_yes_to_it_alone_and_is_named_first", refuses="H-05"),
    _core("an embargo does not hold a question", "    if embargo:\n", "    if False:\n", "test_an_embargo_holds_everything_back"),
    _core("only the last hand-over counts", "    while more := ", "    if more := ",
          "test_who_hands_over_is_whoever_ever_gave_somebody_to_one_that_leads_back"),
    _office("a yes to another State counts", "tracing", "country=state,", 'country="",',
            "test_another_state_is_asked_when_everybody_said_yes_to_it_and_no_longer_when_one_takes_it_back"),
    _office("one yes is everybody's", "tracing", "bool(state) and all(any(", "bool(state) and any(any(",
            "test_another_state_is_asked_when_everybody_said_yes_to_it_and_no_longer_when_one_takes_it_back", refuses="H-05"),
    _office("a child is named without what is best for it", "tracing", "if one.child_on(day) is not False and not by_two(", "if False and not by_two(",
            "test_another_state_is_asked_when_everybody_said_yes_to_it_and_no_longer_when_one_takes_it_back", refuses="H-23"),
    _office("what must not be asked is written as asked later", "actions_tracing", 'if not step.get("asked_on") and typed.get("asked_on"):', "if False:",
            "test_what_was_to_be_asked_and_must_not_be_by_now_is_not_written_as_asked"),
    _office("who cannot read the case may name them", "tracing", "said_yes=case is not None and said_yes(", "said_yes=case is None or said_yes(",
            "test_who_may_not_read_the_case_asks_no_state_and_sees_no_codes", refuses="H-05"),
    _office("a refused question leaves no line in the record", "actions_tracing",
            "            record_refusal(actor, why.rule, vault=incident_id)\n            return why\n        records.add(", "            return why\n        records.add(",
            "test_what_tells_the_state_they_fled_is_refused_with_its_reason_and_recorded", refuses="H-05"),
    _office("who only reads an incident is told why something is not asked", "actions_tracing",
            '    allow(actor, Permission.WRITE_VAULT, Facts(type="incident", holds=True), vault=incident_id)\n', "",
            "test_nobody_who_is_nobody_asks_is_looked_for_or_answers"),
    _office("nobody sees that nobody looks any more", "queries_tracing", "not incident.over and not next_ and any(", "False and any(",
            "test_a_step_that_is_due_stands_in_the_first_hours_and_on_the_board"),
    _office("a step that is due is not on the board", "board", ", due_said(incident)", "", "test_a_step_that_is_due_stands_in_the_first_hours_and_on_the_board"),
]
