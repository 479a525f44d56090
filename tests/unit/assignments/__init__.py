"""Tests of the assignments feature."""
