import type { Execution, ExecutionStatus, HistoryEvent, MachineOfExecution } from '../api/types';
import type { Definition } from '../asl/definition';
import type { HistoryModel, Visit } from '../history/model';

/** What all parts of the page look at: an execution, as it is now or as it was at an event. */
export interface View {
  arn: string;
  events: HistoryEvent[];
  /** The event that time stands at; null: now. */
  at: number | null;
  setAt: (event: number | null) => void;
  /** Of the events up to there. */
  model: HistoryModel;
  definition: Definition | null;
  visit: Visit | null;
  select: (visit: Visit | null) => void;
  status: ExecutionStatus | null;
  complete: boolean;
  execution: Execution | null;
  machine: MachineOfExecution | null;
  error: Error | null;
}

export function latestVisit(view: View, state: string): Visit | null {
  return view.model.byState.get(state)?.at(-1) ?? null;
}
