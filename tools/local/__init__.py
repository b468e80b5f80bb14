"""A Stepwell on this machine: start it, wait for it, talk to it. Python's standard library only."""
