"""Tests of this kind; see tests/conftest.py."""
