import { call, query } from './aws';
import { all, allElements, named } from './paging';
import type { Element } from './xml';

/** What the console reads of SQS, and what it reads of SNS and sends there. */
export interface Queue {
  name: string;
  url: string;
  attributes: Record<string, string>;
}

const attributesAtOnce = 200;

async function describeQueue(url: string): Promise<Queue> {
  const output = await call<{ Attributes?: Record<string, string> }>('sqs', 'GetQueueAttributes', { QueueUrl: url, AttributeNames: ['All'] });
  return { name: url.split('/').pop() ?? url, url, attributes: output.Attributes ?? {} };
}

export async function listQueues(): Promise<Queue[]> {
  type Output = { QueueUrls?: string[]; NextToken?: string };
  const urls = await all(
    async (NextToken) => named(await call<Output>('sqs', 'ListQueues', { MaxResults: 1000, NextToken }), 'NextToken'),
    (output) => output.QueueUrls ?? [],
  );
  return Promise.all(urls.slice(0, attributesAtOnce).map(describeQueue));
}

export async function findQueue(name: string): Promise<Queue> {
  const { QueueUrl } = await call<{ QueueUrl: string }>('sqs', 'GetQueueUrl', { QueueName: name });
  return describeQueue(QueueUrl);
}

export interface Topic {
  name: string;
  arn: string;
}

export interface Subscription {
  SubscriptionArn: string;
  Protocol: string;
  Endpoint: string;
  [other: string]: string;
}

const nameOf = (arn: string): string => arn.split(':').pop() ?? arn;

function listOf(action: string, member: string, parameters: Record<string, string> = {}): Promise<Element[]> {
  return allElements(async (token) => {
    const output = await query('sns', action, { ...parameters, ...(token ? { NextToken: token } : {}) });
    return { items: output.list(member), next: output.textAt('NextToken') };
  });
}

export async function listTopics(): Promise<Topic[]> {
  const topics = await listOf('ListTopics', 'Topics');
  return topics.map((topic) => topic.textAt('TopicArn')).map((arn) => ({ arn, name: nameOf(arn) }));
}

export const topicAttributes = async (TopicArn: string): Promise<Record<string, string>> =>
  (await query('sns', 'GetTopicAttributes', { TopicArn })).map('Attributes');

export async function listSubscriptions(TopicArn: string): Promise<Subscription[]> {
  const subscriptions = await listOf('ListSubscriptionsByTopic', 'Subscriptions', { TopicArn });
  return subscriptions.map((each) => each.fields() as Subscription);
}

export interface Message {
  Message: string;
  Subject?: string;
  MessageGroupId?: string;
  MessageDeduplicationId?: string;
}

export async function publish(TopicArn: string, message: Message): Promise<string> {
  const filled = Object.fromEntries(Object.entries(message).filter(([, value]) => value !== ''));
  return (await query('sns', 'Publish', { TopicArn, ...filled })).textAt('MessageId');
}
