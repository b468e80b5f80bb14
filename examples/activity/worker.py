"""An activity worker: polls for a task, sends heartbeats while it works, and answers.

Its environment names the activity (ResizePictureArn) and where Step Functions is (AWS_ENDPOINT_URL).
"""

import json
import os

import boto3
from botocore.config import Config

# A poll is held open for up to 60 seconds when there is nothing to do.
client = boto3.client("stepfunctions", endpoint_url=os.environ["AWS_ENDPOINT_URL"], config=Config(read_timeout=70))


def resize(task: dict, beat) -> dict:
    if task["width"] <= 0:
        raise ValueError(f"{task['picture']} has no width")
    height = 0
    for step in range(4):
        height += task["height"] * task["to_width"] // task["width"] // 4
        beat()
    return {"picture": task["picture"], "width": task["to_width"], "height": height}


def main() -> None:
    while True:
        task = client.get_activity_task(activityArn=os.environ["ResizePictureArn"], workerName="resizer")
        token = task.get("taskToken")
        if not token:
            continue
        try:
            result = resize(json.loads(task["input"]), lambda: client.send_task_heartbeat(taskToken=token))
            client.send_task_success(taskToken=token, output=json.dumps(result))
        except ValueError as error:
            client.send_task_failure(taskToken=token, error="BadPicture", cause=str(error))


if __name__ == "__main__":
    main()
