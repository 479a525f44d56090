"""Facts about people and items: enrolments, completion, ledger, JP, certificates."""
