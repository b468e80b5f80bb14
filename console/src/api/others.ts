import { call, rest } from './aws';
import { send } from './request';
import { all, named, type Paged } from './paging';

/** What the console reads of Lambda, CloudWatch Logs and the server's metrics. */
export interface FunctionSummary {
  FunctionName: string;
  FunctionArn: string;
  Runtime?: string;
  Handler?: string;
  MemorySize?: number;
  Timeout?: number;
  LastModified: string;
  CodeSize?: number;
  Description?: string;
  State?: string;
  Role?: string;
  Environment?: { Variables?: Record<string, string> };
}

export function listFunctions(): Promise<FunctionSummary[]> {
  type Output = { Functions: FunctionSummary[]; NextMarker?: string };
  return all(
    async (marker) => named(await rest<Output>('lambda', 'GET', '/2015-03-31/functions', { query: marker ? { Marker: marker } : {} }), 'NextMarker'),
    (output) => output.Functions,
  );
}

export const describeFunction = (name: string): Promise<FunctionSummary> =>
  rest('lambda', 'GET', `/2015-03-31/functions/${encodeURIComponent(name)}/configuration`);

export interface LogGroup {
  logGroupName: string;
  arn: string;
  creationTime: number;
  retentionInDays?: number;
  storedBytes?: number;
}

export interface LogStream {
  logStreamName: string;
  creationTime: number;
  firstEventTimestamp?: number;
  lastEventTimestamp?: number;
}

export interface LogEvent {
  timestamp: number;
  message: string;
  ingestionTime?: number;
}

export function listLogGroups(): Promise<LogGroup[]> {
  return all<LogGroup, Paged & { logGroups: LogGroup[] }>(
    (nextToken) => call('logs', 'DescribeLogGroups', { limit: 50, nextToken }),
    (output) => output.logGroups,
  );
}

export function listLogStreams(logGroupName: string): Promise<LogStream[]> {
  return all<LogStream, Paged & { logStreams: LogStream[] }>(
    (nextToken) =>
      call('logs', 'DescribeLogStreams', { logGroupName, limit: 50, orderBy: 'LastEventTime', descending: true, nextToken }),
    (output) => output.logStreams,
  );
}

export interface LogPage {
  events: LogEvent[];
  nextForwardToken: string;
  nextBackwardToken: string;
}

export const getLogEvents = (logGroupName: string, logStreamName: string, nextToken?: string): Promise<LogPage> =>
  call('logs', 'GetLogEvents', { logGroupName, logStreamName, limit: 10000, startFromHead: false, nextToken });

export async function metricsText(): Promise<string> {
  const response = await send({ path: '/_stepwell/metrics', service: 'states' });
  return response.text();
}
