// Answers questions with the reference implementation: reads lines {"expr", "data", "bindings"} and writes for each
// {"result"} | {"undefined": true} | {"code", "position"} | {"crash"} (an exception that is no JSONata error) |
// {"timeout": true}.
import { createInterface } from "node:readline";
import jsonata from "jsonata";

const TIME_LIMIT_MS = 2000;

function isFunction(value) {
  return typeof value === "function" || (value !== null && typeof value === "object" && (value._jsonata_lambda || value._jsonata_function));
}

// As JSON.stringify leaves functions out; the library's own are objects.
function plain(key, value) {
  return isFunction(value) ? undefined : value;
}

// An expression must not change its input.
function frozen(value) {
  if (value !== null && typeof value === "object") Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}

class Timeout extends Error {}

async function answer({ expr, data, bindings }) {
  try {
    const expression = jsonata(expr);
    const deadline = Date.now() + TIME_LIMIT_MS;
    expression.assign(Symbol.for("jsonata.__evaluate_entry"), async () => {
      if (Date.now() > deadline) throw new Timeout();
    });
    const text = JSON.stringify(await expression.evaluate(frozen(data), bindings), plain);
    return text === undefined ? '{"undefined":true}' : `{"result":${text}}`;
  } catch (error) {
    if (error instanceof Timeout) return '{"timeout":true}';
    if (error.code === undefined) return JSON.stringify({ crash: String(error) });
    return JSON.stringify({ code: error.code, position: error.position });
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write((await answer(JSON.parse(line))) + "\n");
}
