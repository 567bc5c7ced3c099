"""Search: Vietnamese text rules, the index, the outbox, the service and its pages."""
