"""Published courses: releases, items, questions, files; the list to find them in."""
