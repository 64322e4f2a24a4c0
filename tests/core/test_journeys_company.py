"""Who goes along: by a yes of their own to one leg, with what they tell if caught settled; told of that leg alone."""

from dataclasses import replace

import pytest

from waystation.journeys.company import Companion, Lack, Said, brief, lacking, met

WREN = Companion("1", "Wren", "L1", "ALDER", "MINT", "bus", "Prison.", Said.YES, "That we met by chance.")


@pytest.mark.parametrize(("changed", "stopped", "lacks"), [
    ({}, (), []), ({"said": Said.NOTHING}, (), [Lack.ANSWER]), ({"tell": " "}, (), [Lack.CAUGHT]), ({}, ("Wren",), [Lack.STOPPED]),
    ({"said": Said.NOTHING}, ("Wren",), [Lack.ANSWER, Lack.STOPPED]), ({"said": Said.NO}, ("Wren",), []),
    ({"said": Said.OFF, "tell": ""}, ("Wren",), [])])
def test_a_leg_waits_for_whoever_was_asked_and_for_nobody_who_said_no(changed, stopped, lacks):
    one = replace(WREN, **changed)
    assert [lack for _who, lack in lacking([one], "L1", stopped)] == lacks
    assert lacking([one], "L2", stopped) == ()


def test_they_are_told_of_their_leg_and_known_for_it_alone():
    other = replace(WREN, leg="L2", start="MINT", end="PLUM")
    assert brief(WREN) == "ALDER – MINT. by bus." and "PLUM" not in brief(WREN)
    assert met([WREN, replace(other, who="Crow")], {"L1"}) == {"Wren"}
    assert met([replace(WREN, said=said) for said in (Said.NOTHING, Said.NO, Said.OFF)], {"L1"}) == frozenset()
