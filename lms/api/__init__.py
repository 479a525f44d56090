"""JSON for other systems: /api/v1, its tokens and webhooks."""
