"""Guards of the route book, removed one at a time: what is sound, what leaves the house, what is taken in and taken back."""

from mutant import Mutant

BOOK, PAGES = "tests/web/test_network.py", "tests/web/test_network_pages.py"
IMPORT, EXPORT = "tests/web/test_network_import.py", "tests/web/test_network_export.py"
LETTING_GO = "tests/web/test_letting_go.py"
NOTICES, BROKEN = "tests/web/test_network_notices.py", "tests/core/test_files_broken.py"


def _book(name: str, file: str, old: str, new: str, killed_by: str, refuses: str = "") -> Mutant:
    return Mutant(name, f"waystation_web/network/{file}.py", old, new, killed_by, refuses)


MUTANTS = [
    _book("a book that breaks is written", "changes", "    refuse_new(rows, [*kept,", "    (lambda *_, **__: None)(rows, [*kept,",
          f"{BOOK}::test_a_change_that_breaks_the_book_is_refused_where_it_breaks"),
    _book("a row that does not open is left out of a plan", "queries", "book_of_cells(book_of(rows_held(actor))",
          "book_of_cells(book_of(rows_held(actor, refused=[]))",
          f"{BOOK}::test_a_row_that_does_not_open_is_no_smaller_book"),
    _book("a forbidden leg is drawn", "drawing", "for leg in legs if not leg.forbidden]",
          "for leg in legs for leg in [__import__('dataclasses').replace(leg, state='open')]]",
          f"{PAGES}::test_a_forbidden_leg_is_on_no_map", refuses="H-04"),
    _book("few passages are a number", "knowledge", "ENOUGH = 20 ", "ENOUGH = 1 ",
          f"{PAGES}::test_the_book_says_first_what_it_does_not_know", refuses="H-27"),
    _book("an import is written while it was never shown", "actions_import", "if found.digest != seen:", "if not seen:",
          f"{IMPORT}::test_what_was_shown_is_what_is_written"),
    _book("an import is taken back over later work", "actions_import", "        if touched:\n", "        if touched and not rows:\n",
          f"{IMPORT}::test_an_import_is_not_taken_back_over_what_somebody_wrote_since"),
    _book("an import is taken in twice", "actions_import",
          'raise NotPermitted("applied", "This import is done. Begin another one.", vault=batch.id)\n        rows', "pass\n        rows",
          f"{IMPORT}::test_a_file_is_mended_brought_again_and_taken_in"),
    _book("one person's copy", "actions_export", "approvals.use(export.id, export.approval, manifest)",
          "{**export.approval, 'used_at': '2026-03-02T09:00:00+00:00', 'approved_by': '00' * 16}",
          f"{EXPORT}::test_one_signature_builds_nothing", refuses="H-32"),
    _book("what is signed is not made anew", "actions_export", "        manifest, book, held = _manifest(actor, export)\n",
          "        _, book, held = _manifest(actor, export)\n        manifest = export.approval['manifest']\n",
          f"{EXPORT}::test_a_row_changed_since_ends_it"),
    _book("a row's edition is not signed", "export", 'f"{row.id.hex()}:{row.written.revision}"', 'f"{row.id.hex()}"',
          f"{EXPORT}::test_a_row_changed_and_changed_back_is_another_edition"),
    _book("recipients are not signed", "export", '"recipients": [[one.code, one.key, one.mark] for one in export.recipients]}',
          '"recipients": len(export.recipients)}', f"{EXPORT}::test_a_recipient_put_in_afterwards_is_noticed", refuses="H-25"),
    _book("a copy for nobody in particular", "export", "    if not asked:\n", "    if asked is None:\n",
          f"{EXPORT}::test_nothing_leaves_unsealed", refuses="H-25"),
    _book("a copy is fetched twice", "actions_export", 'if export.copies.get(mark) != "built":', "if mark not in export.copies:",
          f"{EXPORT}::test_a_copy_put_back_into_the_folder_is_not_given_out_again"),
    _book("a copy without an end", "actions_export", "        if too_late(built):", "        if False:",
          f"{EXPORT}::test_each_step_comes_within_a_day", refuses="H-25"),
    _book("anybody fetches", "actions_export", 'if bytes.fromhex(export.approval["asked_by"]) != actor.id:', "if actor is None:",
          f"{EXPORT}::test_whoever_asked_fetches"),
    _book("copies lie in clear", "export", "sealed(json_of(book, notes=notes), [one.key])", "json_of(book, notes=notes)",
          f"{EXPORT}::test_nothing_in_clear_lies_in_the_runtime_folder", refuses="H-02 H-25"),
    _book("a notice holds numbers", "noting", "if has_hidden(text) or found_in(text):", "if has_hidden(text):",
          f"{NOTICES}::test_what_is_typed_wrongly_is_not_kept_and_stands_beside_its_field"),
    Mutant("a position of a house stands in the book", "waystation/network/cells.py", "        if round(value, 1) != value:\n", "        if False:\n",
           f"{BROKEN}::test_broken_json", refuses="H-01 H-02"),
    Mutant("a number stands in the book", "waystation/network/cells.py", "    if secret := found_in(text):\n", "    if secret := \"\":\n",
           f"{BROKEN}::test_broken_json", refuses="H-01 H-02"),
    _book("a freeze is lifted without a reason", "freezes", "    if not reason.strip():\n", "    if False:\n", f"{LETTING_GO}::test_nothing_is_let_go_without_a_reason_or_by_whoever_writes_no_book"),
    _book("whoever reads an incident lets a place go", "freezes", "    allow(actor, Permission.CREATE_VAULT, Facts(type=TYPE), vault=incident)\n", "",
          f"{LETTING_GO}::test_nothing_is_let_go_without_a_reason_or_by_whoever_writes_no_book"),
    _book("one incident lets go what another holds", "freezes", " if incident_in(one) == incident]", "]",
          f"{LETTING_GO}::test_what_another_incident_holds_stays_frozen"),
    _book("what is let go stays frozen", "freezes", 'frozenset(held.body["freeze"]["codes"]) - lifted', 'frozenset(held.body["freeze"]["codes"])',
          f"{LETTING_GO}::test_only_what_was_ticked_is_let_go_and_the_next_stop_is_released_again"),
    Mutant("an invented world says nothing of it", "waystation/report/netmap.py", "    if caption.fictional:\n", "    if False:\n",
           "tests/core/test_netmap.py::test_every_placed_stop_is_named_and_the_world_says_that_it_is_invented", refuses="H-01"),
    Mutant("an invented plan says nothing of it", "waystation/report/inset.py", 'band if answer.fictional else ""', '""',
           "tests/core/test_inset.py::test_a_fictional_plan_says_so_in_the_piece", refuses="H-01"),
]
