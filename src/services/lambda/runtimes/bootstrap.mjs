// Runs a Node.js handler: asks the Lambda Runtime API for events, calls the function, sends back what it gives. Started
// with the variables that AWS documents (AWS_LAMBDA_RUNTIME_API, _HANDLER, LAMBDA_TASK_ROOT, …); its errors have the
// shapes of AWS's own Node.js runtime.

import fs from "node:fs";
import http from "node:http";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import util from "node:util";

const API = "/2018-06-01/runtime";
const MAX_RESPONSE_BYTES = 6_291_556;
const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(":");
// One connection, kept. It does not keep the process alive: an empty event loop is how a callback's end is seen.
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });

let requestId; // of the invocation that runs

function request(method, path, body, headers = {}) {
  return new Promise((resolve, reject) => {
    const call = http.request({ host, port, method, path: API + path, agent, headers }, (response) => {
      const pieces = [];
      response.on("data", (piece) => pieces.push(piece));
      response.on("end", () => resolve({ response, body: Buffer.concat(pieces).toString("utf8") }));
      response.on("error", reject);
    });
    call.on("error", reject);
    call.end(body);
  });
}

function post(path, text, headers = {}) {
  const body = Buffer.from(text, "utf8");
  return request("POST", path, body, { "Content-Type": "application/json", "Content-Length": body.length, ...headers });
}

function postError(path, shape) {
  return post(path, JSON.stringify(shape), { "Lambda-Runtime-Function-Error-Type": encodeURI(shape.errorType) });
}

// A failure that has its words already.
class RuntimeError extends Error {
  constructor(name, message) {
    super(message);
    this.name = name;
  }
}

function errorShape(error) {
  if (util.types.isNativeError(error) || (error && error.name && error.message && error.stack)) {
    return { errorType: error.name, errorMessage: error.message, trace: String(error.stack).split("\n") };
  }
  return { errorType: typeof error, errorMessage: String(error), trace: [] };
}

function logError(title, shape) {
  const { trace, ...rest } = shape;
  writeLine("ERROR", `${title}\t${JSON.stringify({ ...rest, stack: trace })}`);
}

// AWS's form of a line: time, request, level, text.
function writeLine(level, text) {
  process.stdout.write(`${new Date().toISOString()}\t${requestId}\t${level}\t${text}\n`);
}

function takeOverConsole() {
  const levels = { log: "INFO", info: "INFO", debug: "DEBUG", trace: "TRACE", warn: "WARN", error: "ERROR" };
  for (const [method, level] of Object.entries(levels)) {
    console[method] = (...values) => writeLine(level, util.format(...values));
  }
  console.fatal = (...values) => writeLine("FATAL", util.format(...values));
}

// "file.function", the file with its folders and the function with what it is inside of: "src/orders.api.handler".
function splitHandler(text) {
  const folder = path.dirname(text);
  const match = /^([^.]+)\.(.+)$/.exec(path.basename(text));
  if (!match || text.includes("..")) {
    throw new RuntimeError("Runtime.MalformedHandlerName", `Bad handler: '${text}' is not file.function`);
  }
  return { file: path.join(folder, match[1]), names: match[2].split(".") };
}

async function loadModule(root, file) {
  const base = path.resolve(root, file);
  const found = ["", ".js", ".mjs", ".cjs"].map((ending) => base + ending).find(isFile);
  if (found === undefined) {
    const here = fileURLToPath(import.meta.url);
    throw new RuntimeError("Runtime.ImportModuleError", `Error: Cannot find module '${file}'\nRequire stack:\n- ${here}`);
  }
  try {
    return await requireOrImport(found);
  } catch (error) {
    if (error instanceof SyntaxError) throw renamed("Runtime.UserCodeSyntaxError", error);
    const isMissing = error?.code === "MODULE_NOT_FOUND" || error?.code === "ERR_MODULE_NOT_FOUND";
    throw isMissing ? renamed("Runtime.ImportModuleError", error) : error;
  }
}

function isFile(name) {
  return fs.statSync(name, { throwIfNoEntry: false })?.isFile() === true;
}

async function requireOrImport(file) {
  if (file.endsWith(".mjs")) return import(pathToFileURL(file).href);
  try {
    return createRequire(file)(file);
  } catch (error) {
    // The package says that its .js files are ES modules.
    if (error?.code !== "ERR_REQUIRE_ESM" && error?.code !== "ERR_REQUIRE_ASYNC_MODULE") throw error;
    return import(pathToFileURL(file).href);
  }
}

function renamed(name, error) {
  const result = new RuntimeError(name, String(error));
  result.stack = `${name}: ${error.stack}`;
  return result;
}

