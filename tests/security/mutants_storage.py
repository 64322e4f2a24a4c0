"""Guards of vaults, uploads and the record, removed one at a time."""

from mutant import Mutant

STATES, GRANTS = "tests/security/test_state_machine.py", "tests/security/test_grants.py"
ROLLBACK, AUDIT = "tests/security/test_rollback.py", "tests/security/test_audit.py"
CRASH, UPLOADS, LEAKS = (f"tests/security/test_{name}.py" for name in ("crash", "uploads_sealed", "leaks_table"))
ANY_ORDER = f"{STATES}::test_after_any_acts_in_any_order_who_can_read_is_who_should"
AFTERWARDS = f"{GRANTS}::test_who_was_removed_opens_nothing_that_is_written_afterwards"
FALSE_KEY = f"{GRANTS}::test_a_key_that_nobody_entitled_gave_is_refused_and_named"
UNVOUCHED = f"{GRANTS}::test_nobody_without_a_certificate_of_a_listed_officer_is_given_anything"
LAST = f"{GRANTS}::test_nobody_leaves_a_vault_without_a_person_who_can_open_it"


def _vault(name: str, file: str, old: str, new: str, killed_by: str, refuses: str = "") -> Mutant:
    return Mutant(name, f"waystation_web/vault/{file}.py", old, new, killed_by, refuses)


def _audit(name: str, file: str, old: str, new: str, killed_by: str, refuses: str = "") -> Mutant:
    return Mutant(name, f"waystation_web/audit/{file}.py", old, new, killed_by, refuses)


KEYS = [
    _vault("M05 the old key again", "rotation", "dek=new_key(), rotate_due=False, **columns)", "rotate_due=False, **columns)", AFTERWARDS),
    _vault("M06 grants of older keys stay", "rotation", "    Grant.objects.filter(vault_id=read.id).delete()\n    Grant",
           "    Grant", ANY_ORDER),
    _vault("M07 the new key goes to who is gone", "principals",
           "if account.state not in {State.ACTIVE, State.LOCKED}:", "if account.state == State.INVITED:", AFTERWARDS),
    _vault("whoever is locked loses what they hold", "principals",
           "if account.state not in {State.ACTIVE, State.LOCKED}:", "if account.state != State.ACTIVE:",
           f"{GRANTS}::test_a_lock_takes_nothing_from_anybody"),
    _vault("M08 shredding keeps the payload", "retention", "    Vault.objects.filter(pk__in=wanted).delete()\n    transaction",
           "    transaction", f"{UPLOADS}::test_a_shredded_vault_leaves_no_byte_of_itself"),
    _vault("M09 shredding keeps the recovery grant", "retention",
           "    Grant.objects.filter(vault_id__in=wanted).delete()\n    Vault.objects.filter(pk__in=wanted).delete()",
           "    Grant.objects.filter(vault_id__in=wanted).exclude(principal=bytes(16)).delete()\n"
           "    Vault.objects.filter(pk__in=wanted).update(rotate_due=True)",
           f"{UPLOADS}::test_a_shredded_vault_leaves_no_byte_of_itself"),
    _vault("shredding keeps the files", "files", "        path_of(file_id).unlink(missing_ok=True)\n        with", "        with",
           f"{UPLOADS}::test_a_shredded_vault_leaves_no_byte_of_itself"),
    _vault("shredding leaves the log", "files", "os.utime(path_of(file_id).parent, (CONSTANT, CONSTANT))\n    empty_log()",
           "os.utime(path_of(file_id).parent, (CONSTANT, CONSTANT))", f"{UPLOADS}::test_a_shredded_vault_leaves_no_byte_of_itself"),
    _vault("M21 nothing waits for a new key after a removal", "rotation",
           "exclude(kind=Kind.AUDIT).update(rotate_due=True)", "exclude(kind=Kind.AUDIT).update(rotate_due=False)", AFTERWARDS),
    _vault("the end of a grant asks for no new key", "actions",
           "    Vault.objects.filter(pk=found.id).update(rotate_due=True)\n    return _unchanged", "    return _unchanged", ANY_ORDER),
    _vault("a write does not look whether somebody left", "actions", "if due or opened.rotate_due:", "if due is None:",
           f"{GRANTS}::test_a_new_key_is_asked_for_while_a_page_is_open"),
    _vault("who left meanwhile is overlooked by a page that was open", "actions", "if due or opened.rotate_due:",
           "if opened.rotate_due:", f"{GRANTS}::test_a_new_key_is_asked_for_while_a_page_is_open"),
    _vault("files keep their old key", "rotation", "        File.objects.filter(pk=file.id).update(wrap=wrap)", "        pass",
           f"{UPLOADS}::test_files_follow_their_vault_to_a_new_key_and_former_readers_do_not"),
    _vault("M37 the last holder may leave", "actions", "holders = lasting if grant.until is None else lasting + 1",
           "holders = lasting + 1", LAST),
    _vault("M37 the last holder may be removed", "actions", "if last := last_of(account_id):", "if last := last_of(bytes(16)):", LAST),
    _vault("a holder for a time counts as one", "queries", "Grant.objects.filter(until=None, version=", "Grant.objects.filter(version=", LAST),
    _vault("who was removed counts as a holder", "rotation", "if not any(until is None for _, until in stay)",
           "if not stay", f"{GRANTS}::test_a_new_key_is_not_made_if_nobody_would_stay_without_an_end"),
    _vault("the recovery grant can be taken", "actions", "if principal == RECOVERY_PRINCIPAL:", "if principal is None:",
           f"{GRANTS}::test_the_recovery_key_is_nobody_and_stays"),
    _vault("M40 an ended grant still opens", "queries", "return grants.filter(Q(until=None) | Q(until__gte=clock.today()))",
           "return grants.all()", f"{GRANTS}::test_a_grant_for_a_time_ends_on_its_day_though_no_night_job_ran"),
    _vault("sharing again shortens", "actions", "until = max(held.until, until)", "until = min(held.until, until)",
           f"{GRANTS}::test_sharing_again_never_shortens_what_somebody_holds"),
]

