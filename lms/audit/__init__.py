"""Who did what to whom: one append-only table, `audit_entries`."""
