"""Guards of the alarm, removed on purpose."""

from mutant import Mutant

RULE, PROCESS = "tests/core/test_journeys_overdue.py", "tests/security/test_watch.py"
OVERDUE, WATCHING, ROWS = "waystation/journeys/overdue.py", "waystation_web/office/watching.py", "waystation_web/journeys/watches.py"

MUTANTS = [
    Mutant("the alarm believes a clock that was put back", OVERDUE, "now = max(look.wall, counted)", "now = look.wall",
           f"{RULE}::test_a_clock_put_back_delays_nothing_and_is_said"),
    Mutant("a changed clock is not said", OVERDUE, "abs(look.wall - counted) > ASTRAY", "False",
           f"{RULE}::test_a_clock_put_back_step_by_step_is_said_as_well"),
    Mutant("a restart is not said", OVERDUE, "started and (look.watches is None or", "False and (look.watches is None or",
           f"{RULE}::test_a_restart_tells_everything_anew_and_itself"),
    Mutant("a database that is away quiets the alarm", OVERDUE, "watches = before.watches if look.watches is None else look.watches",
           "watches = look.watches or ()",
           f"{RULE}::test_a_database_that_is_away_is_said_after_a_minute_and_its_last_rows_are_watched_on"),
    Mutant("a database that is away is not said", OVERDUE, "look.watches is None and look.ticks - seen_database",
           "False and look.ticks - seen_database",
           f"{RULE}::test_a_database_that_is_away_is_said_after_a_minute_and_its_last_rows_are_watched_on"),
    Mutant("an office that is away is not said", OVERDUE, "not look.office and look.ticks", "False and look.ticks",
           f"{RULE}::test_an_office_that_is_away_is_said_after_a_minute_and_again_when_it_goes_again"),
    Mutant("a worse level waits for the next repeat", OVERDUE, "last is None or alarm.level > last.level", "last is None",
           f"{RULE}::test_a_worse_level_is_told_at_once"),
    Mutant("nothing is told twice", OVERDUE, "elif news := ticks - last.at >= 60 * AGAIN[min(last.times, len(AGAIN)) - 1]:",
           "elif news := ticks - last.at >= 1e9 * AGAIN[min(last.times, len(AGAIN)) - 1]:",
           f"{RULE}::test_it_is_told_again_after_10_20_and_40_minutes_and_then_every_40_until_somebody_has_it"),
    Mutant("a broken row is passed over", ROWS, "broken.append(bytes(row.id))", "continue",
           f"{PROCESS}::test_a_row_that_nobody_wrote_so_is_alarmed_for"),
    Mutant("whoever has it is let sleep for ever", ROWS, "sorted({*due[begun:], until})", "sorted({*due[begun:], FAR - 1})",
           f"{PROCESS}::test_whoever_has_it_is_let_alone_until_the_next_level_and_never_beyond_four_hours"),
    Mutant("a database that does not answer is a quiet one", WATCHING, "read, broken = None, ()", "read, broken = (), ()",
           f"{PROCESS}::test_a_database_that_does_not_answer_is_no_quiet_one"),
    Mutant("a hook learns where the office is", WATCHING, "for name in PASSED_ON if name in os.environ", "for name in os.environ",
           f"{PROCESS}::test_it_alarms_without_any_key_and_says_one_sentence"),
    Mutant("nobody says that the alarm died", "waystation_web/middleware.py", "heard is None or heard > beats.GONE", "False",
           f"{PROCESS}::test_every_page_says_that_nobody_alarms_while_somebody_is_on_the_way"),
]