TRUST = [
    _vault("M12 no certificate is looked at", "principals",
           "if not certified(account.cert_sig, account.id, bundle, believed.officers):", "if account.cert_sig is None:", UNVOUCHED),
    _vault("who is locked is given records", "principals", "if account.state != State.ACTIVE:\n        raise", "if account.id is None:\n        raise",
           UNVOUCHED),
    _vault("the caller's public keys are believed", "actions", "    to = _certified(account)\n", "    to = recipient\n",
           f"{GRANTS}::test_a_recipient_is_looked_up_anew_whatever_the_caller_brings"),
    _vault("holders named at the making are not asked about", "actions",
           "            _may_hold(actor, fresh, account, until=None, reason=True, confirmed=True)\n", "",
           f"{GRANTS}::test_holders_named_at_the_making_are_asked_about_like_any_grant"),
    _vault("who is gone still makes records", "actions", "people[actor.id] = recipient(_account(actor.id))",
           "people[actor.id] = Recipient(actor.id, actor.secrets.bundle)", ANY_ORDER),
    _vault("false grants are taken when settling", "actions", "            refused.append(vault.id)\n            continue",
           "            continue", FALSE_KEY),
    _vault("a payload of another row", "queries", 'if payload["id"] != row.vault.hex() or TYPES', "if TYPES",
           f"{GRANTS}::test_a_payload_that_names_another_record_is_refused"),
    _vault("a payload of a type of another kind", "queries", 'TYPES.get(payload["type"]) != kind', "kind is None",
           f"{GRANTS}::test_a_payload_that_names_another_record_is_refused"),
    _vault("a later day of deletion", "queries", 'payload.get("retain_until") != planned', "planned is Ellipsis",
           f"{GRANTS}::test_a_payload_of_another_row_kind_or_date_is_refused"),
    _vault("the second writer wins", "rotation", "version=read.version, edition=read.nonce)", "version=read.version)",
           f"{GRANTS}::test_who_wrote_second_is_told_and_nothing_is_lost"),
    _vault("what is not held is written", "actions", "if not current(actor.id).filter(vault_id=opened.id).exists():", "if actor is None:",
           f"{GRANTS}::test_a_grant_that_ended_while_the_page_was_open_writes_nothing"),
]

