"""Tests of the quiz feature."""
