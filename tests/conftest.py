"""What holds for every test: fixed seeds, and the check that what is said to be proved was proved in this run."""

import gc
from collections import defaultdict

import pytest
from hypothesis import settings

from proofs import not_proved, rows_of
from refusals import duties_of, not_held

settings.register_profile("fixed", derandomize=True, deadline=None, database=None)
settings.load_profile("fixed")

gc.disable()  # until everything is collected: hardly any of it is ever thrown away
OUTCOMES = pytest.StashKey[dict[str, list[str]]]()
FAULTS = pytest.StashKey[list[str]]()


def pytest_addoption(parser):
    parser.addoption("--proofs", action="store_true", help="fail unless every test that docs/coverage.csv or docs/refusals.csv names passed")
    parser.addoption("--database", default="sqlite", choices=("sqlite", "postgresql"), help="what the office's tests run on")


def pytest_configure(config):
    config.stash[OUTCOMES] = defaultdict(list)
    config.stash[FAULTS] = []
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Recorder(config), "proof-recorder")


def pytest_collection_finish():
    """What was collected stays to the end: it is not gone through again each time that Python looks for garbage."""
    gc.collect()
    gc.freeze()
    gc.enable()


class Recorder:
    """Keeps what became of each test; under xdist the reports of all workers arrive here."""

    def __init__(self, config):
        self.config = config

    def pytest_runtest_logreport(self, report):
        if report.when == "call" or report.outcome != "passed":
            self.config.stash[OUTCOMES][report.nodeid.partition("[")[0]].append(report.outcome)

    def pytest_sessionfinish(self, session):
        if self.config.getoption("--proofs"):
            docs, outcomes = self.config.rootpath / "docs", self.config.stash[OUTCOMES]
            self.config.stash[FAULTS] = [*not_proved(rows_of(docs / "coverage.csv"), outcomes),
                                         *not_held(duties_of(docs / "refusals.csv"), outcomes)]
            if self.config.stash[FAULTS] and session.exitstatus == pytest.ExitCode.OK:
                session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter):
        if self.config.stash[FAULTS]:
            terminalreporter.section("said to be proved, but not proved in this run", red=True)
            for fault in self.config.stash[FAULTS]:
                terminalreporter.line(fault)
