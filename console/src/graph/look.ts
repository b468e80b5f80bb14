import type { VisitStatus } from '../history/model';

/** How a state looks on the graph: nothing of it has happened yet, or how it went. */
export interface Marks {
  status: VisitStatus;
  /** 2/5, where it was visited more than once. */
  count: string;
}

export type MarksByState = ReadonlyMap<string, Marks>;

export const typeTones: Record<string, string> = {
  Task: '#4f6bed',
  Pass: '#6b7688',
  Choice: '#b7791f',
  Wait: '#0f8a8a',
  Succeed: '#10743a',
  Fail: '#c02525',
  Parallel: '#7a4fd0',
  Map: '#a8407f',
};
