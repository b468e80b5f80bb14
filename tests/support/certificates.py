"""Certificates for tests: an authority and what it signs, made by the openssl command in a folder."""

import dataclasses
import pathlib
import subprocess

NAMES = "DNS:localhost,DNS:*.localhost,IP:127.0.0.1"


@dataclasses.dataclass(frozen=True)
class Certificate:
    chain: pathlib.Path
    key: pathlib.Path
    authority: pathlib.Path  # what clients are to trust

    @property
    def arguments(self) -> list[str]:
        return ["--tls-cert", str(self.chain), "--tls-key", str(self.key)]


class Authority:
    def __init__(self, folder: pathlib.Path):
        self.folder = pathlib.Path(folder)
        self.path = self.folder / "authority.pem"
        self._key = self.folder / "authority.key"
        if not self.path.exists():
            self._run("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", self._key, "-out", self.path,
                      "-days", "30", "-subj", "/CN=Test authority", "-addext", "keyUsage=critical,keyCertSign,cRLSign")  # fmt: skip

    def certificate(self, name: str, days: int = 30, subject: str = "localhost", names: str = NAMES) -> Certificate:
        """NAME.pem and NAME.key; the same name again takes their place. Negative days: it has expired."""
        made = Certificate(self.folder / f"{name}.pem", self.folder / f"{name}.key", self.path)
        request, extensions = self.folder / f"{name}.csr", self.folder / f"{name}.ext"
        extensions.write_text(f"subjectAltName={names}\nextendedKeyUsage=serverAuth\nbasicConstraints=CA:FALSE\n")
        key, chain = (pathlib.Path(f"{path}.new") for path in (made.key, made.chain))
        self._run("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", key, "-out", request, "-subj", f"/CN={subject}")
        self._run("x509", "-req", "-in", request, "-CA", self.path, "-CAkey", self._key, "-CAcreateserial", "-out", chain, "-days", str(days),
                  "-extfile", extensions)  # fmt: skip
        key.rename(made.key)
        chain.rename(made.chain)
        return made

    def _run(self, *arguments) -> None:
        subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True)
