import { send } from './request';
import { serverEvents } from './stream';
import type { ExecutionStatus, ExecutionSummary, HistoryEvent } from './types';

/** The console's own questions: docs/console.md. */
export interface ServerFacts {
  version: string;
  region: string;
  credentials: boolean;
}

export interface ExecutionFilter {
  machine?: string;
  status?: string;
  name?: string;
  text?: string;
  from?: number;
  to?: number;
}

export interface Found {
  executions: ExecutionSummary[];
  lookedAt: number;
  next?: string;
}

export interface Growth {
  status: ExecutionStatus;
  complete: boolean;
  events: HistoryEvent[];
  next: string;
}

const place = '/_stepwell/api/';

function queryOf(fields: object): URLSearchParams {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined && value !== '') query.set(name, String(value));
  }
  return query;
}

export async function serverFacts(): Promise<ServerFacts> {
  const response = await send({ path: `${place}server`, service: 'states' });
  return (await response.json()) as ServerFacts;
}

export async function findExecutions(
  filter: ExecutionFilter,
  limit: number,
  after: string | undefined,
  signal?: AbortSignal,
): Promise<Found> {
  const query = queryOf({ ...filter, limit, after });
  const response = await send({ path: `${place}executions`, query, service: 'states', ...(signal ? { signal } : {}) });
  return (await response.json()) as Found;
}

/** How a state fared, by the time at which it was entered: one number for each part of the time. */
export interface StateFigures {
  name: string;
  entered: number[];
  failed: number[];
  left: number[];
  milliseconds: number[];
}

export interface FiguresPart {
  states: StateFigures[];
  lookedAt: number;
  next?: string;
}

export async function stateFigures(
  machine: string,
  from: number,
  to: number,
  slots: number,
  after: string,
  signal: AbortSignal,
): Promise<FiguresPart> {
  const query = queryOf({ machine, from, to, slots, after });
  const response = await send({ path: `${place}figures`, query, service: 'states', signal });
  return (await response.json()) as FiguresPart;
}

/** When an expression of a schedule comes true next; all times in seconds since the epoch. */
export async function findRuns(
  expression: string,
  zone: string | undefined,
  start: number | undefined,
  until: number | undefined,
): Promise<number[]> {
  const millis = (seconds: number | undefined): number | undefined => (seconds === undefined ? undefined : Math.round(seconds * 1000));
  const query = queryOf({ expression, zone, start: millis(start), until: millis(until) });
  const response = await send({ path: `${place}runs`, query, service: 'states' });
  return ((await response.json()) as { runs: number[] }).runs;
}

export async function wholeEvent(execution: string, id: number): Promise<HistoryEvent> {
  const response = await send({ path: `${place}event`, query: queryOf({ execution, id }), service: 'states' });
  return (await response.json()) as HistoryEvent;
}

/** The history from a place on, as it grows, to its end. */
export async function* followHistory(execution: string, after: string, signal: AbortSignal): AsyncGenerator<Growth> {
  const response = await send({ path: `${place}events`, query: queryOf({ execution, after }), service: 'states', signal });
  if (!response.body) return;
  for await (const event of serverEvents(response.body)) {
    if (event.event === 'end') return;
    if (event.event === 'lost') throw new Error(JSON.parse(event.data) as string);
    yield { ...(JSON.parse(event.data) as Omit<Growth, 'next'>), next: event.id };
  }
}

/** A new execution that begins at the state that was entered with that event. */
export async function fork(execution: string, event: number, input: string, variables: string): Promise<{ executionArn: string }> {
  const response = await send({
    method: 'POST',
    path: `${place}fork`,
    service: 'states',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ execution, event, input, variables }),
  });
  return (await response.json()) as { executionArn: string };
}
