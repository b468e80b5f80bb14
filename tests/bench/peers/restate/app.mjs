// The workloads as Restate's handlers, each step journalled where the engine under test makes each state durable.
import http2 from "node:http2";
import * as restate from "@restatedev/restate-sdk";

const WORKER = process.env.WORKER_URL;

// The five states: meta is set, n decides, a new value is built.
const states = {
  prepare: (input) => ({ ...input, meta: { kind: "order" } }),
  isLarge: (value) => value.n > 5,
  sized: (value, size) => ({ n: value.n, size }),
};

const service = restate.service({
  name: "bench",
  handlers: {
    five: async (context, input) => {
      const prepared = states.prepare(input);
      return states.sized(prepared, states.isLarge(prepared) ? "large" : "small");
    },
    fiveSteps: async (context, input) => {
      const prepared = await context.run("Prepare", () => states.prepare(input));
      const large = await context.run("Decide", () => states.isLarge(prepared));
      const sized = await context.run("Size", () => states.sized(prepared, large ? "large" : "small"));
      return await context.run("Finish", () => sized);
    },
    task: async (context) => {
      const { id, promise } = context.awakeable();
      await context.run("offer", () => fetch(WORKER, { method: "POST", body: id }).then((answer) => answer.ok));
      return await promise;
    },
  },
});

// On loopback only.
http2.createServer(restate.createEndpointHandler({ services: [service] })).listen(Number(process.env.PORT), "127.0.0.1");
