"""Heavy third-party headers are included only by the modules that own them.

It keeps compile times down and makes a library replaceable.
"""

import re

from house_rules.repository import Finding, Repository

NAME = "fences"

# Header prefix → folders (below src/ or tests/unit/) that may include it.
HOMES = {
    "boost/": ("net/",),
    "rocksdb/": ("store/rocksdb/",),
    "openssl/": ("crypto/", "net/"),
    "archive": ("services/lambda/",),
    "expat": ("wire/",),
    "re2/": ("lang/jsonpath/", "lang/jsonata/", "lang/asl/", "wire/"),
    "CLI/": ("server/",),
    "yaml-cpp/": ("server/",),
    "gtest/": (),
    "gmock/": (),
    "benchmark/": (),
}
TEST_LIBRARIES = ("gtest/", "gmock/", "benchmark/")
INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]')


def _allowed(path: str, header: str, prefix: str) -> bool:
    if path.startswith("tests/") and prefix in TEST_LIBRARIES:
        return True
    return path.startswith(tuple(root + home for home in HOMES[prefix] for root in ("src/", "tests/unit/")))


def check(repository: Repository) -> list[Finding]:
    findings = []
    for source in repository.cpp():
        for number, line in enumerate(source.code_lines, 1):
            if not (match := INCLUDE.match(line)):
                continue
            header = match[1]
            for prefix, homes in HOMES.items():
                if header.startswith(prefix) and not _allowed(source.path, header, prefix):
                    where = " and ".join(f"src/{home}" for home in homes) or "tests/"
                    findings.append(Finding(source.path, number, f"<{header}> belongs to {where} only"))
    return findings
