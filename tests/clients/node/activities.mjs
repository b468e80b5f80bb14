// Activities, their workers and task tokens.

import assert from "node:assert/strict";
import * as sfn from "@aws-sdk/client-sfn";
import { client, create, createActivity, ended, refused, send, start, task } from "./support.mjs";

export default {
  async activities() {
    const activityArn = await createActivity();
    const found = await send("DescribeActivity", { activityArn });
    assert.equal(found.name, activityArn.split(":").at(-1));
    assert(found.creationDate instanceof Date);
    const listed = [];
    for await (const page of sfn.paginateListActivities({ client }, {})) listed.push(...page.activities);
    assert.deepEqual(listed.filter((item) => item.activityArn === activityArn).length, 1);
    await send("DeleteActivity", { activityArn });
    await refused("DescribeActivity", { activityArn }, sfn.ActivityDoesNotExist);
  },

  async activity() {
    const activityArn = await createActivity();
    const poll = send("GetActivityTask", { activityArn, workerName: "node" });
    const executionArn = await start(await create(task(activityArn)), { n: 20 });
    const { taskToken, input } = await poll;
    assert.equal(JSON.parse(input).n, 20);
    await send("SendTaskHeartbeat", { taskToken });
    await refused("SendTaskSuccess", { taskToken, output: "{" }, sfn.InvalidOutput);
    await send("SendTaskSuccess", { taskToken, output: "21" });
    assert.equal((await ended(executionArn)).output, "21");
    await assert.rejects(send("SendTaskSuccess", { taskToken, output: "22" }), sfn.TaskTimedOut);

    const other = await start(await create(task(activityArn)));
    const second = await send("GetActivityTask", { activityArn });
    await send("SendTaskFailure", { taskToken: second.taskToken, error: "Broken", cause: "lamp" });
    const found = await ended(other);
    assert.deepEqual([found.status, found.error, found.cause], ["FAILED", "Broken", "lamp"]);
  },
};
