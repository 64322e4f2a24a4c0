"""Guards of slips for a witness outside, removed one at a time."""

from mutant import Mutant

SLIPS = "tests/security/test_slips.py"


def _fault(name, file, old, new, test):
    return Mutant(name, f"{file}.py", old, new, f"{SLIPS}::{test}", refuses="H-46")


CORE, OFFICE = "waystation/evidence/slip", "waystation_web/audit/slips"

MUTANTS = [
    _fault("a slip is said to stand though the record ends before it", OFFICE, "last=last, broken=check_chain()", "last=slip.seq, broken=check_chain()",
           "test_an_end_cut_off_is_found"),
    _fault("a slip is compared with itself", OFFICE, "now = slip_of(_organisation(), slip.seq, bytes(there)) if", "now = slip if",
           "test_a_record_rebuilt_with_everything_the_server_holds_is_found"),
    _fault("a slip is compared and the chain before it is not counted through", OFFICE, "broken=check_chain()", "broken=None",
           "test_an_entry_changed_before_the_slip_or_after_it_is_named"),
    _fault("a slip is given and the record does not say so", OFFICE, "        record(actor, Event.SLIP_GIVEN)\n", "",
           "test_that_a_slip_was_given_is_the_last_entry_it_covers"),
    _fault("who held a slip against the record stands nowhere", OFFICE,
           '        record(actor, Event.AUDIT_CHECKED, reason=CHECKED, result="done" if fine else "found")\n', "",
           "test_an_untouched_record_stands_as_it_did_and_goes_on"),
]
MUTANTS += [Mutant("a digit that was typed wrongly passes for another record", "waystation/evidence/slip.py",
                   "        if _check(group[:4]) != group[4]:\n", "        if False:\n", "tests/core/test_slip.py::test_every_wrong_digit_is_said_with_its_group",
                   refuses="H-46")]
