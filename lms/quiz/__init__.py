"""Attempts at graded quizzes: start, answer, hand in, result."""
