"""What can go wrong with the node, each with the exit status that the command line uses."""


class NodeError(Exception):
    """Base: one sentence that says what to do.  ``status`` is the process's exit status."""

    status = 1


class JarMismatchError(NodeError):
    """A jar differs from its lock entry; the node must not start with it."""


class DownloadError(NodeError):
    """No jar repository can be reached; callers go on without a search node."""

    status = 3


class StartError(NodeError):
    """The Java side refused to start (port taken, damaged data folder, too little memory)."""
