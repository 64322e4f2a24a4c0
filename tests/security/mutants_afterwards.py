"""Guards of what goes on after somebody said yes and two signed, removed one at a time."""

from mutant import Mutant

CLEARANCE, COPY = "waystation/stories/clearance.py", "waystation_web/packs/actions_copy.py"
ENDS = "tests/core/test_stories.py::test_a_yes_lasts_as_long_as_it_can_be_read_and_what_is_public_has_no_last_day"

MUTANTS = [
    Mutant("a public page outlives the yes that it rests on", CLEARANCE, "(through is None or row.until < through)", "through is not None and row.until < through",
           ENDS, refuses="H-21"),
    Mutant("a reader reads after the yes has ended", CLEARANCE, "(through is None or row.until < through)", "through is None", ENDS, refuses="H-21"),
    Mutant("whoever is named later is told of no reader", COPY, "told=words_kept(story.told), people=people_of(story),", "told=words_kept(story.told),",
           "tests/web/test_packs.py::test_whoever_is_named_after_the_pack_was_asked_for_takes_it_back_too", refuses="H-21"),
]
