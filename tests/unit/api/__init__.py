"""Tests of the api feature."""
