"""Run every test in parallel; print coverage and, last, "N passed, N failed"."""

import os
import sys

import pytest


class Tally:
    """Counts outcomes as the workers report them."""

    def __init__(self) -> None:
        self.passed = self.failed = self.skipped = 0

    def pytest_runtest_logreport(self, report) -> None:
        if report.when == "call" and report.passed:
            self.passed += 1
        elif report.failed:
            self.failed += 1
        elif report.skipped:
            self.skipped += 1

    def pytest_collectreport(self, report) -> None:
        self.failed += bool(report.failed)


def main() -> int:
    """Return pytest's exit code; a skipped test counts as a failure."""
    tally = Tally()
    workers = str(min(4, (os.cpu_count() or 1)))
    arguments = ["-n", workers, "--dist=loadscope", "-W", "error", "-q"]
    arguments += ["--cov=lms", "--cov-report=term:skip-covered", *sys.argv[1:]]
    code = int(pytest.main(arguments, plugins=[tally]))
    if tally.skipped:
        print(f"{tally.skipped} skipped: nothing may be skipped silently")
        code = code or 1
    print(f"{tally.passed} passed, {tally.failed + tally.skipped} failed")
    return code


if __name__ == "__main__":
    sys.exit(main())
