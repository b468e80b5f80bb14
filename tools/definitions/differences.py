"""tests/conformance/definitions.txt: the definitions that Stepwell judges otherwise than the corpus, each with why:
`ID: REASON`, one a line. It may only become shorter."""

import pathlib


def read(path: pathlib.Path) -> dict[str, str]:
    reasons = {}
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else []:
        if not line.strip() or line.startswith("#"):
            continue
        name, separator, reason = line.partition(": ")
        if not separator or not reason.strip():
            raise ValueError(f"{path.name}: '{line}' gives no reason")
        reasons[name] = reason
    return reasons
