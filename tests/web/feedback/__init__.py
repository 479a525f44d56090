"""Surveys, over HTTP and on both databases."""
