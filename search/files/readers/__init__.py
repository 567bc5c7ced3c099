"""Read the text of one file. Runs in a process of its own with limits; knows no Django.

A reader is a generator of `Piece`s and raises `Unreadable` with the reason; what it gave before
counts. `search.files.reading` starts the process.
"""
