"""What learners say of courses and lessons, for those who can better them."""
