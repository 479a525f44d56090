"""What a superior sees of the people who work for them: /tim."""
