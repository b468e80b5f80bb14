import type { VisitStatus } from '../history/model';

/** How a state looks on the graph: nothing of it has happened yet, or how it went. */
export interface Marks {
  status: VisitStatus;
  /** 2/5, where it was visited more than once. */
  count: string;
}

export type MarksByState = ReadonlyMap<string, Marks>;
