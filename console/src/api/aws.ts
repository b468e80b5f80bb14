import { send } from './request';

interface JsonService {
  signs: string;
  target: string;
  version: string;
}

const services = {
  states: { signs: 'states', target: 'AWSStepFunctions', version: '1.0' },
  logs: { signs: 'logs', target: 'Logs_20140328', version: '1.1' },
  sqs: { signs: 'sqs', target: 'AmazonSQS', version: '1.0' },
  events: { signs: 'events', target: 'AWSEvents', version: '1.1' },
} satisfies Record<string, JsonService>;

/** One call in AWS JSON, as the SDKs make it. */
export async function call<Output>(
  service: keyof typeof services,
  operation: string,
  input: object,
  signal?: AbortSignal,
): Promise<Output> {
  const { signs, target, version } = services[service];
  const response = await send({
    method: 'POST',
    path: '/',
    body: JSON.stringify(input),
    headers: { 'content-type': `application/x-amz-json-${version}`, 'x-amz-target': `${target}.${operation}` },
    service: signs,
    ...(signal ? { signal } : {}),
  });
  return (await response.json()) as Output;
}

/** One call of a service that speaks REST JSON. */
export async function rest<Output>(service: string, method: string, path: string, body?: object): Promise<Output> {
  const response = await send({
    method,
    path,
    service,
    ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
  });
  return (await response.json()) as Output;
}
