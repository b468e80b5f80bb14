import { call } from './aws';
import { all } from './states';

/** What the console reads of SQS and EventBridge. */
export interface Queue {
  name: string;
  url: string;
  attributes: Record<string, string>;
}

interface Paged {
  nextToken?: string;
}

const attributesAtOnce = 200;

async function describeQueue(url: string): Promise<Queue> {
  const output = await call<{ Attributes?: Record<string, string> }>('sqs', 'GetQueueAttributes', { QueueUrl: url, AttributeNames: ['All'] });
  return { name: url.split('/').pop() ?? url, url, attributes: output.Attributes ?? {} };
}

export async function listQueues(): Promise<Queue[]> {
  type Output = Paged & { QueueUrls?: string[]; NextToken?: string };
  const urls = await all<string, Output>(
    async (NextToken) => {
      const output = await call<Output>('sqs', 'ListQueues', { MaxResults: 1000, NextToken });
      return output.NextToken ? { ...output, nextToken: output.NextToken } : output;
    },
    (output) => output.QueueUrls ?? [],
  );
  return Promise.all(urls.slice(0, attributesAtOnce).map(describeQueue));
}

export async function findQueue(name: string): Promise<Queue> {
  const { QueueUrl } = await call<{ QueueUrl: string }>('sqs', 'GetQueueUrl', { QueueName: name });
  return describeQueue(QueueUrl);
}

export interface Rule {
  Name: string;
  Arn: string;
  EventBusName?: string;
  State?: string;
  Description?: string;
  EventPattern?: string;
  ScheduleExpression?: string;
}

export interface Target {
  Id: string;
  Arn: string;
}

export async function listRules(): Promise<Rule[]> {
  const { EventBuses } = await call<{ EventBuses: { Name: string }[] }>('events', 'ListEventBuses', {});
  const lists = await Promise.all(
    EventBuses.map(async ({ Name }) => {
      const { Rules } = await call<{ Rules: Rule[] }>('events', 'ListRules', { EventBusName: Name });
      return Rules.map((rule) => ({ ...rule, EventBusName: rule.EventBusName ?? Name }));
    }),
  );
  return lists.flat();
}

export const describeRule = (EventBusName: string, Name: string): Promise<Rule> => call('events', 'DescribeRule', { Name, EventBusName });

export async function listTargets(EventBusName: string, Rule: string): Promise<Target[]> {
  const output = await call<{ Targets: Target[] }>('events', 'ListTargetsByRule', { Rule, EventBusName });
  return output.Targets;
}
