"""The invented worlds of reports are those that were published before any filter was written."""

import numpy as np
import pytest

from waystation.trust.instances import CALM, DIGESTS, GRID, HOSTILE, STATED, digest, digest_of_setting, world

FIRST = {("contrary", 0.30): "183cc5ed8710d4a7", ("bait", 0.45): "5f19ece7d479febe", ("sleeper", 0.10): "57152d9b495e89a6",
         ("copied bait", 0.0): "6682ec632add7b9e", ("few reports", 0.45): "4413c3ed03781ad5",
         ("one root floods", 0.10): "3059e8680dc060e8"}
BY_NAME = {one.name: one for one in GRID}


@pytest.mark.parametrize(("name", "hostile"), FIRST)
def test_a_world_is_the_published_one(name, hostile):
    assert digest(world(BY_NAME[name], hostile, 0)) == FIRST[name, hostile]


@pytest.mark.soak
@pytest.mark.parametrize("setting", GRID, ids=lambda one: one.name)
def test_all_worlds_of_a_setting_are_the_published_ones(setting):
    assert digest_of_setting(setting) == DIGESTS[setting.name]


def test_the_grid_is_what_was_decided():
    assert HOSTILE == (0.0, 0.10, 0.30, 0.45)
    assert len(GRID) == len(BY_NAME) == 6
    assert not any(np.array_equal(STATED, chain) for chain in world(GRID[0], 0.0, 0).chain)  # nobody is told the true one


def test_bait_is_true_when_it_is_calm_and_says_calm_when_it_is_not():
    made = world(BY_NAME["bait"], 0.45, 3)
    heard = made.heard
    by_bait = made.hostile[heard.source]
    true = made.truth[heard.area, heard.day]
    said_calm = heard.claim[:, CALM]
    assert said_calm[by_bait & (true == CALM)].all()
    assert 0.8 < said_calm[by_bait & (true != CALM)].mean() < 0.97


def test_sources_of_one_root_never_contradict_each_other_on_a_day():
    made = world(BY_NAME["one root floods"], 0.45, 1)
    said: dict[tuple[int, int], set[int]] = {}
    for k in np.flatnonzero(made.hostile[made.heard.source]):
        said.setdefault((int(made.heard.area[k]), int(made.heard.day[k])), set()).add(int(made.heard.claim[k].argmax()))
    assert len(set(made.heard.root[made.hostile].tolist())) == 1
    assert max(map(len, said.values())) == 1


def test_a_copy_has_nearly_the_words_and_wholly_the_claim_of_an_earlier_report():
    made = world(BY_NAME["copied bait"], 0.30, 2)
    heard = made.heard
    assert 0.1 < made.copied.mean() < 0.3
    for k in np.flatnonzero(made.copied)[:50]:
        before = [j for j in range(k) if heard.area[j] == heard.area[k] and heard.day[j] >= heard.day[k] - 1]
        shared = max(sum(a == b for a, b in zip(heard.words[j].split(), heard.words[k].split(), strict=True)) for j in before
                     if (heard.claim[j] == heard.claim[k]).all())
        assert shared >= 10
