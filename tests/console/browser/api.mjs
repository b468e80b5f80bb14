// What cases do to the server behind the console's back, as any client would.

import { until, url } from './support.mjs';

export const role = 'arn:aws:iam::123456789012:role/stepwell';

export async function call(target, operation, input = {}) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': `application/x-amz-json-${/^(Logs_|AWSEvents|AmazonEC2C)/.test(target) ? '1.1' : '1.0'}`, 'x-amz-target': `${target}.${operation}` },
    body: JSON.stringify(input),
  });
  const text = await response.text();
  const answer = text ? JSON.parse(text) : {};
  if (!response.ok) throw new Error(`${operation}: ${answer.__type}: ${answer.message}`);
  return answer;
}

export const states = (operation, input) => call('AWSStepFunctions', operation, input);

export async function machine(name, definition, type = 'STANDARD', more = {}) {
  const { stateMachineArn } = await states('CreateStateMachine', { name, definition: JSON.stringify(definition), type, roleArn: role, ...more });
  return stateMachineArn;
}

export async function start(stateMachineArn, input = {}, name = undefined) {
  const { executionArn } = await states('StartExecution', { stateMachineArn, input: JSON.stringify(input), name });
  return executionArn;
}

export async function ended(executionArn) {
  let execution;
  const hasEnded = async () => {
    execution = await states('DescribeExecution', { executionArn });
    return execution.status !== 'RUNNING';
  };
  await until(hasEnded, () => `${executionArn} goes on`, 60_000);
  return execution;
}

/** A name as it stands in addresses of the console. */
export const part = (name) => encodeURIComponent(name).replace(/%3A/g, ':').replace(/~/g, '~7E').replace(/%/g, '~');

/** An operation of a service that takes forms. */
export async function form(Action, Version, parameters) {
  const response = await fetch(url, { method: 'POST', body: new URLSearchParams({ Action, Version, ...parameters }) });
  const text = await response.text();
  if (!response.ok) throw new Error(`${Action}: ${text}`);
  return (name) => new RegExp(`<${name}>([^<]*)<`).exec(text)?.[1];
}

export const sns = (Action, parameters) => form(Action, '2010-03-31', parameters);
export const iam = (Action, parameters) => form(Action, '2010-05-08', parameters);

/** An operation of a service that speaks REST JSON. */
export async function rest(method, path, input) {
  const response = await fetch(`${url}${path}`, { method, headers: { 'content-type': 'application/json' }, ...(input ? { body: JSON.stringify(input) } : {}) });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${text}`);
  return text ? JSON.parse(text) : {};
}

export const ecs = (operation, input) => call('AmazonEC2ContainerServiceV20141113', operation, input);
export const batch = (operation, input) => rest('POST', `/v1/${operation.toLowerCase()}`, input);

export const schedule = (name, input) => rest('POST', `/schedules/${name}`, { FlexibleTimeWindow: { Mode: 'OFF' }, ...input });
