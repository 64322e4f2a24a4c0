"""What lets go on the right day and nothing before it, removed one at a time: the test that is named fails."""

from mutant import Mutant

CLOCKS, HERE, PAGES = "tests/core/test_casework_retention.py", "tests/security/test_retention.py", "tests/web/test_retention_pages.py"


def _at(name: str, file: str, old: str, new: str, test: str, **more) -> Mutant:
    return Mutant(name, file, old, new, f"{HERE}::{test}", **more)


def _core(name: str, old: str, new: str, test: str, **more) -> Mutant:
    return Mutant(name, "waystation/casework/retention.py", old, new, f"{CLOCKS}::{test}", **more)


def _office(name: str, file: str, old: str, new: str, test: str, **more) -> Mutant:
    return Mutant(name, f"waystation_web/{file}.py", old, new, f"{PAGES}::{test}", **more)


VAULT, AUDIT = "waystation_web/vault/retention.py", "waystation_web/audit/by_time.py"
HELD, BY_TWO = "test_a_held_record_goes_a_fortnight_after_its_hold_and_not_before", "test_two_destroy_a_case_and_everything_about_it_and_a_certificate_without_a_word_stays"
RENEWED = "test_a_hold_is_renewed_and_ended_by_two_and_the_clock_comes_back_a_fortnight_later"

