"""Finds, runs and counts the tests of ./dev test."""
