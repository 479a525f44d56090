"""The digest of what an import would write: what HR has seen is what is done. Pure."""

import hashlib

from .people_import import Plan


def of(plan: Plan) -> str:
    """Return 64 hex digits that differ when anything written, or replaced, differs."""
    whole = hashlib.sha256()
    for change in plan.changes:
        if change.kind != "same":
            facts = sorted((n, v, change.was.get(n)) for n, v in change.facts.items())
            before = change.before and tuple(change.before[:3])
            said = (change.key, change.kind, facts, change.unit, change.job,
                    change.superior, before)  # fmt: skip
            whole.update(repr(said).encode())
    whole.update(repr((plan.gone, plan.new_jobs)).encode())
    return whole.hexdigest()
