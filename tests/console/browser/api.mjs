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
