import type { ExecutionStatus, HistoryEvent } from '../api/types';

/** What the events say, put together: who was in which state, when, and how it went. */
export type VisitStatus = 'running' | 'succeeded' | 'failed' | 'caught' | 'aborted';

/** An attempt of a task. */
export interface Attempt {
  scheduled: number;
  started: number | null;
  ended: number | null;
  status: VisitStatus;
  error: string;
  /** Of its …Scheduled event. */
  event: number;
}

/** One stay in a state. */
export interface Visit {
  /** Of its …StateEntered event. */
  id: number;
  name: string;
  type: string;
  /** Where it runs: visits of one branch or iteration share it. */
  scope: number;
  parent: Visit | null;
  iteration: number | null;
  enteredAt: number;
  exitedAt: number | null;
  exitEvent: number | null;
  lastEvent: number;
  status: VisitStatus;
  error: string;
  cause: string;
  attempts: Attempt[];
  iterations: Map<number, Iteration>;
  /** Of a Map: how many items it has. */
  items: number | null;
  /** Of what it has started elsewhere. */
  links: string[];
}

export interface Iteration {
  index: number;
  startedAt: number;
  endedAt: number | null;
  status: VisitStatus;
  error: string;
  event: number;
}

export interface Tally {
  running: number;
  succeeded: number;
  failed: number;
  caught: number;
  aborted: number;
  latest: VisitStatus;
}

export interface HistoryModel {
  visits: Visit[];
  byState: Map<string, Visit[]>;
  tallies: Map<string, Tally>;
  /** The visit that each event is about, by the event's number. */
  owners: (Visit | undefined)[];
  /** Edges that were gone along, as `from→to`. */
  taken: Set<string>;
  status: ExecutionStatus;
  startedAt: number;
  endedAt: number | null;
  events: readonly HistoryEvent[];
}
