"""Guards of sign-in, sessions, set-up and people that are removed, one at a time, to see that a test notices."""

from mutant import Mutant

SIGN_IN, SESSIONS, THROTTLE = (f"tests/security/test_{name}.py" for name in ("signin", "sessions", "throttle"))
CHANGES, SETUP, PEOPLE = (f"tests/security/test_{name}.py" for name in ("passwords_change", "setup", "people"))

AT_ONCE = "tests/security/test_two_at_once.py"


def _m(name: str, file: str, old: str, new: str, killed_by: str, refuses: str = "") -> Mutant:
    return Mutant(name, f"waystation_web/{file}.py", old, new, killed_by, refuses)


DOOR = [
    _m("M14 own public keys are not compared", "vault/people", "return account.bundle == secrets.bundle.raw", "return True",
       f"{CHANGES}::test_older_public_keys_put_back_beside_new_ones_let_nobody_in"),
    _m("M24 the words before the factor", "accounts/signin", "    account, factor = _prove(tried)\n",
       "    for one, label in labels():\n        if label.handle == tried.handle:\n            people.open_with_words(one, tried.words)\n"
       "    account, factor = _prove(tried)\n", f"{SIGN_IN}::test_a_wrong_factor_never_reaches_the_key_derivation"),
    _m("M25 the step of the digits is not kept", "accounts/signin", "_store(fresh, factors.use_step(now, step))", "pass",
       f"{SIGN_IN}::test_digits_count_once"),
    _m("M26 wrong tries keep the right person out", "accounts/signin", "    if found is None or step is None or",
       "    if throttle.wait(throttle.FACTOR, who.encode()):\n        raise Wait(60)\n    if found is None or step is None or",
       f"{THROTTLE}::test_ten_thousand_wrong_tries_and_the_right_person_enters_at_once"),
    _m("M30 the pin is not compared at sign-in", "accounts/signin", "chain.check_from(chain.Head(pins.seq, pins.hash)) if pins else None", "None",
       f"{SIGN_IN}::test_a_record_that_does_not_fit_the_pin_is_told_and_told_again"),
    _m("pins move over a break", "accounts/signin", "if broken is None:", "if True:",
       f"{SIGN_IN}::test_a_record_that_does_not_fit_the_pin_is_told_and_told_again"),
    _m("a changed file of trust is believed at once", "accounts/signin", "believed = pins.trust if pins else trust().digest",
       "believed = trust().digest", f"{SIGN_IN}::test_a_changed_file_of_trust_is_told_until_it_is_confirmed"),
    _m("no certificate is asked for", "accounts/signin", "if not people.certified(account):", "if False:",
       f"{SIGN_IN}::test_without_a_certificate_of_a_listed_officer_nobody_comes_in"),
    _m("less work for an unknown handle", "accounts/signin", "        read_factors(somebody)\n", "        pass\n",
       f"{SIGN_IN}::test_a_known_and_an_unknown_handle_take_the_same_work_and_get_the_same_answer"),
    _m("strangers fill the record", "accounts/throttle", "if count >= NOTED_AN_HOUR:", "if False:",
       f"{SIGN_IN}::test_strangers_cannot_fill_the_record"),
    _m("wrong words are not counted", "accounts/signin", "left = throttle.wait(throttle.WORDS, account.id)", "left = 0",
       f"{THROTTLE}::test_wrong_words_after_a_right_factor_hold_back_for_a_minute_at_most"),
    _m("a wait of an hour", "accounts/throttle", "LONGEST = 60 ", "LONGEST = 3600 ", f"{THROTTLE}::test_the_wait_grows_and_never_passes_a_minute"),
    _m("made-up handles fill the memory", "accounts/throttle", "% BUCKETS", "% (1 << 31)",
       f"{THROTTLE}::test_made_up_handles_take_a_fixed_room"),
    _m("three derivations at once", "accounts/derivation", "AT_ONCE, QUEUE = 2, 20", "AT_ONCE, QUEUE = 3, 20",
       f"{THROTTLE}::test_two_derive_twenty_wait_and_the_next_is_told_to_come_back"),
    _m("a queue without an end", "accounts/derivation", "            raise Busy\n", "            pass\n",
       f"{THROTTLE}::test_two_derive_twenty_wait_and_the_next_is_told_to_come_back"),
]
KEYS = [
    _m("any origin", "accounts/passkeys", "verify_origin=lambda origin: origin == here.origin", "verify_origin=lambda origin: True",
       f"{SIGN_IN}::test_a_bent_answer_of_a_key_is_refused"),
    _m("a challenge counts twice", "accounts/passkeys", "    _use(claim.challenge)\n", "",
       f"{SIGN_IN}::test_a_challenge_counts_once_and_for_two_minutes_and_for_one_thing"),
    _m("any challenge", "accounts/passkeys", "if not _good(claim.challenge, SIGN_IN, b\"\"):", "if False:",
       f"{SIGN_IN}::test_a_challenge_counts_once_and_for_two_minutes_and_for_one_thing"),
    _m("a counter that goes back", "accounts/passkeys", "if (count or key.sign_count) and count <= key.sign_count:", "if False:",
       f"{SIGN_IN}::test_a_counter_that_goes_back_is_refused_and_written_down"),
    _m("a key made for a colleague", "accounts/passkeys", "if len(challenge) != 32 or not _good(challenge, REGISTER, account_id):",
       "if len(challenge) != 32:", f"{CHANGES}::test_a_bent_registration_is_refused"),
]
SESSION = [
    _m("M22 the files of a session stay", "accounts/sessions", "    _unlink(account_id)\n    visit_file", "    visit_file",
       f"{SESSIONS}::test_lock_and_removal_end_a_session_at_once"),
    _m("M23 polls keep a session", "accounts/sessions", "if POLL_HEADER not in request.headers and not request", "if not request",
       f"{SESSIONS}::test_polls_and_streams_do_not_keep_a_session"),
    _m("streams keep a session", "accounts/sessions", " and not request.path_info.startswith(STREAMS)", "",
       f"{SESSIONS}::test_polls_and_streams_do_not_keep_a_session"),
    _m("idle sessions live", "accounts/sessions", "if idle > IDLE_SECONDS or ", "if ", f"{SESSIONS}::test_fifteen_idle_minutes_end_a_session"),
    _m("busy sessions live for ever", "accounts/sessions", " or now - session.created > timedelta(seconds=ABSOLUTE_SECONDS)", "",
       f"{SESSIONS}::test_eight_hours_end_a_session_however_busy"),
    _m("a step-up begins the day anew", "accounts/sessions", "created=since or datetime", "created=datetime",
       f"{SESSIONS}::test_a_step_up_does_not_stretch_the_eight_hours"),
    _m("the state of the account is not looked at", "accounts/sessions",
       "Account.objects.filter(id=session.account, state=Account.State.ACTIVE)", "Account.objects.filter(id=session.account)",
       f"{SESSIONS}::test_lock_and_removal_end_a_session_at_once"),
    _m("whose file it is, is not looked at", "accounts/sessions", " or not found.path.name.startswith(account.id.hex())", "",
       f"{SESSIONS}::test_a_session_file_of_another_account_is_refused"),
    _m("two sessions of one person", "accounts/sessions", "had = bool(_unlink(account_id))", "had = False",
       f"{SESSIONS}::test_a_second_sign_in_ends_the_first_and_says_so"),
    _m("a proof for an hour", "accounts/sessions", "STEP_UP_SECONDS = 5 * 60", "STEP_UP_SECONDS = 60 * 60",
       f"{SESSIONS}::test_step_up_changes_name_and_key_and_lasts_five_minutes"),
    _m("a form sends people elsewhere", "accounts/views", 'if not path.startswith("/") or path.startswith("//"):\n        return "/"',
       'return path', f"{SESSIONS}::test_step_up_sends_nobody_elsewhere"),
]
LIVES = [
    _m("M15 the old slot stays", "accounts/actions", "        account.slot = people.slot_now(actor.id, slot)\n", "",
       f"{CHANGES}::test_after_a_change_the_new_words_open_and_the_old_ones_do_not"),
    _m("new keys for the person, old ones for the vaults", "vault/people", "Vault.objects.filter(pk=vault.id).update(rotate_due=True)", "pass",
       f"{CHANGES}::test_new_keys_after_a_suspicion_and_the_old_row_put_back_opens_nothing_written_later"),
    _m("a token of yesterday", "accounts/pending", "if not 0 <= clock.now().timestamp() - int.from_bytes(plain[:8], \"big\") <= SECONDS:",
       "if False:", f"{CHANGES}::test_a_token_is_good_for_ten_minutes_for_one_person_and_one_page"),
    _m("the last factor goes", "accounts/actions", "if not fresh.any:", "if False:", f"{CHANGES}::test_the_last_factor_stays"),
    _m("a code is enough after a reset", "accounts/enrolment", "    open_with_words(account, words)\n", "",
       f"{CHANGES}::test_a_reset_ends_the_old_factor_and_the_code_alone_opens_nothing"),
    _m("a code for ever", "accounts/enrolment", " and clock.now() <= invite.until", "", f"{PEOPLE}::test_a_code_counts_once_and_for_a_day"),
    _m("any words certify", "accounts/people",
       "if not hmac.compare_digest(heard.encode(), people.fingerprint(account).encode()):", "if not heard:",
       f"{PEOPLE}::test_only_the_words_of_the_keys_certify"),
    _m("every security officer a key officer", "accounts/people", "if setup.stage() == setup.SECOND and Role", "if Role",
       f"{PEOPLE}::test_after_the_set_up_a_certificate_makes_no_key_officer"),
    _m("the record's past stays closed to a new auditor", "accounts/people", "        record.share_days(actor, recipient(account))\n",
       "        pass\n", f"{PEOPLE}::test_a_new_auditor_is_given_the_past_days"),
    _m("what the last holder holds is not told", "accounts/people", "if alone := last_of(account_id):", "if alone := []:",
       f"{PEOPLE}::test_the_last_holder_is_not_removed_and_the_page_says_of_what"),
    _m("factors of the removed stay", "accounts/people",
       "State.REMOVED, None, None, None\n        account.factors = seal_factors(account_id, Factors())\n", "State.REMOVED, None, None, None\n",
       f"{PEOPLE}::test_whoever_is_removed_holds_nothing_and_what_they_held_gets_a_new_key"),
]
FIRST_HOUR = [
    _m("any words for the recovery key", "vault/trust",
       'if not secrets.compare_digest(" ".join(words.lower().split()).encode(), public.words.encode()):', "if False:",
       f"{SETUP}::test_an_exchanged_recovery_file_is_noticed_by_the_words_of_the_sheet"),
    _m("a set-up code for ever", "accounts/setup", 'if clock.now() > datetime.fromtimestamp(said["until"], UTC):', "if False:",
       f"{SETUP}::test_a_wrong_or_old_code_opens_nothing"),
    _m("any set-up code", "accounts/setup", 'if not codes.fits(code, bytes.fromhex(said["digest"])):', "if False:",
       f"{SETUP}::test_a_wrong_or_old_code_opens_nothing"),
    _m("the set-up stays open", "accounts/people", "    transaction.on_commit(setup.finish)\n", "",
       f"{SETUP}::test_from_a_code_to_two_officers"),
    _m("an officer is left behind", "vault/trust", "            path.unlink(missing_ok=True)\n        else:\n            _put(before)\n",
       "            pass\n", f"{SETUP}::test_a_failed_first_officer_leaves_no_officer_behind"),
    _m("kept for a day between two pages", "accounts/aside", "SECONDS = 30 * 60", "SECONDS = 24 * 3600",
       f"{SETUP}::test_what_is_kept_ends_after_half_an_hour_and_opens_for_no_other_cookie"),
    _m("kept in clear between two pages", "accounts/aside",
       'write_whole(_file(sid), time + people.seal_aside(key, "enrol", time + sid, json.dumps(said).encode()))',
       'write_whole(_file(sid), time + people.seal_aside(key, "enrol", time + sid, json.dumps(said).encode()))\n'
       '    write_whole(_file(sid).with_suffix(".seen"), time + json.dumps(said).encode())',
       f"{SETUP}::test_what_is_kept_between_two_pages_lies_nowhere_in_clear"),
]
MEANWHILE = [
    _m("a lock does not wait for a sign-in", "accounts/sessions",
       "if account is None or not people.own_keys_match(account, secrets) or proved not in {b\"\", shown_by(account)}:",
       "if account is None and False:", f"{AT_ONCE}::test_words_changed_in_the_middle_of_a_sign_in_with_the_old_ones_let_nobody_in"),
    _m("pins under old keys", "accounts/signin", "if account.state != Account.State.ACTIVE or not same:", "if False:",
       f"{AT_ONCE}::test_new_keys_in_the_middle_of_a_sign_in_with_the_old_ones_keep_nobody_out"),
    _m("a code that was taken back", "accounts/enrolment", " or invite.digest.hex() != code:", ":",
       f"{AT_ONCE}::test_a_code_that_was_taken_back_enrols_nobody_who_had_begun_with_it"),
    _m("whoever lost the right acts on", "accounts/people",
       "if account.state != State.ACTIVE or read_label(account).roles != actor.roles:", "if False:",
       f"{AT_ONCE}::test_an_officer_who_lost_the_right_while_their_request_waited_does_nothing_more"),
    _m("a slot for the removed", "accounts/actions", "if account.state != Account.State.ACTIVE:", "if False:",
       f"{AT_ONCE}::test_whoever_is_removed_while_they_change_their_words_gets_no_slot_back"),
    _m("waiting for an officer costs what one holds", "vault/rotation", "filter(~Exists(theirs), ", "filter(",
       f"{AT_ONCE}::test_new_keys_that_wait_for_an_officer_cost_nobody_what_they_hold"),
    _m("one note closes the list", "notes/queries", "type=\"note\", refused=refused)", "type=\"note\")",
       f"{AT_ONCE}::test_a_note_whose_granter_has_new_keys_does_not_close_a_colleagues_list"),
    _m("an unread entry hides every row", "audit/verify", "rows = [*_vaults(told), *against_rows(told.times), *_accounts(told)]",
       "rows = [] if told.unread else [*_vaults(told), *_accounts(told)]",
       "tests/security/test_rollback.py::test_an_entry_that_nobody_can_read_hides_nothing_that_was_put_back"),
    _m("strangers fill the disk", "vault/bodies", "left, arriving = LARGEST if known else FROM_NOBODY, True", "left, arriving = LARGEST, True",
       "tests/security/test_uploads_sealed.py::test_a_stranger_sends_a_form_and_no_more"),
    _m("anybody is opened at the machine", "accounts/people", "and Role.SECURITY_OFFICER in label.roles and one.state", "and one.state",
       f"{PEOPLE}::test_when_every_officer_was_locked_the_machine_opens_one_and_nobody_else"),
]

MUTANTS: list[Mutant] = [*DOOR, *KEYS, *SESSION, *LIVES, *FIRST_HOUR, *MEANWHILE]
