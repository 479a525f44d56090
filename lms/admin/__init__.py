"""What administrators set: roles, agencies: /kelola."""