async function loadHandler() {
  const { file, names } = splitHandler(process.env._HANDLER);
  const module = await loadModule(process.env.LAMBDA_TASK_ROOT, file);
  const handler = names.reduce((value, name) => value?.[name], module);
  if (handler === undefined) {
    throw new RuntimeError("Runtime.HandlerNotFound", `${process.env._HANDLER} is undefined or not exported`);
  }
  if (typeof handler !== "function") {
    throw new RuntimeError("Runtime.HandlerNotFound", `${process.env._HANDLER} is not a function`);
  }
  return handler;
}

function parseHeader(text) {
  return text ? JSON.parse(text) : undefined;
}

function makeContext(headers, settle) {
  const deadline = Number(headers["lambda-runtime-deadline-ms"]);
  const done = (error, result) => settle(error ?? null, result);
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    awsRequestId: requestId,
    invokedFunctionArn: headers["lambda-runtime-invoked-function-arn"],
    clientContext: parseHeader(headers["lambda-runtime-client-context"]),
    identity: parseHeader(headers["lambda-runtime-cognito-identity"]),
    getRemainingTimeInMillis: () => Math.max(deadline - Date.now(), 0),
    done,
    fail: (error) => done(error ?? new Error("handled")),
    succeed: (result) => done(null, result),
  };
}

let onIdle; // what to do when the event loop is empty
process.on("beforeExit", () => {
  const action = onIdle;
  onIdle = undefined;
  if (action) setImmediate(action);
});

// What the handler gives: by a promise, by its callback (then the event loop is waited for unless the context says
// otherwise), or null when the event loop has run dry without either.
function callHandler(handler, event, headers) {
  return new Promise((resolve, reject) => {
    const settle = (error, result) => {
      if (error !== null && error !== undefined) reject(error);
      else if (context.callbackWaitsForEmptyEventLoop) onIdle = () => resolve(result);
      else resolve(result);
    };
    const context = makeContext(headers, settle);
    onIdle = () => resolve(null);
    const result = handler(event, context, settle);
    if (typeof result?.then === "function") result.then(resolve, reject);
  }).finally(() => {
    onIdle = undefined;
  });
}

function toJson(result) {
  let text;
  try {
    text = JSON.stringify(result === undefined ? null : result) ?? "null";
  } catch (error) {
    throw new RuntimeError("Runtime.MarshalError", `Unable to stringify response body: ${error.message}`);
  }
  if (Buffer.byteLength(text) > MAX_RESPONSE_BYTES) {
    throw new RuntimeError("Function.ResponseSizeTooLarge", `Response payload size exceeded maximum allowed payload size (${MAX_RESPONSE_BYTES} bytes).`);
  }
  return text;
}

async function runOne(handler) {
  const next = await request("GET", "/invocation/next");
  if (next.response.statusCode !== 200) throw new Error(`the Runtime API answered ${next.response.statusCode}: ${next.body}`);
  const headers = next.response.headers;
  requestId = headers["lambda-runtime-aws-request-id"];
  process.env._X_AMZN_TRACE_ID = headers["lambda-runtime-trace-id"] ?? "";
  let text;
  try {
    text = toJson(await callHandler(handler, JSON.parse(next.body), headers));
  } catch (error) {
    const shape = errorShape(error);
    logError("Invoke Error", shape);
    await postError(`/invocation/${requestId}/error`, shape);
    return;
  }
  await post(`/invocation/${requestId}/response`, text);
}

// What nobody has caught ends the invocation and the process, whose state is unknown.
function endOnUncaught() {
  const end = async (title, shape, code) => {
    logError(title, shape);
    if (requestId !== undefined) await postError(`/invocation/${requestId}/error`, shape);
    process.exit(code);
  };
  process.on("uncaughtException", (error) => end("Uncaught Exception", errorShape(error), 129));
  process.on("unhandledRejection", (reason) => {
    const cause = errorShape(reason);
    const error = new RuntimeError("Runtime.UnhandledPromiseRejection", reason instanceof Error ? String(reason) : cause.errorMessage);
    end("Unhandled Promise Rejection", { ...errorShape(error), reason: cause, promise: {} }, 128);
  });
}

async function main() {
  takeOverConsole();
  let handler;
  try {
    handler = await loadHandler();
  } catch (error) {
    const shape = errorShape(error);
    logError("Uncaught Exception", shape);
    await postError("/init/error", shape);
    process.exit(1);
  }
  endOnUncaught();
  for (;;) await runOne(handler);
}

main().catch((error) => {
  process.stderr.write(`${error?.stack ?? error}\n`);
  process.exit(1);
});
