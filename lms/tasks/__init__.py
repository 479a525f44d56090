"""Work that people grade: drafts, what was handed in, rubrics filled in, results."""
