// node main.mjs URL PACKAGES SHOTS AT_ONCE SIGNED: runs the cases that are named on its input, a line each, up to AT_ONCE
// of them at a time, and answers each with a line of JSON: what went wrong, or null, and what was measured. SIGNED is the
// URL of a server that wants signatures.

import { createInterface } from 'node:readline';

import { atOnce, close, launch } from './support.mjs';
import { Audit } from './audit.mjs';
import { Containers } from './containers.mjs';
import { Executions } from './executions.mjs';
import { Machines } from './machines.mjs';
import { Others } from './others.mjs';
import { Signed } from './signed.mjs';
import { Speed } from './speed.mjs';
import { Trying } from './trying.mjs';

const groups = { Audit, Containers, Executions, Machines, Others, Signed, Speed, Trying };

async function run(name) {
  const [group, method] = name.split('.');
  const answer = { case: name, error: null, measured: null };
  try {
    answer.measured = (await new groups[group]()[method]()) ?? null;
  } catch (problem) {
    answer.error = String(problem.stack ?? problem);
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}

await launch();
const running = new Set();
for await (const name of createInterface({ input: process.stdin })) {
  const begun = run(name).finally(() => running.delete(begun));
  running.add(begun);
  if (running.size >= atOnce) await Promise.race(running);
}
await Promise.all(running);
await close();
