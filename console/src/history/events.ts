import type { EventDetails, HistoryEvent } from '../api/types';

const noDetails: EventDetails = {};

/** The one member of an event that holds its details. */
export function detailsOf(event: HistoryEvent): EventDetails {
  for (const [name, value] of Object.entries(event)) {
    if (name.endsWith('EventDetails') && typeof value === 'object') return value as EventDetails;
  }
  return noDetails;
}

/** What a type of event says of the state that it is about. */
export type Meaning =
  | 'entered'
  | 'exited'
  | 'scheduled'
  | 'started'
  | 'succeeded'
  | 'failed'
  | 'timedOut'
  | 'aborted'
  | 'iterationStarted'
  | 'iterationEnded'
  | 'execution'
  | 'other';

const endings: [RegExp, Meaning][] = [
  [/^MapIterationStarted$/, 'iterationStarted'],
  [/^MapIteration/, 'iterationEnded'],
  [/^Execution/, 'execution'],
  [/StateEntered$/, 'entered'],
  [/StateExited$/, 'exited'],
  [/Scheduled$/, 'scheduled'],
  [/(TaskSubmitted|Started)$/, 'started'],
  [/Succeeded$/, 'succeeded'],
  [/TimedOut$/, 'timedOut'],
  [/Failed$/, 'failed'],
  [/Aborted$/, 'aborted'],
];

const meanings = new Map<string, Meaning>();

export function meaningOf(type: string): Meaning {
  let meaning = meanings.get(type);
  if (!meaning) {
    meaning = endings.find(([pattern]) => pattern.test(type))?.[1] ?? 'other';
    meanings.set(type, meaning);
  }
  return meaning;
}

/** Task, Map, …: of an event …StateEntered. */
export function stateTypeOf(type: string): string {
  return type.replace(/State(Entered|Exited|Aborted|Started|Failed|Succeeded)$/, '');
}
