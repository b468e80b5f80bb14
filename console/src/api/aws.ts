import { send } from './request';
import { parseXml, Element } from './xml';

interface JsonService {
  signs: string;
  target: string;
  version: string;
}

const services = {
  states: { signs: 'states', target: 'AWSStepFunctions', version: '1.0' },
  logs: { signs: 'logs', target: 'Logs_20140328', version: '1.1' },
  sqs: { signs: 'sqs', target: 'AmazonSQS', version: '1.0' },
  ecs: { signs: 'ecs', target: 'AmazonEC2ContainerServiceV20141113', version: '1.1' },
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

/** One call of a service that speaks REST JSON. An answer may be empty. */
export async function rest<Output>(
  service: string,
  method: string,
  path: string,
  { body, query }: { body?: object; query?: Record<string, string> } = {},
): Promise<Output> {
  const response = await send({
    method,
    path,
    service,
    ...(query ? { query: new URLSearchParams(query) } : {}),
    ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
  });
  const text = await response.text();
  return JSON.parse(text || '{}') as Output;
}

const versions = { sns: '2010-03-31', iam: '2010-05-08' };

/** One call of a service that speaks the query protocol: parameters in a form, the answer in XML. */
export async function query(service: keyof typeof versions, Action: string, parameters: Record<string, string>): Promise<Element> {
  const response = await send({
    method: 'POST',
    path: '/',
    body: new URLSearchParams({ Action, Version: versions[service], ...parameters }).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
    service,
  });
  return parseXml(await response.text()).at(`${Action}Result`) ?? new Element('');
}
