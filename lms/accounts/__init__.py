"""People, units, jobs, roles and how they sign in."""
