"""Runs recorded cases of Step Functions against the built program and compares with the list of those known to fail."""
