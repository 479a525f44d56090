"""Small things everything stands on. Standard library only."""
