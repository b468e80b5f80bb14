"""A server under mixed load that is killed again and again on one data directory; then everything that it had acknowledged
is looked for. Run by ./dev crash.
"""
