"""Rules of people and organisation."""
