// The workloads as workflows of DBOS, each state a step. POST /NAME starts one and answers with its result,
// /start/NAME answers when it is recorded, GET /open with how many have not ended; /resolve/ID answers a task.
import http from "node:http";
import { DBOS } from "@dbos-inc/dbos-sdk";

const step = (name, action) => DBOS.runStep(async () => action(), { name });

const workflows = {
  five: async (input) => ({ n: input.n, size: input.n > 5 ? "large" : "small" }),
  fiveSteps: async (input) => {
    const prepared = await step("Prepare", () => ({ ...input, meta: { kind: "order" } }));
    const large = await step("Decide", () => prepared.n > 5);
    const sized = await step("Size", () => ({ n: prepared.n, size: large ? "large" : "small" }));
    return await step("Finish", () => sized);
  },
  task: async () => {
    const offer = { method: "POST", body: DBOS.workflowID };
    await step("offer", () => fetch(process.env.WORKER_URL, offer).then((answer) => answer.ok));
    return await DBOS.recv("answer", 60);
  },
};
const registered = Object.fromEntries(
  Object.entries(workflows).map(([name, run]) => [name, DBOS.registerWorkflow(run, { name })]),
);

DBOS.setConfig({
  name: "bench",
  systemDatabaseUrl: process.env.DATABASE_URL,
  systemDatabasePoolSize: 20,
  runAdminServer: false,
  logLevel: "error",
});
await DBOS.launch();

let open = 0;

async function answer(path, body) {
  if (path === "/open") return open;
  if (path.startsWith("/resolve/")) return DBOS.send(path.slice("/resolve/".length), {}, "answer");
  const starts = path.startsWith("/start/");
  const handle = await DBOS.startWorkflow(registered[path.slice(starts ? "/start/".length : 1)])(JSON.parse(body));
  if (!starts) return handle.getResult();
  open += 1;
  handle.getResult().finally(() => (open -= 1));
  return handle.workflowID;
}

http
  .createServer((request, response) => {
    let body = "";
    request.on("data", (data) => (body += data));
    request.on("end", async () => {
      try {
        response.end(JSON.stringify((await answer(request.url, body)) ?? null));
      } catch (failure) {
        response.statusCode = 500;
        response.end(String(failure));
      }
    });
  })
  .listen(Number(process.env.PORT), "127.0.0.1");
