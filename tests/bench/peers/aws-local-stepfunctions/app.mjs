// app.mjs FILE SECONDS: executions a second of {"definition", "input"} in FILE, one after the other in this process,
// after a second that does not count.
import { readFileSync } from "node:fs";
import { StateMachine } from "aws-local-stepfunctions";

const [file, seconds] = process.argv.slice(2);
const { definition, input } = JSON.parse(readFileSync(file, "utf8"));
const machine = new StateMachine(definition);

async function run(duration) {
  const began = performance.now();
  let operations = 0;
  for (; performance.now() - began < duration; operations += 1) await machine.run(input).result;
  return { operations, seconds: (performance.now() - began) / 1000 };
}

await run(1000);
console.log(JSON.stringify(await run(Number(seconds) * 1000)));
