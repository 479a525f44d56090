"""Rules of surveys, without a database."""
