"""Tests of the hr feature."""
