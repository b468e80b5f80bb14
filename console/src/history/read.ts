import type { ExecutionStatus, HistoryEvent } from '../api/types';
import { detailsOf, meaningOf, stateTypeOf } from './events';
import type { HistoryModel, Iteration, Tally, Visit, VisitStatus } from './model';
import { linksIn } from './links';

interface Reading extends HistoryModel {
  owners: (Visit | undefined)[];
  /** The iteration that each event belongs to, by the event's number. */
  iterations: (number | null)[];
}

const ends: Record<string, ExecutionStatus> = {
  ExecutionStarted: 'RUNNING',
  ExecutionRedriven: 'RUNNING',
  ExecutionSucceeded: 'SUCCEEDED',
  ExecutionFailed: 'FAILED',
  ExecutionTimedOut: 'TIMED_OUT',
  ExecutionAborted: 'ABORTED',
};

function nearest(visit: Visit | undefined, type: string): Visit | undefined {
  let each: Visit | null | undefined = visit;
  while (each && (each.type !== type || each.exitedAt !== null)) each = each.parent;
  return each ?? visit;
}

/** Events of a Parallel or Map come behind those of what is inside. */
function ownerOf(event: HistoryEvent, before: Visit | undefined): Visit | undefined {
  if (event.type.startsWith('Parallel')) return nearest(before, 'Parallel');
  if (event.type.startsWith('Map')) return nearest(before, 'Map');
  return before;
}

function enter(reading: Reading, event: HistoryEvent): Visit {
  const previous = reading.events[event.previousEventId - 1];
  const before = reading.owners[event.previousEventId];
  const follows = previous !== undefined && meaningOf(previous.type) === 'exited';
  const details = detailsOf(event);
  const visit: Visit = {
    id: event.id,
    name: details.name ?? '',
    type: stateTypeOf(event.type),
    scope: follows && before ? before.scope : event.id,
    parent: follows && before ? before.parent : (before ?? null),
    iteration: follows && before ? before.iteration : (reading.iterations[event.previousEventId] ?? null),
    enteredAt: event.timestamp,
    exitedAt: null,
    exitEvent: null,
    lastEvent: event.id,
    status: event.type === 'FailStateEntered' ? 'failed' : 'running',
    error: '',
    cause: '',
    attempts: [],
    iterations: new Map(),
    items: null,
    links: [],
  };
  if (follows && before) reading.taken.add(`${before.name}→${visit.name}`);
  reading.visits.push(visit);
  const same = reading.byState.get(visit.name);
  if (same) same.push(visit);
  else reading.byState.set(visit.name, [visit]);
  return visit;
}

function fail(visit: Visit, event: HistoryEvent, status: VisitStatus): void {
  const { error, cause } = detailsOf(event);
  visit.error = error ?? visit.error;
  visit.cause = cause ?? visit.cause;
  visit.status = status;
  const attempt = visit.attempts.at(-1);
  if (attempt && attempt.ended === null) {
    attempt.ended = event.timestamp;
    attempt.status = status;
    attempt.error = error ?? '';
  }
}

function leave(visit: Visit, event: HistoryEvent): void {
  visit.exitedAt = event.timestamp;
  visit.exitEvent = event.id;
  visit.status = visit.status === 'failed' ? 'caught' : 'succeeded';
}

function iterate(visit: Visit, event: HistoryEvent): void {
  const index = detailsOf(event).index ?? 0;
  const iteration: Iteration = visit.iterations.get(index) ?? {
    index,
    startedAt: event.timestamp,
    endedAt: null,
    status: 'running',
    error: '',
    event: event.id,
  };
  visit.iterations.set(index, iteration);
  if (event.type === 'MapIterationStarted') {
    iteration.status = 'running';
    iteration.endedAt = null;
    return;
  }
  iteration.endedAt = event.timestamp;
  iteration.status = { Succeeded: 'succeeded' as const, Failed: 'failed' as const }[event.type.slice(12)] ?? 'aborted';
}

