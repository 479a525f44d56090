"""Tests, by question: unit, web, browser, content, bench."""
