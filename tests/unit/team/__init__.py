"""Rules of the team pages."""
