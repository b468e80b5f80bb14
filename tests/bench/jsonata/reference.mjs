// Times the reference implementation on the workloads: node reference.mjs workloads.json SECONDS. Prints
// {name: nanoseconds per evaluation}.
import { readFileSync } from "node:fs";
import jsonata from "jsonata";

const [file, seconds] = process.argv.slice(2);

async function time(expression, input, nanoseconds) {
  let count = 0;
  const begin = process.hrtime.bigint();
  let elapsed = 0;
  while (elapsed < nanoseconds) {
    for (let i = 0; i < 10; ++i) await expression.evaluate(input);
    count += 10;
    elapsed = Number(process.hrtime.bigint() - begin);
  }
  return elapsed / count;
}

const times = {};
for (const workload of JSON.parse(readFileSync(file, "utf8"))) {
  // As JSON, so that it is what an input is: without the marks of a sequence.
  const input = JSON.parse(JSON.stringify(await jsonata(workload.input).evaluate()));
  const expression = jsonata(workload.expression);
  await time(expression, input, seconds * 5e8);  // the compiler of the machine's own has to see it first
  times[workload.name] = await time(expression, input, seconds * 1e9);
}
console.log(JSON.stringify(times));
