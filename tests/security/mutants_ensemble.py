"""Guards of an ensemble that survives, removed one at a time."""

from mutant import Mutant

TESTS = "tests/core/test_ensemble.py"
KILLED = "test_killed_it_goes_on_without_making_a_whole_piece_again_and_ends_with_the_same_bytes"
REFUSED = "test_another_question_a_second_process_and_a_real_book_are_refused"


def _one(name, old, new, test):
    return Mutant(name, "waystation/cli/ensembles.py", old, new, f"{TESTS}::{test}")


MUTANTS = [
    _one("a torn piece counts as whole", "return data if whole[:SEAL] == _digest(seal, one, data) else None", "return data", KILLED),
    _one("a whole piece is made again", "missing = [one for one in work if _kept(given.out, one, seal) is None]", "missing = list(work)",
         KILLED),
    _one("another question goes on in the same folder", "        _same_question(folder, said)\n", "        said.clear()\n", REFUSED),
    _one("a real book lies in clear", "    if not book.book.fictional:\n", "    if False:\n", REFUSED),
    Mutant("a piece has another chance each time", "waystation/planning/ensemble.py", "seed=_seed(asked.seed, piece.first)",
           "seed=__import__('secrets').randbits(64)", f"{TESTS}::{KILLED}"),
]
