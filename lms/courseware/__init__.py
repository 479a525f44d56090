"""From files under content/ to checked, rendered courses. No Flask, no database."""