ARRIVING = [
    Mutant("M34 Django receives bodies", "waystation_web/vault/bodies.py", "async def read_body(", "async def read_sealed(",
           f"{UPLOADS}::test_the_body_of_a_request_is_received_sealed_and_djangos_own_way_is_not"),
    _vault("M34 uploads in clear", "uploads", "self.stream.write(self.sealer.update(raw_data))",
           "self.stream.write(raw_data + self.sealer.update(raw_data))",
           f"{UPLOADS}::test_while_a_large_file_arrives_nothing_of_it_is_on_a_disk_in_clear"),
    _vault("anybody sends files", "uploads", 'if found is None or getattr(request, "actor", None) is None:', "if found is None:",
           f"{UPLOADS}::test_nobody_and_no_vault_take_no_file"),
    _vault("what no vault took stays", "uploads", "        if not self.kept:\n            path_of(self.file_id).unlink(missing_ok=True)",
           "        return", f"{UPLOADS}::test_what_no_vault_took_is_gone_with_the_request"),
    _vault("what broke off stays", "uploads", "request.close = lambda: (self.close(), ends())", "request.close = ends",
           f"{UPLOADS}::test_an_upload_that_breaks_off_is_gone_with_the_request"),
    _vault("a file of another vault is taken", "actions", "if upload.vault != opened.id:", "if upload.vault is None:",
           f"{UPLOADS}::test_a_file_sealed_for_one_vault_is_not_taken_by_another"),
    _vault("a file of any size", "uploads", "if self.size > LARGEST:", "if self.size < 0:",
           f"{UPLOADS}::test_a_file_that_is_too_large_stops_and_is_gone"),
    _vault("files show when they came", "files", "        make_old(path_of(upload.file_id))\n", "",
           f"{UPLOADS}::test_all_files_have_one_date_and_sizes_in_steps"),
    _vault("writing loses the files", "actions", "kept = {key: opened.payload.get(key) for key in OURS}",
           'kept = {key: opened.payload.get(key) for key in OURS if key != "files"}',
           f"{UPLOADS}::test_names_and_sizes_are_in_the_payload_and_files_stay_when_it_is_written"),
    _vault("the sweep takes what still arrives", "files", "path.stat().st_mtime < late", "path.stat().st_mtime < late + 10**9",
           f"{UPLOADS}::test_the_sweep_takes_orphans_of_yesterday_and_nothing_else"),
]

