"""Guards around a changed world, removed one at a time."""

from mutant import Mutant

PAGES = "tests/web/test_what_if_pages.py"
NEVER = "test_a_changed_world_is_never_decided_on_signed_read_aloud_or_taken_for_a_plan"

MUTANTS = [
    Mutant("a changed world can be signed", "waystation_web/plans/world.py", "    if is_changed(held):\n", "    if False:\n",
           f"{PAGES}::{NEVER}"),
    Mutant("a changed world stands among plans", "waystation_web/plans/queries_list.py", " and not is_changed(one)]", "]",
           f"{PAGES}::{NEVER}"),
    Mutant("two rows of a change speak of one place", "waystation/network/changing.py", "        elif row[column] in found:\n",
           "        elif False:\n", "tests/core/test_what_if.py::test_a_change_that_cannot_be_asked_about_says_where_and_what_to_do"),
]
