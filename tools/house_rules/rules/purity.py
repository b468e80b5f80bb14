"""The languages, the protocols and crypto know no thread, file, socket, coroutine or process.

What they need of the outside is handed to them as values.
"""

import re

from house_rules.repository import Finding, Repository

NAME = "purity"
PURE = ("src/lang/", "src/wire/", "src/crypto/")
IMPURE = {
    "thread", "mutex", "shared_mutex", "condition_variable", "future", "semaphore", "latch", "barrier", "coroutine",
    "fstream", "iostream", "filesystem", "unistd.h", "fcntl.h", "signal.h", "pthread.h", "sys/socket.h", "sys/stat.h", "sys/mman.h",
    "base/task.h", "base/timer.h", "base/process.h", "base/http_client.h", "base/http_server.h",
}  # fmt: skip
INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]')


def check(repository: Repository) -> list[Finding]:
    findings = []
    for source in repository.below(*PURE):
        if not source.is_cpp():
            continue
        for number, line in enumerate(source.code_lines, 1):
            if (match := INCLUDE.match(line)) and match[1] in IMPURE:
                findings.append(Finding(source.path, number, f"<{match[1]}> does not belong in a pure module"))
    return findings