MUTANTS = [
    _core("a hold of many years", "    return start < end <= start + LONGEST_HOLD\n", "    return start < end\n",
          "test_a_hold_ends_after_today_and_within_a_year"),
    _core("a day of deletion is later than was promised", "    return day - timedelta(days=day.weekday())\n", "    return monday_after(day)\n",
        "test_a_day_is_a_monday_and_never_later_than_was_promised", refuses="H-37"),
    _core("the way is kept for twice as long", '("journey", "plan", "decision"), 30,', '("journey", "plan", "decision"), 60,',
        "test_each_term_is_the_one_that_was_promised_and_has_its_reason", refuses="H-37"),
    _core("what was held goes with the hold", "    return monday_after(end + NOTICE)\n", "    return monday_after(end)\n",
        "test_what_was_held_goes_no_sooner_than_a_fortnight_after"),
    _at("the job deletes under a hold", VAULT, "    rows = Vault.objects.filter(~Exists(kept), retain_until__lte=today)", "    rows = Vault.objects.filter(retain_until__lte=today)",
        HELD),
    _at("the job deletes on the day before", VAULT, "retain_until__lte=today)", "retain_until__lte=date.fromordinal(today.toordinal() + 1))",
        "test_nothing_goes_on_the_day_before_and_no_day_of_the_record_ever"),
    _at("a day of the record is deleted", VAULT, "retain_until__lte=today).exclude(kind=Kind.AUDIT)\n", "retain_until__lte=today)\n",
        "test_nothing_goes_on_the_day_before_and_no_day_of_the_record_ever"),
    _at("people destroy what is under a hold", "waystation_web/vault/actions.py", "    retention.not_held([found.id])\n", "", HELD),
    _at("the job needs the host key", "waystation_web/audit/days.py", "    if by_itself and not _has_host_key():\n", "    if False:\n",
        "test_time_deletes_without_the_host_key_and_with_nobody_signed_in", refuses="H-37"),
    _at("what time deletes is not recorded", "waystation_web/audit/actions.py", '        record(None, Event.SHREDDED, vault=vault, reason="due")\n', "        pass\n",
        "test_nothing_goes_on_the_day_before_and_no_day_of_the_record_ever " + f"{HERE}::{HELD}"),
    _at("a day brought forward is believed", AUDIT, '        if "by" not in body and (not due or', '        if False and (not due or',
        "test_a_day_brought_forward_in_the_rows_is_found_also_after_the_job_has_run", refuses="H-15"),
    _at("a hold that was taken away is forgotten", AUDIT, "        if any(until > day for until in", "        if False and any(until > day for until in",
        "test_a_hold_taken_away_from_the_rows_is_found_also_after_the_job_has_run", refuses="H-26"),
    _at("a day without the host key may name people", AUDIT, '    if "by" in body or event not in BY_ITSELF:', "    if False:",
        "test_a_day_without_the_host_key_says_only_what_time_did"),
    _at("any wrap may lack its host layer", "waystation_web/vault/keyless.py", "    return there == (Kind.AUDIT, VERSION, VERSION, BARE)\n", "    return there[0] == Kind.AUDIT and there[3] == BARE\n",
        "test_a_day_without_the_host_key_says_only_what_time_did"),
    _office("who reads a case under seal ends it", "retention/actions_destroy", '    if not actor.roles & WRITERS["case"]:', "    if not actor.roles:",
            "test_whoever_reads_a_case_under_seal_does_not_sign_that_it_is_destroyed", refuses="H-41"),
    _office("closing a journey starts no clock", "journeys/actions_close", "        let_go(actor, held, was=journey.status)\n", "",
            "test_the_way_of_a_party_goes_thirty_days_after_they_arrived", refuses="H-37"),
    _office("whoever was caught is let go", "journeys/letting_go", "    if was == CAUGHT or _looked_for(actor, held):", "    if _looked_for(actor, held):",
            "test_whoever_was_caught_has_not_arrived_and_no_clock_runs", refuses="H-37"),
    _office("who is looked for is let go", "journeys/letting_go", "    if was == CAUGHT or _looked_for(actor, held):", "    if was == CAUGHT:",
            "test_of_whom_an_incident_is_open_nothing_is_let_go", refuses="H-37"),
    _office("a journey that is kept loses its plan", "retention/actions", '("plan", "decision") if held.type == "journey" else ():', "():",
            "test_the_way_of_a_party_goes_thirty_days_after_they_arrived", refuses="H-37"),
    _office("a declined request is kept", "cases/actions_consent", '    if event == "decline":\n        _goes(actor, held)\n', "",
            "test_a_declined_request_goes_after_ninety_days_and_its_names_follow", refuses="H-37"),
    _office("names outlive their case", "retention/following", "            records.keep_until(actor, one, day, reason=\"with its case\")\n", "            pass\n",
            "test_a_declined_request_goes_after_ninety_days_and_its_names_follow", refuses="H-37"),
    _office("a number that is used goes as if it were not", "contacts/actions_reach", '        records.keep_until(actor, held, due("handle", clock.today()), reason="used")\n', "",
            "test_a_number_goes_ninety_days_after_its_last_use_without_anybody", refuses="H-37"),
    _office("a day is put off for ever", "retention/actions", "    if not today < day <= today + LONGEST:", "    if not today < day:",
            "test_a_day_is_put_off_for_a_reason_and_by_three_months_at_most"),
    _office("whoever asks for a hold signs it for another office", "retention/actions_hold", "        if not actor.roles & SIGN:", "        if False:",
            "test_a_hold_takes_two_and_one_signature_holds_nothing", refuses="H-26"),
    _office("one signature holds", "retention/actions_hold", "approvals.use(hold_id, approvals.approve(actor, hold_id, held.body[\"approval\"], this), this)",
            "held.body[\"approval\"]", RENEWED, refuses="H-26"),
    _office("what is signed is not which records", "retention/actions_hold", '"vaults": sorted(held.body["vaults"]),', '"vaults": [],',
            "test_what_was_signed_is_these_records_this_day_and_this_reason", refuses="H-26"),
    _office("a case goes while somebody is on the way", "retention/about", "    return any(status not in OVER for id_, status in said.items() if id_ in there)\n",
            "    return False\n", "test_nobody_of_whom_somebody_waits_for_word_is_destroyed"),
    _office("a case goes while somebody is looked for", "retention/about", 'one.body.get("status") not in DONE for', 'one.body.get("status") == "" for',
            "test_nobody_of_whom_somebody_waits_for_word_is_destroyed"),
    _office("a hold that came after the first signature is passed over", "retention/actions_destroy", "    elif rows.held(types):", "    elif False:",
            "test_nothing_under_a_hold_is_destroyed_whoever_signs_and_whenever_it_was_placed", refuses="H-26"),
    _office("names that neither holds stay behind", "retention/actions_destroy", "        if left := neither(ids, (first, actor.id)):", "        if left := []:",
            BY_TWO, refuses="H-41"),
    _office("one signature destroys", "retention/actions_destroy", '        signed = approvals.approve(actor, record_id, values.part(asked, "approval"), this)\n        approvals.use(record_id, signed, this)\n',
            '        signed = values.part(asked, "approval")\n', BY_TWO, refuses="H-41"),
    _office("what came later goes unseen", "retention/actions_destroy", "        if set(found.types) - set(ids):", "        if False:",
            "test_a_record_that_came_after_the_first_signature_is_not_destroyed_unseen"),
    _office("the names stay when a case is destroyed", "retention/about", '        yield bytes.fromhex(key), "person"\n', "        pass\n", BY_TWO, refuses="H-41"),
    _at("destroying a case leaves its sealed bytes in the log", "waystation_web/vault/retention.py", "    transaction.on_commit(lambda: files.forget(bodies))\n", "",
        "test_no_word_and_no_sealed_byte_of_a_case_destroyed_by_two_lies_anywhere", refuses="H-41"),
]
