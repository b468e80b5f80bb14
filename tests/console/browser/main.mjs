// node main.mjs URL PACKAGES SHOTS CASE…: runs cases, one after the other, and writes what came of each as a line of JSON.

import { close, launch } from './support.mjs';
import { Executions } from './executions.mjs';
import { Machines } from './machines.mjs';
import { Others } from './others.mjs';
import { Trying } from './trying.mjs';

const groups = { Machines, Executions, Trying, Others };

await launch();
for (const name of process.argv.slice(5)) {
  const [group, method] = name.split('.');
  const began = Date.now();
  let error = null;
  try {
    await new groups[group]()[method]();
  } catch (problem) {
    error = String(problem.stack ?? problem);
  }
  process.stdout.write(`${JSON.stringify({ name, error, milliseconds: Date.now() - began })}\n`);
}
await close();
