"""What instructors do with their courses: review changes, publish, count again."""
