"""A suite of ./dev test, and how suites are run."""

import concurrent.futures
import itertools
import operator


class Suite:
    """Suites of one rank go on beside one another and are reported in order; those of the next rank begin after them."""

    name = kind = ""  # the kind is the name up to its first slash
    rank = 0
    slow = False  # left out by --quick

    def cases(self, selection) -> list[str]:
        raise NotImplementedError

    def begin(self, selection, pool: concurrent.futures.Executor) -> None:
        """Hands the pool what may go on beside others."""

    def run(self, selection, report) -> None:
        """To the end; tells the report of every case."""
        raise NotImplementedError


def run_suites(suites: list[Suite], selection, report, jobs: int) -> None:
    rank = operator.attrgetter("rank")
    pool = concurrent.futures.ThreadPoolExecutor(jobs)
    try:
        for _, group in itertools.groupby(sorted(suites, key=rank), key=rank):
            together = list(group)
            for suite in together:
                suite.begin(selection, pool)
            for suite in together:
                report.begin(suite.name)
                suite.run(selection, report)
                report.end()
    finally:
        pool.shutdown(cancel_futures=True)
