"""Work after the commit: table `outbox`, and the worker that empties it."""
