"""Guards of the panic switch and of leaving in a hurry, removed on purpose."""

from mutant import Mutant

TESTS, LEAVING = "tests/security/test_panic.py", "tests/security/test_leaving_at_once.py"
PROCESSES, PANIC = "waystation_web/gateways/processes.py", "waystation_web/office/panicking.py"
KEY, MEMORY = "waystation_web/office/forgetting_key.py", "waystation_web/gateways/runtime.py"


def _fault(name: str, file: str, old: str, new: str, test: str) -> Mutant:
    return Mutant(name, file, old, new, f"{TESTS}::{test}", "H-50")


MUTANTS = [
    _fault("who does not go is let alone", PANIC, "late = log.seconds() > PATIENCE", "late = False",
           "test_what_does_not_go_when_told_is_killed_before_the_two_seconds_are_over"),
    _fault("a panic stops the alarm as well", PANIC, "if everything or one.role != WATCH}", "if one.role}",
           "test_the_alarm_goes_on_unless_told_otherwise"),
    _fault("what lived in memory outlives a panic", PANIC, "left += len(runtime.clear(folder, keep=processes.spared(folder, {WATCH})))",
           "left += 0", "test_where_nothing_runs_it_says_so_and_takes_what_a_broken_end_left"),
    _fault("a panic that failed says that it is done", PANIC, "good = not there and not left and log.seconds() <= LIMIT", "good = not left",
           "test_what_could_not_be_stopped_is_said_with_what_to_do"),
    _fault("a number is enough to be stopped", PROCESSES, "return began(self.pid) == self.since", "return bool(began(self.pid))",
           "test_another_office_and_another_program_are_never_touched"),
    _fault("another office is stopped as well", PROCESSES, "if one.home == str(installation.home))", "if one.home)",
           "test_another_office_and_another_program_are_never_touched"),
    _fault("another terminal does not find the memory", PROCESSES, "list(dict.fromkeys([installation.runtime, *listed]))",
           "[installation.runtime, *listed][:1]",
           "test_two_at_once_from_a_terminal_that_knows_nothing_of_where_the_memory_is"),
    _fault("a child that computes is not found", "waystation_web/gateways/children.py",
           "processes.enter(settings.INSTALLATION, processes.CHILD, child.pid)  # before it learns anything", "pass",
           "test_a_child_that_computes_is_found_while_it_does_and_not_afterwards"),
    _fault("a worker is not found", "waystation_web/office/serving.py",
           "processes.enter(self.installation, processes.WORKER, process.pid)", "pass",
           "test_a_worker_that_answers_nothing_a_locked_database_and_a_deaf_office_delay_nothing"),
    _fault("keys in memory are only unlinked", MEMORY, "stream.write(bytes(path.stat().st_size))", "stream.flush()",
           "test_keys_in_memory_are_written_over_before_they_are_unlinked"),
    _fault("the host key goes by one word though nothing would bring it back", KEY, "    if there:\n        return True\n",
           "    return True\n", "test_without_an_escrow_of_this_key_one_word_does_not_do"),
    Mutant("leaving leads to the door of this office", "waystation_web/accounts/views.py", 'return _out(request, "blank")',
           'return _out(request, "sign-in")',
           f"{LEAVING}::test_leaving_ends_the_session_empties_the_browser_and_the_page_after_it_says_nothing", "H-50"),
    Mutant("leaving tells the browser nothing", "waystation_web/accounts/sessions.py", 'response["Clear-Site-Data"] = \'"*"\'', "pass",
           f"{LEAVING}::test_leaving_ends_the_session_empties_the_browser_and_the_page_after_it_says_nothing", "H-50"),
    Mutant("who is locked stays in", "waystation_web/accounts/people.py", "        _state(account, State.LOCKED)\n", "",
           f"{LEAVING}::test_any_colleague_locks_from_afar_and_the_other_browser_is_out_at_once", "H-50"),
]
