"""Findings as SARIF 2.1.0, the form in which code hosts and editors take them."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from lms.courseware.rules import MEANINGS
from lms.courseware.schema import Finding

VERSION = "2.1.0"
SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"
    "sarif-schema-2.1.0.json"
)


def document(findings: Iterable[Finding]) -> dict[str, Any]:
    """One run with all findings in order; columns count characters from 1."""
    found = sorted(findings)
    codes = sorted({finding.code for finding in found})
    return {
        "$schema": SCHEMA,
        "version": VERSION,
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "lms content check",
                        "rules": [_rule(code) for code in codes],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": [_result(finding, codes) for finding in found],
            }
        ],
    }


def _rule(code: str) -> dict[str, Any]:
    return {"id": code, "shortDescription": {"text": MEANINGS.get(code, code)}}


def _result(finding: Finding, codes: list[str]) -> dict[str, Any]:
    text = finding.message
    if finding.fix:
        text += f". Perbaikan: {finding.fix}"
    return {
        "ruleId": finding.code,
        "ruleIndex": codes.index(finding.code),
        "level": "error" if finding.is_error else "warning",
        "message": {"text": text},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": quote(finding.path)},
                    "region": {
                        "startLine": finding.line,
                        "startColumn": finding.column,
                    },
                }
            }
        ],
    }
