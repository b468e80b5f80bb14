// The operations through @aws-sdk/client-sfn, -sqs and -ecs: node main.mjs URL REGION ROLE
// Prints what came of every case (null, or what went wrong), what the client was asked, and all that it knows.

import activities from "./activities.mjs";
import executions from "./executions.mjs";
import machines from "./machines.mjs";
import queues, * as sqs from "./queues.mjs";
import { asked, end, known } from "./support.mjs";
import tasks, * as ecs from "./tasks.mjs";

const cases = Object.entries({ ...machines, ...executions, ...activities, ...queues, ...tasks });
const run = async ([name, body]) => [name, await body().then(() => null, (error) => error.stack ?? String(error))];
const results = Object.fromEntries(await Promise.all(cases.map(run)));
await end();
sqs.end();
ecs.end();
console.log(JSON.stringify({ results, asked, known, queues: { asked: sqs.asked, known: sqs.known } }));
