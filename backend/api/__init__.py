"""The REST API under /api/v1: routes, the documents they exchange, errors, pages, conditional replies, live events."""
