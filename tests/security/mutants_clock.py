"""What lets no wrong clock destroy anything, removed one at a time: the test that is named fails."""

from mutant import Mutant

CORE, HERE = "tests/core/test_casework_reckoning.py", "tests/security/test_clock_in_doubt.py"
BELIEVED = "test_a_clock_is_believed_as_far_as_the_computer_ran"
AHEAD = "test_a_clock_that_goes_ahead_by_itself_takes_nothing_away_until_it_is_right_again"
SAID = "test_after_days_in_which_it_was_off_somebody_says_the_day_and_everybody_reads_what_waits"
MINUTES = "test_each_minute_counts_so_a_weekend_needs_nobody_and_a_clock_that_was_wrong_stays_in_doubt"
NUMBER = "test_a_number_and_older_backups_stay_while_the_date_is_in_doubt"


def _core(name: str, old: str, new: str, test: str = BELIEVED) -> Mutant:
    return Mutant(name, "waystation/casework/reckoning.py", old, new, f"{CORE}::{test}")


def _office(name: str, file: str, old: str, new: str, test: str) -> Mutant:
    return Mutant(name, f"waystation_web/{file}.py", old, new, f"{HERE}::{test}")


MUTANTS = [
    _core("a clock that went ahead is believed", "    if then.ahead > WRONG:\n", "    if False:\n"),
    _core("small steps ahead are forgotten", "known.ahead + ahead, known.away + slept)", "ahead, known.away + slept)"),
    _core("a computer that was off for weeks is believed", "    if slept > AT_ONCE or", "    if"),
    _core("sleep counts as running", "max(0.0, on - awake)) if same", "0.0) if same"),
    _core("a restart ends the doubt", " or (known.doubted and not same and slept > WRONG)", ""),
    _core("a day that is over is believed again", "    if further < -WRONG:\n", "    if False:\n"),
    _core("nights are taken on trust for ever", "then.away > IN_ALL or ", "",
          "test_nights_that_it_was_off_are_taken_on_trust_for_thirty_days_in_all"),
    _core("a clock in doubt teaches what is believed", "        return replace(known, doubted=True), Doubt.AHEAD\n",
          "        return then, Doubt.AHEAD\n", "test_in_doubt_nothing_is_learnt_and_a_clock_that_is_late_costs_nothing_later"),
    _office("time deletes on a day that is in doubt", "office/housekeeping", "    if (why := reckoning.look()) is not None:\n",
            "    if (why := reckoning.look()) is not None and False:\n", AHEAD),
    _office("what was held back in doubt is left undone that day", "office/housekeeping",
            "                done_for(today)\n                self.day = today\n",
            "                self.day = today\n                done_for(today)\n", SAID),
    _office("the minutes that an office is open are not counted", "office/housekeeping",
            "                reckoning.look()  #", "                reckoning.doubt()  #", MINUTES),
    _office("anybody says which day it is", "retention/actions_clock", "    if not actor.stepped_up(clock.now()):\n", "    if False:\n", SAID),
    _office("any day is taken for the computer's", "retention/actions_clock", "    if not agrees(day, clock.today()):\n", "    if False:\n", SAID),
    _office("a day is said and nobody reads by whom", "retention/actions_clock",
            '        record(actor, Event.DAY_SAID, reason=f"{why}; believed until {was:%Y-%m-%d}" if was else why)\n', "        pass\n", SAID),
    _office("nobody is told that records stay longer", "desk/views", '"doubt": in_doubt(request.actor)}', '"doubt": ""}', SAID),
    _office("what cannot be read is believed", "audit/reckoning", "        if not all(map(isfinite, seconds)):\n            return None\n", "",
            "test_what_was_believed_last_is_read_whole_or_the_date_is_in_doubt"),
    _office("an office that lost its file believes any clock", "audit/reckoning", "else Known(float(hour * HOUR))", "else said(machine())",
            "test_what_was_believed_last_is_read_whole_or_the_date_is_in_doubt"),
    _office("a number is wiped on a day that is in doubt", "contacts/actions_reach", ' or reckoning.doubt() is not None:\n', ":\n", NUMBER),
    _office("older backups go on a day that is in doubt", "office/backing", "    if reckoning.doubt() is not None:\n", "    if False:\n", NUMBER),
    Mutant("a restored office believes the clock of its new machine", "waystation_web/office/again.py",
           "    reckoning.begin(max(manifest.made, head.at) if head else manifest.made)\n", "    reckoning.begin()\n",
           "tests/security/test_restore.py::test_every_page_says_so_for_a_week"),
]
