"""Tests of the records feature."""
