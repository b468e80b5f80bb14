// EventBridge Scheduler: schedules and their groups.

import assert from "node:assert/strict";
import * as sdk from "@aws-sdk/client-scheduler";
import { create, pass, roleArn, unique, use } from "./support.mjs";

export const service = use(sdk, "SchedulerClient");
const { send, refused } = service;
const FlexibleTimeWindow = { Mode: "OFF" };

export default {
  async schedules() {
    const Name = unique("schedule");
    const Target = { Arn: await create(pass(1)), RoleArn: roleArn, Input: '{"n":"é"}' };
    const EndDate = new Date("2040-01-01T00:00:00Z");
    const given = { Name, ScheduleExpression: "cron(0 12 1 1 ? 2039)", FlexibleTimeWindow, Target, EndDate };
    await send("CreateSchedule", given);
    await refused("CreateSchedule", given, sdk.ConflictException, `Schedule ${Name} already exists.`);
    const found = await send("GetSchedule", { Name });
    assert.deepEqual([found.Target.Input, found.EndDate], ['{"n":"é"}', EndDate]);
    await send("UpdateSchedule", { ...given, State: "DISABLED" });
    assert.deepEqual((await send("ListSchedules", { NamePrefix: Name })).Schedules.map(({ State }) => State), ["DISABLED"]);
    await send("DeleteSchedule", { Name });
    await refused("GetSchedule", { Name }, sdk.ResourceNotFoundException, `Schedule ${Name} does not exist.`);
    await refused("CreateSchedule", { ...given, ScheduleExpression: "rate(5)" }, sdk.ValidationException, "Invalid Schedule Expression rate(5).");
  },

  async scheduleGroups() {
    const Name = unique("group");
    const { ScheduleGroupArn: ResourceArn } = await send("CreateScheduleGroup", { Name, Tags: [{ Key: "a", Value: "1" }] });
    await refused("CreateScheduleGroup", { Name }, sdk.ConflictException);
    assert.equal((await send("GetScheduleGroup", { Name })).State, "ACTIVE");
    assert.deepEqual((await send("ListScheduleGroups", { NamePrefix: Name })).ScheduleGroups.map((group) => group.Name), [Name]);
    await send("TagResource", { ResourceArn, Tags: [{ Key: "b", Value: "2" }] });
    await send("UntagResource", { ResourceArn, TagKeys: ["a"] });
    assert.deepEqual((await send("ListTagsForResource", { ResourceArn })).Tags, [{ Key: "b", Value: "2" }]);
    await send("DeleteScheduleGroup", { Name });
    await refused("GetScheduleGroup", { Name }, sdk.ResourceNotFoundException);
  },
};
