"""JSON for other systems: /api/v1, its tokens and webhooks.

Tables: api_tokens, api_reads, api_person_reads, webhooks, webhook_deliveries.
"""
