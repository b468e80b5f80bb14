"""What the suites share: the service under test, its clients, fakes of its neighbours, and the checker of histories."""
