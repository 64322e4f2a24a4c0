"""Guards of the host key's change, removed one at a time."""

from mutant import Mutant

EPOCHS, FORGETTING = "tests/security/test_epochs.py", "tests/security/test_forgetting.py"
COURSE = "tests/security/test_course.py"
OPENS = f"{EPOCHS}::test_everything_opens_afterwards_and_two_sheets_bring_the_new_key"
BACKUP = f"{FORGETTING}::test_a_backup_opens_what_was_destroyed_until_the_host_key_is_and_not_afterwards"
BYTES = f"{FORGETTING}::test_no_byte_of_what_was_destroyed_is_in_the_database_its_log_or_the_files"
LAST = f"{EPOCHS}::test_what_somebody_writes_at_the_last_moment_stops_it_and_nothing_is_lost"


def _vault(name: str, file: str, old: str, new: str, killed_by: str, refuses: str = "") -> Mutant:
    return Mutant(name, f"waystation_web/vault/{file}.py", old, new, killed_by, refuses)


MUTANTS = [
    _vault("M36 a change of the host key forgets the factors", "layers", '("slot", "factors", "label", "invite")',
           '("slot", "label", "invite")', f"{EPOCHS}::test_each_purpose_of_the_layer_has_its_rows"),
    _vault("the host key is changed without an escrow", "epochs", "    escrows.keep(fresh.text())\n    if fresh.current", "    if fresh.current",
           f"{EPOCHS}::test_a_folder_that_does_not_take_the_escrow_stops_it_before_any_row"),
    _vault("the escrow keeps the older host key", "epochs", "    escrows.keep(fresh.text())\n    if fresh.current != now.current:\n",
           "    if fresh.current != now.current:\n        escrows.keep(fresh.text())\n", BACKUP, "H-41"),
    _vault("the older host key stays", "epochs", "_put(fresh, fresh.alone(), tell,", "_put(fresh, fresh, tell,", BACKUP, "H-41"),
    _vault("a change that was cut short is not ended before the next", "epochs", "if left.count and not forget:", "if not left:",
           f"{EPOCHS}::test_cut_short_after_every_single_row_it_goes_on_and_everything_opens"),
    _vault("rows of the older host key are lost with it", "epochs", "if layers.look(now).count:", "if not now:", LAST),
    _vault("a host key that somebody else changed is overwritten", "epochs", "if host_keys().text() != now.text():", "if not now:", LAST),
    _vault("an older host key goes on as if it were the newest", "epochs", "if layers.look(keys).newest > keys.current:", "if not keys:",
           f"{EPOCHS}::test_an_older_or_another_host_key_begins_nothing"),
    _vault("another office's host key is changed", "epochs", "if not layers.opens_any(keys):", "if not keys:",
           f"{EPOCHS}::test_an_older_or_another_host_key_begins_nothing"),
    _vault("the log keeps old pages after a change", "epochs", "    while not empty_log():", "    while until < 0:", BYTES, "H-41"),
    _vault("two change the host key at once", "escrows", "        try:\n            _lock(stream)\n", "        try:\n            pass\n",
           f"{EPOCHS}::test_two_changes_at_once_and_a_backup_beside_one_are_refused"),
    _vault("any escrow counts as current", "escrows", "noted == Escrowed(now, there)", "noted is not None",
           f"{EPOCHS}::test_an_escrow_is_current_or_not_without_any_sheet"),
    _vault("new words stay under the older host key", "people", 'return host.seal(host.unseal(slot, "slot", account_id), "slot", account_id)',
           "return slot if host else slot", f"{EPOCHS}::test_words_that_were_stretched_meanwhile_get_under_the_new_key_or_are_refused"),
    _vault("a list that began before the change does not open", "queries", 'if why.kind != "epoch":', "if why.kind:",
           f"{EPOCHS}::test_a_list_that_is_read_while_the_key_changes_opens"),
    _vault("rows of an older host key are not named", "verify", "*_grants(), *_layers(), *_files()", "*_grants(), *_files()",
           f"{EPOCHS}::test_rows_of_an_older_or_an_unknown_key_are_named_by_verify"),
    Mutant("what was written is not read back", "waystation_web/gateways/overwriting.py", "if path.read_bytes() != content:", "if not path:",
           f"{EPOCHS}::test_an_escrow_that_reads_back_otherwise_stops_it_too"),
    Mutant("the old host key lies where it lay", "waystation_web/gateways/overwriting.py", "            _write_over(old)\n        _settle",
           "            pass\n        _settle", f"{EPOCHS}::test_a_host_key_that_was_left_beside_by_a_crash_is_destroyed"),
    Mutant("deleted rows stay in the database's file", "waystation_web/settings.py", "PRAGMA secure_delete=ON", "PRAGMA secure_delete=OFF",
           BYTES, "H-41"),
    Mutant("no backup is made after forgetting", "waystation_web/office/forgetting.py", "        made = back_up(installation) == 0", "        made = True",
           f"{FORGETTING}::test_it_prints_what_is_true_now_and_makes_a_backup_at_once"),
    Mutant("something is said to be gone while its host key is here", "waystation/vault/epochs.py",
           "return None if None in ends else max(end for end in ends if end)", "return max((end for end in ends if end), default=None)",
           f"{COURSE}::test_the_course_says_since_when_something_is_gone"),
    Mutant("an escrow of another office opens", "waystation/vault/escrow.py", 'return ctx("hostkey", organisation)',
           'return ctx("hostkey", bytes(ORGANISATION))', "tests/security/test_escrow.py::test_anything_else_is_refused_and_named"),
]
