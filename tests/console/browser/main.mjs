// node main.mjs URL PACKAGES SHOTS SIGNED: runs the cases that are named on its input, a line each, and answers a line of
// JSON: what went wrong, or null, and what was measured. SIGNED is the URL of a server that wants signatures.

import { createInterface } from 'node:readline';

import { close, launch } from './support.mjs';
import { Containers } from './containers.mjs';
import { Executions } from './executions.mjs';
import { Machines } from './machines.mjs';
import { Others } from './others.mjs';
import { Signed } from './signed.mjs';
import { Speed } from './speed.mjs';
import { Trying } from './trying.mjs';

const groups = { Machines, Executions, Trying, Others, Containers, Signed, Speed };

await launch();
for await (const name of createInterface({ input: process.stdin })) {
  const [group, method] = name.split('.');
  const answer = { error: null, measured: null };
  try {
    answer.measured = (await new groups[group]()[method]()) ?? null;
  } catch (problem) {
    answer.error = String(problem.stack ?? problem);
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
await close();
