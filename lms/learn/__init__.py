"""The course page and the lesson page: enrol, read, check, go on."""
