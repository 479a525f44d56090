"""What HR takes out: exports of the units they hold."""
