// The operations of every service through AWS's clients: node main.mjs URL REGION ROLE
// Prints what came of every case (null, or what went wrong), and of every client what it was asked and all that it knows.

import activities from "./activities.mjs";
import apis, { service as apigateway } from "./apis.mjs";
import buses, { service as events } from "./buses.mjs";
import executions from "./executions.mjs";
import functions, { service as lambda } from "./functions.mjs";
import jobs, { service as batch } from "./jobs.mjs";
import logs, { service as cloudwatch } from "./logs.mjs";
import machines from "./machines.mjs";
import people, { service as iam } from "./people.mjs";
import queues, { service as sqs } from "./queues.mjs";
import schedules, { service as scheduler } from "./schedules.mjs";
import sessions, { service as sts } from "./sessions.mjs";
import { asked, end, known } from "./support.mjs";
import tasks, { service as ecs } from "./tasks.mjs";
import topics, { service as sns } from "./topics.mjs";

const suites = [machines, executions, activities, queues, topics, buses, schedules, people, sessions, logs, functions, apis, tasks, jobs];
const cases = Object.entries(Object.assign({}, ...suites));
const run = async ([name, body]) => [name, await body().then(() => null, (error) => error.stack ?? String(error))];
const results = Object.fromEntries(await Promise.all(cases.map(run)));
await end();
const services = { sqs, sns, events, scheduler, iam, sts, logs: cloudwatch, lambda, apigateway, ecs, batch };
const told = { states: { asked, known } };
for (const [name, service] of Object.entries(services)) {
  service.client.destroy();
  told[name] = { asked: service.asked, known: service.known };
}
console.log(JSON.stringify({ results, services: told }));
