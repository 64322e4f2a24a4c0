"""Guards where one room meets another, removed one at a time: files from outside, who counts as another person, records
of one type that hold two things, what somebody new does not know of the house, the child after its parent.
"""

from mutant import Mutant

HOSTILE = "tests/core/test_files_hostile.py"
CHILD = "tests/core/test_answering.py"
APPROVE, EDGES = "tests/security/test_approvals.py", "tests/web/test_edges.py"

MUTANTS = [
    Mutant("a range of a workbook is one cell", "waystation/network/archive.py", "                yield _area(",
           "                yield 0 and _area(", f"{HOSTILE}::test_a_range_is_as_many_cells_as_it_means"),
    Mutant("a range that cannot be counted is small", "waystation/network/archive.py", "        return MOST_CELLS + 1\n",
           "        return 1\n", f"{HOSTILE}::test_a_range_is_as_many_cells_as_it_means"),
    Mutant("what is not called .xml is not looked at", "waystation/network/archive.py", " or _is_xml(content)):", "):",
           f"{HOSTILE}::test_what_a_member_is_called_hides_nothing"),
    Mutant("whoever invited the asker signs second", "waystation_web/vault/approvals.py",
           "_invited(account, first) or _invited(first, account)", "_invited(account, first)",
           f"{APPROVE}::test_whoever_invited_the_asker_this_week_does_not_sign_second", refuses="H-32"),
    Mutant("a removed person's first signature is signed", "waystation_web/vault/approvals.py",
           "    _there(vault, first)\n", "",
           f"{APPROVE}::test_what_somebody_signed_who_was_locked_or_removed_since_is_not_done", refuses="H-32"),
    Mutant("a removed person's signature is used", "waystation_web/vault/approvals.py",
           "    _there(vault, approval.asked_by, approval.approved_by)\n", "",
           f"{APPROVE}::test_what_somebody_signed_who_was_locked_or_removed_since_is_not_done", refuses="H-32"),
    Mutant("a second account reads what the first wrote", "waystation_web/cases/actions_consent.py",
           '        approvals.another(actor, bytes.fromhex(values.text(found, "by")), vault=case_id)\n', "",
           f"{EDGES}::test_whoever_reads_a_reason_of_vital_interest_is_nobody_s_second_account", refuses="H-21"),
    Mutant("a second account vets the contact of the first", "waystation_web/contacts/actions.py",
           "        approvals.another(actor, held.made.by, vault=contact)\n", "",
           f"{EDGES}::test_whoever_vets_a_contact_is_not_the_second_account_of_whoever_keeps_it"),
    Mutant("acts on cases reach files of an import", "waystation_web/cases/queries.py",
           "    if _is_none(held):\n", "    if UNDONE in held.body:\n",
           f"{EDGES}::test_what_is_no_case_is_not_there_for_any_act_on_cases"),
    Mutant("acts on cases reach what was taken back", "waystation_web/cases/queries.py",
           "    if _is_none(held):\n", "    if BATCH in held.body:\n",
           f"{EDGES}::test_what_is_no_case_is_not_there_for_any_act_on_cases"),
    Mutant("the child outlives its parent", "waystation/cli/answering.py", "    os._exit(1)\n", "    return\n",
           f"{CHILD}::test_a_child_ends_with_its_parent_however_that_one_ends"),
    Mutant("the memory of the child is everybody's", "waystation/cli/answering.py", ".prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)",
           ".prctl(PR_SET_DUMPABLE, 1, 0, 0, 0)", f"{CHILD}::test_no_other_process_reads_the_memory_of_a_child"),
    Mutant("a newcomer is bound by the defaults", "waystation_web/duty/queries.py", "    if not _held(actor) and lacks(actor, Kind.HOUSE):\n",
           "    if False:\n", f"{EDGES}::test_whoever_came_later_is_not_bound_by_the_defaults_in_place_of_the_limits"),
    Mutant("a newcomer pays under a limit they cannot read", "waystation_web/ledger/actions_sign.py",
           "        binding(actor)  # who", "        # who",
           f"{EDGES}::test_whoever_came_later_marks_nothing_as_paid_under_a_limit_they_cannot_read", refuses="H-32"),
    Mutant("a newcomer plans without the limit on exposure", "waystation_web/plans/asking.py", "duty.binding(actor)", "duty.limits(actor)",
           f"{EDGES}::test_whoever_came_later_is_not_bound_by_the_defaults_in_place_of_the_limits"),
]
