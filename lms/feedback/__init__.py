"""Surveys: filled in by learners and by those around them, and what they say."""
