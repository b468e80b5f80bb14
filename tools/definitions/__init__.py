"""Checks the validator against definitions that others judged, and against the list of what Stepwell sees differently."""