RECORD = [
    _audit("M29 an entry outside its transaction", "entries", "if not connection.in_atomic_block:", "if connection is None:",
           f"{AUDIT}::test_outside_a_transaction_nothing_is_recorded", refuses="H-46"),
    _audit("M30 the pin is not compared", "queries", "if first.hash != pin.hash:", "if first.hash is None:",
           f"{AUDIT}::test_an_entry_put_before_a_pin_is_found_though_the_chain_was_mended"),
    _audit("M30 a cut end is not seen", "queries", "if first is None or first.seq != pin.seq:", "if first is None:\n        return None\n    if first.seq < 0:",
           f"{AUDIT}::test_a_cut_off_end_is_not_seen_by_the_chain_alone_but_by_pins"),
    _audit("M31 countersignatures are not verified", "verify", "return signed_by(states.bytes_of(signing_key),",
           "return True or signed_by(states.bytes_of(signing_key),", f"{AUDIT}::test_a_countersignature_that_is_none_is_found"),
    _audit("M31 a countersignature of any entry", "verify", "of != seq - 1 or of not in hashes", "of not in hashes",
           f"{AUDIT}::test_a_countersignature_that_is_none_is_found"),
    _audit("the digest of a payload is not compared", "verify", 'told.digests[vault] != (row.version, states.text(sha256(row.payload or b"").digest()))',
           "told.digests[vault][0] != row.version", f"{ROLLBACK}::test_an_older_payload", refuses="H-15 H-46"),
    _audit("holders are not compared", "verify", "for who in sorted(now.keys() - said.keys()):", "for who in ():",
           f"{ROLLBACK}::test_a_grant_that_was_ended_and_is_there_again_before_the_new_key"),
    _audit("holders that nobody granted pass", "verify", 'if {who for who, until in now.items() if before.get(who, 0) != until} - allowed:',
           "if allowed is None:", f"{ROLLBACK}::test_it_is_found_also_after_the_new_key_was_given_to_it"),
    _audit("who waits for a new key is not compared", "verify", "if vault in told.due and not row.rotate_due:", "if vault is None:",
           f"{ROLLBACK}::test_a_vault_that_is_said_not_to_wait_for_its_new_key"),
    _audit("ends of grants are not compared", "verify", "if now[who] != said[who]:", "if who is None:",
           f"{ROLLBACK}::test_a_grant_that_lasts_longer_than_was_said"),
    _audit("accounts are not compared", "verify", "if now[column] != said[column]):", "if now is None):",
           f"{ROLLBACK}::test_an_older_row_of_an_account"),
    _audit("what was shredded may come back", "verify", "for vault in sorted(rows.keys() - told.digests.keys()):", "for vault in ():",
           f"{ROLLBACK}::test_what_was_shredded_and_is_there_again", refuses="H-15"),
    _vault("grants of older keys are not found", "verify", "if grant.version != grant.vault.version:", "if grant.version < 0:",
           f"{ROLLBACK}::test_an_older_grant"),
    _vault("missing recovery grants are not found", "verify", "Vault.objects.filter(~Exists(recovery))", "Vault.objects.none()",
           f"{ROLLBACK}::test_the_whole_table_of_grants"),
    _vault("false certificates are not found", "verify", "if account.cert_sig is not None and not certified(account):", "if account.id is None:",
           f"{ROLLBACK}::test_accounts_whose_certificate_or_label_does_not_hold_are_named"),
    _vault("missing files are not found", "verify", 'yield Finding(where, "its sealed body is not on the disk")', "pass",
           f"{ROLLBACK}::test_files_and_rows_that_do_not_fit_are_named_without_keys"),
    _audit("the key of a day is kept", "days", "int.from_bytes(content[48:], \"big\") != day.toordinal()", "day is None",
           f"{AUDIT}::test_at_midnight_the_server_forgets_the_day_and_auditors_do_not"),
    _audit("who was locked keeps today's key", "actions", "if event in NEW_KEY_OF_THE_DAY:", "if event is None:",
           f"{AUDIT}::test_an_auditor_who_is_locked_or_removed_reads_no_later_entry"),
    _audit("anybody reads the record", "queries", "    allow(actor, Permission.READ_AUDIT, Facts())\n    start", "    start",
           f"{AUDIT}::test_only_auditors_and_officers_read"),
    _audit("entries differ in size", "entries", "pad(_json(body), BODY)", "pad(_json(body), 4 + len(_json(body)))",
           f"{AUDIT}::test_all_entries_look_alike_whatever_they_say"),
    _audit("reasons of any length", "actions", "if not reason_fits(reason):", "if reason is None:",
           f"{AUDIT}::test_a_reason_that_does_not_fit_is_refused_with_the_limit_and_nothing_is_written"),
    _audit("an entry says what the caller says", "actions", "if any(key in said and said[key] != value for key, value in now.items()):",
           "if now is None:", f"{AUDIT}::test_an_entry_that_says_other_than_the_row_is_not_written"),
    _audit("nobody is told of many records read", "pace", "return len(known) == MANY[of]", "return False",
           f"{AUDIT}::test_many_different_records_about_people_in_an_hour_are_a_notice", refuses="H-10"),
    _audit("a clock set back breaks the record", "entries", "hour = max(clock.hour(clock.now()), last.hour if last else 0)", "hour = clock.hour(clock.now())",
           f"{AUDIT}::test_a_clock_set_back_is_no_forgery"),
]
LEAKS_ = [
    _vault("days of deletion are told exactly", "actions", "retain_until and monday_before(retain_until)\n    vault", "retain_until\n    vault",
           f"{GRANTS}::test_a_payload_of_another_row_kind_or_date_is_refused"),
    Mutant("one size of payloads", "waystation_web/vault/rotation.py", "return seal(found.dek, pack(found.payload),",
           "return seal(found.dek, pack(found.payload).rstrip(b'\\0'),", f"{LEAKS}::test_small_payloads_have_one_size_and_all_have_steps"),
]

MUTANTS: list[Mutant] = [*KEYS, *TRUST, *ARRIVING, *RECORD, *LEAKS_]
