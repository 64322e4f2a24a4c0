"""Guards that find what was put back from a copy of before, removed on purpose."""

from mutant import Mutant

TESTS = "tests/security/test_put_back.py::test_what_is_put_back_is_found_by_whom_the_threat_model_says"


def _fault(name: str, file: str, old: str, new: str) -> Mutant:
    return Mutant(name, f"waystation_web/{file}.py", old, new, TESTS, "H-15")


MUTANTS = [
    _fault("a body that was cut is not named", "vault/verify",
           "elif path.stat().st_size < HEADER + SEALED_CHUNK or (path.stat().st_size - HEADER) % SEALED_CHUNK:", "elif path.stat().st_size < 0:"),
    _fault("a changed file of trust is not told", "accounts/signin", "trust_changed=bool(pins and pins.trust != trust().digest)",
           "trust_changed=False"),
    _fault("grants of older keys are not named", "vault/verify", "if grant.version != grant.vault.version:", "if grant.version < 0:"),
]
