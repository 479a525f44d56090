"""What jobs ask and what people have shown, on both databases."""
