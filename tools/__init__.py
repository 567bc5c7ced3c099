"""Commands behind ``make``: setting up, starting, stopping, testing and checking.

Modules that run before the virtual environment exists (``__main__``, ``commands``, ``bootstrap``
and what they import) use the standard library only.
"""
