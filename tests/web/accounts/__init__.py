"""Pages and tables of people and organisation."""
