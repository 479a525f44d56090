"""What a job asks, what a person has shown, and the gap between them."""
