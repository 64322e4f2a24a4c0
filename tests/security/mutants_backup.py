"""Guards of backup, restore and drill, removed one at a time."""

from mutant import Mutant

BACKUP, RESTORE = "tests/security/test_backup.py", "tests/security/test_restore.py"
WHOLE = f"{RESTORE}::test_a_missing_table_or_file_fails_the_comparison"
VOID = f"{RESTORE}::test_nobody_is_signed_in_the_alarm_has_a_new_key_and_codes_are_void"
AGAIN = f"{RESTORE}::test_what_was_destroyed_after_the_backup_is_destroyed_again_and_listed"
OTHERS = f"{RESTORE}::test_another_key_another_host_key_another_folder"
KILLED = f"{BACKUP}::test_killed_at_any_step_the_older_backup_stays_and_the_next_one_tidies_up"
TRIED = f"{RESTORE}::test_a_drill_says_whether_the_newest_backup_comes_back_and_changes_nothing"


def _office(name: str, file: str, old: str, new: str, killed_by: str, refuses: str = "") -> Mutant:
    return Mutant(name, f"waystation_web/office/{file}.py", old, new, killed_by, refuses)


MUTANTS = [
    # ------------------------------------------------------------------------------------------------------------ backup
    _office("a backup for nobody", "age", "    if not installation.backup_keys:", "    if installation.backup_keys is None:",
            f"{BACKUP}::test_without_a_key_or_a_folder_nothing_is_made"),
    _office("the host key lies in the backup", "backing", 'installation.trust.read_bytes())',
            'installation.trust.read_bytes() + installation.host_key.read_bytes())', f"{BACKUP}::test_everything_is_in_it_and_no_key_of_ours"),
    _office("the password of a database lies in the backup", "backing", '    if "password" not in address:', "    if address is not None:",
            f"{BACKUP}::test_the_password_of_a_database_is_in_no_backup"),
    _office("the last backup goes too", "backing", "backups.found(installation, folder)[:-1]", "backups.found(installation, folder)",
            f"{BACKUP}::test_the_last_one_stays_however_old_it_is"),
    _office("old backups stay", "backing", "if now - made > backups.KEPT:", "if now - made > 9 * backups.KEPT:",
            f"{BACKUP}::test_four_weeks_are_kept_and_each_deletion_is_said"),
    _office("the escrow is never written", "backing", "        for path in escrows.keep_present():", "        for path in ():",
            f"{BACKUP}::test_the_host_key_lies_beside_it_for_two_sheets_and_is_not_written_again"),
    _office("half a backup under its name", "targets", 'path.with_name(f".{path.name}-{secrets.token_hex(4)}{PART}")',
            'path.with_name(path.name + PART if "head" in path.name else path.name)', KILLED),
    _office("a broken part stays", "targets", "        for part in folder.glob(", "        for part in folder.parent.glob(", KILLED),
    _office("nothing is read back", "targets", "if _digest_of(part) != self.sha256:", "if not part.is_file():",
            f"{BACKUP}::test_what_reads_back_otherwise_is_not_kept"),
    _office("a row without its file is backed up", "archive", "                raise Unsteady(member.name) from reason",
            "                continue", f"{BACKUP}::test_a_file_that_is_gone_for_good_makes_no_backup"),
    _office("the head lists what was destroyed too", "tables", '"SELECT id FROM vault ORDER BY id")), accounts(base))\n\n\ndef accounts',
            '"SELECT id FROM account ORDER BY id")), accounts(base))\n\n\ndef accounts',
            f"{BACKUP}::test_what_lives_now_is_written_and_as_long_as_the_next_step"),
    # ----------------------------------------------------------------------------------------------------------- restore
    _office("members are not compared", "unsealing", 'differences("member", manifest.members, unpacking.said)', 'differences("member", {}, {})', WHOLE),
    _office("tables are not compared", "unsealing", 'differences("table", manifest.tables, seen.tables)', 'differences("table", {}, {})', WHOLE),
    _office("any name is laid out", "archive", "not NAME.fullmatch(about.name)", "not about.name",
            f"{RESTORE}::test_what_no_backup_holds_is_not_laid_out"),
    _office("a tar without a list is a backup", "archive", "            if MANIFEST not in self.said:", "            if MANIFEST in self.said and not head:",
            f"{RESTORE}::test_a_backup_that_does_not_say_what_it_holds_is_none"),
    _office("any host key is taken", "again", "    if not layers.opens_any(keys):", "    if keys is None:", OTHERS),
    _office("rows of the host key before stay under it", "again", "    layers.renew(keys) ", "    layers.look(keys) ",
            f"{RESTORE}::test_a_backup_from_before_a_change_of_the_host_key_opens_until_the_next_one"),
    _office("settings of another office are taken", "unsealing", "if installation.organisation_id.hex() != manifest.organisation \\\n            or", "if",
            OTHERS),
    _office("what verify finds is passed over", "again", "if findings and not with_findings:", "if findings and with_findings is None:",
            f"{RESTORE}::test_what_does_not_fit_together_is_refused_unless_it_is_accepted_and_written_down"),
    _office("what was destroyed comes back", "again", "        retention.drop(gone)", "        retention.drop(())", AGAIN, "H-15"),
    _office("nobody hears that there was no head", "again", '*(["no head"] if head is None else [])', "*([] if head is None else [])",
            f"{RESTORE}::test_without_a_head_it_is_back_and_neither_record_nor_page_is_silent", "H-15"),
    Mutant("a restore excuses whatever is destroyed later", "waystation_web/audit/by_time.py", "            self.again -= 1", "            self.again -= 0",
           AGAIN, "H-15"),
    _office("who was locked comes in again", "again", "if states.get(bytes(account.id), Account.State.LOCKED) in out:", "if account.id is None:",
            f"{RESTORE}::test_whoever_was_locked_after_the_backup_does_not_come_in_again"),
    _office("an older head is taken", "restoring", "    if head.at < manifest.made or head.head[0] < manifest.head[0] \\\n            or (",
            "    if (", f"{RESTORE}::test_a_head_that_says_nothing_of_this_backup_is_refused"),
    _office("open invitations stay", "again", ".exclude(invite=None).update(invite=None)", ".exclude(invite=None).count()", VOID),
    _office("sessions of before stay", "restoring", "    if runtime.clear(sessions):", "    if not sessions.name:", VOID),
    _office("a filled folder is written into", "restoring", "or any(home.iterdir())", "or False",
            f"{RESTORE}::test_a_folder_with_something_in_it_is_left_as_it_is"),
    _office("half an office under its name", "restoring", 'place, lock = parent / f".{home.name}.restoring",', "place, lock = parent / home.name,",
            f"{RESTORE}::test_killed_at_any_step_nothing_stands_under_its_name_and_the_next_one_tidies_up"),
    Mutant("no page tells of a restore", "waystation_web/middleware.py", '"restored": backups.restored(office, now),', '"restored": None,',
           f"{RESTORE}::test_every_page_says_so_for_a_week"),
    # ------------------------------------------------------------------------------------------------------------- drill
    _office("what a drill opened stays", "drilling", "                shutil.rmtree(base, ignore_errors=True)", "                pass", TRIED, "H-45"),
    _office("each drill has passed", "drilling", '"failed" if failed else "passed"', '"passed" if failed else "passed"',
            f"{RESTORE}::test_a_drill_of_what_does_not_come_back_says_so_and_is_written_down", "H-45"),
    Mutant("a drill that failed counts", "waystation_web/gateways/backups.py", 'if one.get("result") == "passed"]', 'if one.get("result")]',
           f"{BACKUP}::test_a_drill_is_due_after_three_months_and_one_that_failed_is_none", "H-45"),
]
