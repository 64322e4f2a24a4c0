"""Guards of what may be kept at all, removed on purpose."""

from mutant import Mutant

CORE, OFFICE = "tests/core/test_fields.py", "tests/security/test_fields_kept.py"
TABLE, ACTIONS = "waystation/access/fields.py", "waystation_web/vault/actions.py"

MUTANTS = [
    Mutant("what has no line is kept", ACTIONS, '    fields.check(ours["type"], whole)', '    fields.registry()',
           f"{OFFICE}::test_a_record_is_not_made_with_a_field_that_has_no_line "
           f"{OFFICE}::test_nor_is_one_changed_and_neither_is_an_item_added", "H-20"),
    Mutant("items of lists are kept whatever they hold", TABLE, "                if isinstance(item, Mapping):\n", "                if item is payload:\n",
           f"{CORE}::test_what_has_no_line_is_named_also_in_the_items_of_lists_and_never_its_value", "H-20"),
    Mutant("a field needs no purpose", TABLE, 'if not 0 < len(row["purpose"]) <= LONGEST:', 'if len(row["purpose"]) > 9 * LONGEST:',
           f"{CORE}::test_a_line_that_leaves_something_open_is_refused", "H-20"),
    Mutant("a type needs no clock", TABLE, 'if not row["field"] and not row["clock"]:', 'if not row["purpose"] and not row["clock"]:',
           f"{CORE}::test_a_line_that_leaves_something_open_is_refused", "H-20"),
]