function perform(visit: Visit, event: HistoryEvent): void {
  const details = detailsOf(event);
  const attempt = visit.attempts.at(-1);
  switch (meaningOf(event.type)) {
    case 'scheduled':
      visit.status = 'running';
      visit.exitedAt = null;
      visit.attempts.push({ scheduled: event.timestamp, started: null, ended: null, status: 'running', error: '', event: event.id });
      break;
    case 'started':
      if (attempt) attempt.started ??= event.timestamp;
      if (typeof details['length'] === 'number') visit.items = details['length'];
      if (event.type === 'MapRunStarted') visit.links.push(String(details['mapRunArn'] ?? ''));
      if (event.type === 'TaskSubmitted') visit.links.push(...linksIn(details.output));
      break;
    case 'succeeded':
      if (attempt) {
        attempt.ended = event.timestamp;
        attempt.status = 'succeeded';
      }
      if (event.type === 'TaskSucceeded') visit.links.push(...linksIn(details.output));
      break;
    case 'failed':
    case 'timedOut':
      fail(visit, event, 'failed');
      break;
    case 'aborted':
      fail(visit, event, 'aborted');
      break;
    case 'exited':
      leave(visit, event);
      break;
    case 'iterationStarted':
    case 'iterationEnded':
      iterate(visit, event);
      break;
    default:
  }
}

/** What was under way when the execution ended was given up. */
function closeAll(reading: Reading): void {
  if (reading.status === 'RUNNING') return;
  for (const visit of reading.visits) {
    for (const iteration of visit.iterations.values()) {
      if (iteration.status === 'running') iteration.status = 'aborted';
    }
    if (visit.status !== 'running' || visit.exitedAt !== null) continue;
    visit.status = visit.type === 'Succeed' || reading.status === 'SUCCEEDED' ? 'succeeded' : 'aborted';
  }
}

function tally(visits: readonly Visit[]): Tally {
  const counts: Tally = { running: 0, succeeded: 0, failed: 0, caught: 0, aborted: 0, latest: 'succeeded' };
  for (const visit of visits) counts[visit.status]++;
  counts.latest = counts.running > 0 ? 'running' : (visits.at(-1)?.status ?? 'succeeded');
  return counts;
}

/** The first `count` of the events. They are numbered from 1 without a gap. */
export function readHistory(events: readonly HistoryEvent[], count = events.length): HistoryModel {
  const reading: Reading = {
    visits: [],
    byState: new Map(),
    tallies: new Map(),
    owners: new Array<Visit | undefined>(count + 1),
    iterations: new Array<number | null>(count + 1).fill(null),
    taken: new Set(),
    status: 'RUNNING',
    startedAt: events[0]?.timestamp ?? 0,
    endedAt: null,
    events: count === events.length ? events : events.slice(0, count),
  };
  for (const event of reading.events) {
    const meaning = meaningOf(event.type);
    reading.iterations[event.id] = reading.iterations[event.previousEventId] ?? null;
    if (meaning === 'execution') {
      reading.status = ends[event.type] ?? reading.status;
      reading.endedAt = reading.status === 'RUNNING' ? null : event.timestamp;
      reading.owners[event.id] = reading.owners[event.previousEventId];
      continue;
    }
    const visit = meaning === 'entered' ? enter(reading, event) : ownerOf(event, reading.owners[event.previousEventId]);
    reading.owners[event.id] = visit;
    if (!visit) continue;
    visit.lastEvent = event.id;
    if (meaning === 'iterationStarted') reading.iterations[event.id] = detailsOf(event).index ?? null;
    if (meaning === 'iterationEnded' || meaning === 'exited') reading.iterations[event.id] = visit.iteration;
    if (meaning === 'entered') reading.iterations[event.id] = visit.iteration;
    perform(visit, event);
  }
  closeAll(reading);
  for (const [name, visits] of reading.byState) reading.tallies.set(name, tally(visits));
  return reading;
}
