"""Many commands of the AWS CLI in one process, which spares a second for each: a line of standard input is a command's
arguments as JSON, a line of output what came of it. Run by the Python that the command `aws` itself runs with.
"""

import contextlib
import io
import json
import sys

from awscli.clidriver import create_clidriver
from botocore.config import Config


def main() -> None:
    driver = create_clidriver()
    # StartSyncExecution goes to sync-HOST otherwise, which only AWS's names resolve to anything.
    driver.session.set_default_client_config(Config(inject_host_prefix=False))
    for line in sys.stdin:
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                status = driver.main(json.loads(line))
            except SystemExit as ended:
                status = ended.code
        print(json.dumps({"status": status, "out": out.getvalue(), "err": err.getvalue()}), flush=True)


main()
