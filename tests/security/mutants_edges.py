"""Guards where one room meets another, removed one at a time: files from outside, who counts as another person, records
of one type that hold two things, what somebody new does not know of the house, the child after its parent.
"""

from mutant import Mutant

HOSTILE = "tests/core/test_files_hostile.py"

MUTANTS = [
    Mutant("a range of a workbook is one cell", "waystation/network/archive.py", "                yield _area(",
           "                yield 0 and _area(", f"{HOSTILE}::test_a_range_is_as_many_cells_as_it_means"),
    Mutant("a range that cannot be counted is small", "waystation/network/archive.py", "        return MOST_CELLS + 1\n",
           "        return 1\n", f"{HOSTILE}::test_a_range_is_as_many_cells_as_it_means"),
    Mutant("what is not called .xml is not looked at", "waystation/network/archive.py", " or _is_xml(content)):", "):",
           f"{HOSTILE}::test_what_a_member_is_called_hides_nothing"),
]
