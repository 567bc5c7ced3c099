"""`make bench`: the figures that the portal promises, each beside its peer in the same run."""
