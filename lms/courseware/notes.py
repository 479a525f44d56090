"""Gathers the findings of one file while it is read; reading never stops at one."""

from lms.courseware.schema import Finding

MAX_FINDINGS = 500  # of one file; more help nobody, and a hostile file has thousands


class Notes:
    """Findings of one file, in the order they were met.

    path    as authors see it: "content/kursus/<folder>/..."
    errors  how many mistakes were met, those beyond the limit included
    counted how often formulas of the file were counted, to bound the work
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self.found: list[Finding] = []
        self.errors = 0
        self.counted = 0
        self._seen: set[Finding] = set()

    def error(
        self, code: str, line: int, column: int, message: str, fix: str = ""
    ) -> None:
        """Note a mistake that keeps the course from being published."""
        self._add(Finding(self.path, line, column, code, message, fix))

    def warn(
        self, code: str, line: int, column: int, message: str, fix: str = ""
    ) -> None:
        """Note something the author should look at."""
        self._add(Finding(self.path, line, column, code, message, fix, is_error=False))

    @property
    def has_errors(self) -> bool:
        return self.errors > 0

    @property
    def is_full(self) -> bool:
        """Say whether further findings are only counted."""
        return len(self.found) >= MAX_FINDINGS

    def _add(self, finding: Finding) -> None:
        if finding in self._seen:
            return
        is_first_error = finding.is_error and not self.errors
        self.errors += finding.is_error
        if is_first_error or not self.is_full:
            self._seen.add(finding)
            self.found.append(finding)
