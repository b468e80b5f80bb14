"""The suites of ./dev test. Each has a name, a kind (the name up to its first slash), a rank (its place in the order), `slow`,
cases(selection) and run(selection, report).
"""
