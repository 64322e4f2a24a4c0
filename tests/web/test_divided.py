"""A party that is to be divided: until the office can watch each part, nobody is divided, whatever is sent to it by hand."""

import pytest
from roads import Road

from waystation_web.journeys import queries
from waystation_web.journeys.models import Watch
from waystation_web.vault.errors import NotPermitted


@pytest.fixture
def road(office):
    return Road(office)


def watched():
    return [(bytes(one.vault_id), one.state, one.level, one.due_at, bytes(one.schedule)) for one in Watch.objects.all()]


@pytest.mark.parametrize("resting", [False, True])
def test_nobody_is_divided_and_left_without_a_watch_by_what_is_sent_by_hand(road, resting):
    road.moving()
    if resting:
        road.reach()
    before, watch = road.now, watched()
    assert watch
    with pytest.raises(NotPermitted) as why:
        road.step("split", split_kept=True, together=True, parts=[["a"], ["b"]])
    assert why.value.rule == "split"
    assert (road.now.status, road.now.due, watched()) == (before.status, before.due, watch)
    assert not {"split", "rejoin"} & {one.event for one in queries.page(road.first, road.journey).steps}
