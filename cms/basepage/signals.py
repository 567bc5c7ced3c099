"""Sent inside the transaction when pages were inserted or changed without being saved one by one.

Argument: page_ids (list of int).
"""

from django.dispatch import Signal

pages_changed = Signal()
