"""Branching simulations: one scene a page, what follows from a choice, the debrief."""
