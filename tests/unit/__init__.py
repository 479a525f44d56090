"""Pure tests, and the rules of the whole tree."""
