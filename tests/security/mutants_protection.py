"""Guards of protection, removed one at a time: the assessment, the drills, the end of the demonstration, breaches."""

from mutant import Mutant

PROTECTION, BREACHES = "tests/web/test_protection.py", "tests/web/test_breaches.py"


def _office(name, file, old, new, test, refuses="H-44"):
    return Mutant(name, f"waystation_web/{file}.py", old, new, f"{PROTECTION}::{test}", refuses=refuses)


def _breach(name, file, old, new, test):
    return Mutant(name, f"waystation_web/{file}.py", old, new, f"{BREACHES}::{test}", refuses="H-43")


EACH = "test_each_missing_thing_alone_keeps_the_door_shut"
DAYS = "test_an_assessment_that_does_not_fit_shuts_the_door_after_thirty_days_and_a_year_without_a_drill_does"
TOLD = "test_who_answers_is_told_thirty_days_before_and_of_each_drill_after_a_quarter"
LEAVES = "test_the_demonstration_ends_when_nothing_is_missing_and_two_sign"
LATER = "test_later_nobody_new_is_taken_in_while_it_is_stale_and_work_goes_on"
OVERDUE = "test_drills_are_overdue_after_a_quarter_and_a_year_without_one_shuts_the_door"
LINE = "test_whoever_writes_the_line_into_the_file_alone_has_an_office_that_takes_nobody_in"
STALE = "test_a_changed_setting_makes_it_stale_and_says_which"
SIGNED = "test_an_assessment_counts_when_two_have_signed_it"
THREE = "test_an_account_that_read_three_of_seven_records_gives_exactly_these_three"
CLOSED_DAYS = "test_only_who_reads_the_record_of_acts_finds_out_and_closed_days_are_said"
FIELD = "test_no_office_is_told_before_those_on_the_way_and_in_the_field"
TWO = "test_it_is_closed_by_two_when_every_step_is_ticked_and_somebody_knows_how_far_it_went"

MUTANTS = [
    _office("an office without an escrow is ready", "protection/readiness", '    ("escrow", lambda f, _: f.escrow),\n', "", EACH),
    _office("one key officer is enough for real people", "protection/readiness", "f.officers >= OFFICERS", "f.officers >= 1", EACH),
    _office("a drill of last year is one of this quarter", "protection/readiness", "<= today - day <= QUARTER", "<= today - day <= YEAR", EACH),
    _office("an invented office takes real people in", "protection/readiness", "lambda f, _: not f.invented", "lambda f, _: True", EACH),
    _office("the demonstration ends with something missing", "protection/actions", "    if now.missing or now.counts is None or", "    if now.counts is None or", LEAVES),
    _office("one person ends the demonstration", "protection/actions", "both = approvals.use(before.id, approvals.approve(actor, before.id, before.body[\"approval\"], this), this)",
            "both = {**before.body[\"approval\"], \"approved_by\": actor.id.hex(), \"used_at\": before.body[\"approval\"][\"until\"]}", LEAVES),
    _office("an assessment counts with one signature", "protection/assessment", "if one.state is State.SIGNED]", "if one.state is not State.DRAFT]", SIGNED),
    _office("a changed office fits its assessment", "protection/queries", "fits=counts is not None and not changes", "fits=counts is not None", STALE),
    _office("nobody is told what changed", "protection/configuration", '        "backups": str(len(office.backups)),\n', "", STALE),
    _office("the line in the file is enough", "duty/in_use", '    if standing is None:\n        return "unsigned"\n', '    if standing is None:\n        return ""\n', LINE),
    _office("a case begins whatever the house stands at", "cases/actions", "    in_use.may_take_in(actor)\n", "", LINE),
    _office("a stale assessment shuts no door", "duty/in_use", "if today - standing.stale_since > GRACE:", "if False:", DAYS),
    _office("a change of the office is forgiven until the day to look again", "duty/in_use", "min(self.review, self.drift or self.review)", "self.review", DAYS),
    _office("that the office changed is written down by nobody", "protection/actions",
            "if now.in_use is not None and bool(now.changes) != bool(now.in_use.body.get(\"drift\")):", "if False:", LATER),
    _office("a drill that did not go well proves something", "protection/drills", "if one.sort == sort and one.passed)", "if one.sort == sort)", OVERDUE, "H-45"),
    _office("nobody reminds of a drill", "protection/readiness", "if (in_use or day is not None) and not passed_lately(day, today):", "if False:", TOLD, "H-45"),
    _office("a year without a recovery shuts no door", "duty/in_use", 'for name in ("restore", "recovery") if', 'for name in ("restore",) if', OVERDUE, "H-45"),
    _breach("somebody else's reading is in a breach", "audit/tracing", "if one.by == account and one.event", "if one.event", THREE),
    _breach("what was read after it was found out is in it", "audit/tracing", "elif since <= line.at <= until:", "elif since <= line.at:", THREE),
    _breach("a day that nobody could read counts as nothing", "audit/tracing", "closed += entry.hour <= clock.hour(until)", "closed += 0", CLOSED_DAYS),
    _breach("whoever writes a breach reads the record of acts", "audit/tracing", "    allow(actor, Permission.READ_AUDIT, Facts())\n", "", CLOSED_DAYS),
    _breach("an authority is told before the field", "protection/breach", "step in OFFICES and bool(", "False and bool(", FIELD),
    _breach("the people on the way are told last", "protection/breach", 'FIELD_FIRST = ("stop", "road", "field")', 'FIELD_FIRST = ("stop", "road")', FIELD),
    _breach("a breach is closed with steps open", "protection/actions_breach", "        if found.open_steps:\n", "        if False:\n", TWO),
    _breach("a breach is closed of which nobody knows the extent", "protection/actions_breach", "        if found.scope is None:\n", "        if False:\n", TWO),
    _breach("one closes a breach", "protection/actions_breach", "both = approvals.use(found.id, approvals.approve(actor, found.id, block, this), this)",
            'both = {**block, "approved_by": actor.id.hex(), "used_at": block["until"]}', TWO),
]
