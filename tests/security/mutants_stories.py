"""Guards of what leaves in words and of stories, removed one at a time."""

from mutant import Mutant

ROSTER = "tests/core/test_redaction.py"
BYTES = "test_every_way_of_writing_that_can_be_listed_is_found_between_bytes_that_are_no_text"

MUTANTS = [
    Mutant("one encoding is not searched", "waystation/evidence/redaction.py", '"utf-16-be", "cp949", "gb18030")',
           '"utf-16-be", "gb18030")', f"{ROSTER}::{BYTES}"),
    Mutant("nobody notices that a search is blind", "waystation/evidence/redaction.py", "    _prove_the_search()\n", "",
           f"{ROSTER}::test_a_search_gone_blind_in_one_encoding_says_so_itself"),
    Mutant("what is packed is not unpacked", "waystation/evidence/containers.py", 'elif data.startswith(b"%PDF"):',
           'elif data.startswith(b"%pdf"):', f"{ROSTER}::test_what_is_packed_is_unpacked_first"),
    Mutant("an empty roster clears everything", "waystation/evidence/redaction.py", "if not roster.entries:",
           "if roster.entries is None:", f"{ROSTER}::test_a_check_against_nobody_or_with_a_control_that_is_not_found_has_failed"),
    Mutant("a given name alone is nobody's", "waystation/evidence/roster.py", "if sort is Sort.NAME else ():\n                    found.set",
           "if sort is Sort.PLACE else ():\n                    found.set",
           f"{ROSTER}::test_what_names_nobody_is_let_by_and_what_only_sounds_alike_is_for_a_person_to_judge"),
]
