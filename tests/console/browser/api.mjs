// What cases do to the server behind the console's back, as any client would.

import { url } from './support.mjs';

export const role = 'arn:aws:iam::123456789012:role/stepwell';

export async function call(target, operation, input = {}) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': `application/x-amz-json-${target === 'Logs_20140328' || target === 'AWSEvents' ? '1.1' : '1.0'}`, 'x-amz-target': `${target}.${operation}` },
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
  for (;;) {
    const execution = await states('DescribeExecution', { executionArn });
    if (execution.status !== 'RUNNING') return execution;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
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

export async function schedule(name, input) {
  const response = await fetch(`${url}/schedules/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ FlexibleTimeWindow: { Mode: 'OFF' }, ...input }),
  });
  if (!response.ok) throw new Error(`CreateSchedule: ${await response.text()}`);
}
