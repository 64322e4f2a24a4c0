"""Guards of the pages, removed one at a time: headers, the door, the look of what is not there, logs, uploads, races."""

from mutant import Mutant

ACCESS, HEADERS = "tests/security/test_access.py", "tests/security/test_headers.py"
LOGS, MARKUP = "tests/security/test_logs.py", "tests/security/test_markup.py"
TRICKS, START = "tests/security/test_request_tricks.py", "tests/security/test_unsafe_start.py"
NOTES, PLANS = "tests/web/test_notes.py", "tests/web/test_plans.py"
RECORD = "tests/web/test_record_pages.py"


def _web(name: str, file: str, old: str, new: str, killed_by: str, refuses: str = "") -> Mutant:
    return Mutant(name, f"waystation_web/{file}.py", old, new, killed_by, refuses)


AROUND = [
    _web("an isolation header is missing", "middleware", '    "Cross-Origin-Embedder-Policy": "require-corp",\n', "",
         f"{HEADERS}::test_every_answer_of_every_kind_carries_sound_headers"),
    _web("an isolation header that no browser heeds", "middleware", '"require-corp"', '"same-origin"',
         f"{HEADERS}::test_the_office_s_own_values_are_sound"),
    _web("style inside pages", "middleware", "style-src 'self'", "style-src 'self' 'unsafe-inline'",
         f"{HEADERS}::test_the_office_s_own_values_are_sound"),
    _web("forms may be sent elsewhere", "middleware", "form-action 'self'; ", "",
         f"{HEADERS}::test_the_office_s_own_values_are_sound"),
    _web("pages stay in the browser's cache", "middleware", 'response.headers["Cache-Control"] = "no-store"',
         'response.headers["Cache-Control"] = "max-age=60"',
         f"{HEADERS}::test_every_answer_of_every_kind_carries_sound_headers"),
    _web("requests of other sites are taken", "middleware", 'said not in {"same-origin", "none"}', 'said == "never"',
         f"{TRICKS}::test_another_site_changes_nothing"),
    _web("any name of the host", "middleware",
         "request.get_host()  # raises what becomes 400 under a name that is not the office's", "pass",
         f"{TRICKS}::test_under_another_name_there_is_no_office"),
    _web("M35 what is not yours answers 403", "middleware", "return page(request, 404)\n        if isinstance(why, Changed)",
         "return page(request, 403)\n        if isinstance(why, Changed)",
         f"{ACCESS}::test_what_one_may_not_read_looks_like_what_is_not_there"),
    _web("refusals are not recorded", "middleware",
         'record_refusal(actor, getattr(why, "rule", "") or why.kind, vault=getattr(why, "vault", None))', "pass",
         f"{NOTES}::test_every_view_and_act_is_in_the_record", refuses="H-46"),
    _web("a full disk is a fault nobody foresaw", "middleware", "return busy(request)\n        if not isinstance",
         "return None\n        if not isinstance", f"{HEADERS}::test_every_answer_of_every_kind_carries_sound_headers"),
    _web("the door lets everybody look", "gateways/gate", 'render(request, "errors/401.html", status=401)',
         'render(request, "errors/401.html", status=200)', f"{ACCESS}::test_who_is_not_in_gets_the_door_and_nothing_else"),
    _web("the session's cookie goes to other sites", "accounts/sessions", 'samesite="Strict"', 'samesite="Lax"',
         f"{HEADERS}::test_every_answer_of_every_kind_carries_sound_headers"),
    _web("scripts read the session's cookie", "accounts/sessions", "httponly=True", "httponly=False",
         f"{HEADERS}::test_every_answer_of_every_kind_carries_sound_headers"),
    _web("the token's cookie goes to other sites", "settings", 'CSRF_COOKIE_SAMESITE = "Strict"', 'CSRF_COOKIE_SAMESITE = "Lax"',
         f"{HEADERS}::test_every_answer_of_every_kind_carries_sound_headers"),
    _web("M34 the framework's own uploads", "settings",
         'FILE_UPLOAD_HANDLERS = ["waystation_web.vault.uploads.SealingUploadHandler"]',
         'FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]',
         f"{START}::test_a_sound_office_starts"),
    _web("M38 the log holds messages", "gateways/logs", "{record.levelname} {where}",
         "{record.levelname} {where} {record.exc_info and record.exc_info[1]}",
         f"{LOGS}::test_a_view_that_breaks_says_nothing_of_what_it_held", refuses="H-02"),
    _web("an office starts in debugging", "gateways/safety", "if settings.DEBUG:", "if settings.DEBUG is None:",
         f"{START}::test_a_setting_that_would_leak_is_named"),
    _web("a host key inside the backup", "gateways/safety", "if installation.data.resolve() in path.resolve().parents:",
         "if installation.data is None:", f"{START}::test_a_host_key_inside_the_backup_is_named"),
    _web("other handlers beside the sealing one", "gateways/safety",
         'if settings.FILE_UPLOAD_HANDLERS != ["waystation_web.vault.uploads.SealingUploadHandler"]:',
         'if "waystation_web.vault.uploads.SealingUploadHandler" not in settings.FILE_UPLOAD_HANDLERS:',
         f"{START}::test_a_setting_that_would_leak_is_named"),
]
PAGES = [
    _web("who writes second wins silently", "notes/actions",
         'if opened.payload.get("revision") != revision:\n            raise Changed', "pass",
         f"{NOTES}::test_who_loses_a_race_sees_both_versions_and_nothing_is_lost"),
    _web("shared before the words are compared", "notes/views", 'if not asked["compared"]:', "if asked is None:",
         f"{NOTES}::test_sharing_shows_the_words_first_and_then_shares"),
    _web("destroyed without a tick", "notes/forms",
         'sure = forms.BooleanField(label=_("Destroy this note and its files for everybody"))',
         'sure = forms.BooleanField(required=False)', f"{NOTES}::test_destroying_needs_a_tick_and_a_confirmation"),
    _web("a page view is not recorded", "notes/queries",
         "holders = vaults.holders(actor, note_id)\n        record_read(actor, opened)",
         "holders = vaults.holders(actor, note_id)", f"{NOTES}::test_every_view_and_act_is_in_the_record", refuses="H-46"),
    _web("a search finds everything", "notes/queries", "if not words or note.says(words)", "if note.title",
         f"{NOTES}::test_a_search_finds_words_as_a_reader_sees_them"),
    _web("a download is shown", "notes/ranges", "f'attachment; filename=\"{name}\"'", "f'inline; filename=\"{name}\"'",
         f"{NOTES}::test_a_file_comes_back_as_it_was_and_is_never_shown"),
    _web("a download is not shut in", "notes/ranges", 'response["Content-Security-Policy"] = CLOSED', "pass",
         f"{NOTES}::test_a_file_comes_back_as_it_was_and_is_never_shown"),
    _web("ranges one byte too long", "notes/ranges", "min(size, int(last) + 1)", "min(size, int(last) + 2)",
         f"{NOTES}::test_a_range_is_a_slice"),
    _web("a plan may hold any markup", "plans/sheets", "if not opening.eof or opening.unused_data or foreign(html):",
         "if not opening.eof or opening.unused_data:",
         f"{MARKUP}::test_what_is_no_drawing_is_refused_when_a_plan_is_opened"),
    _web("a plan unpacks without an end", "plans/sheets", "b64decode(text, validate=True), MOST)",
         "b64decode(text, validate=True))", f"{MARKUP}::test_a_plan_that_unpacks_to_more_than_its_limit_is_refused"),
    _web("an invented plan among real ones", "plans/actions", "if not demonstrating.is_demonstration():",
         "if False:", f"{PLANS}::test_an_office_for_real_work_is_not_given_an_invented_plan"),
    _web("reading a plan is not recorded", "plans/queries",
         "record(actor, Event.PLAN_READ, vault=chosen.id, version=chosen.opened.version)", "pass",
         f"{PLANS}::test_reading_a_plan_is_recorded"),
    _web("reading the record is not recorded", "audit/reading", "record(actor, Event.AUDIT_READ, count=len(lines))", "len(lines)",
         f"{RECORD}::test_reading_the_record_is_in_the_record", refuses="H-46"),
    _web("a broken record is said to be whole", "audit/reading", "for one in said if one.where != UNSEEN]\n        record",
         "for one in said if one.where is None]\n        record", f"{RECORD}::test_a_changed_entry_is_named"),
]
ROLES = [
    Mutant("M39 roles that unite all three kinds", "waystation/access/roles.py",
           "if {TYPES[name] for name in types} >= APART:", "if types is None:",
           "tests/security/test_roles.py::test_no_permitted_set_of_512_unites_people_network_and_evidence", refuses="H-10"),
]
MUTANTS: list[Mutant] = [*AROUND, *PAGES, *ROLES]
