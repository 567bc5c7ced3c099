"""Local life of the demonstration: offices, calendars, contacts, places, galleries, forms."""
