"""Who has to learn what by when, as HR wants it: assignments and duties.

Tables: assignments, assignment_duties, assignment_exemptions, reminders.
"""
