"""Over HTTP, with a database, without a browser."""
