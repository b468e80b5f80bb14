import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'wouter';

import { wholeEvent } from '../api/console';
import { call } from '../api/aws';
import { machineOfExecution } from '../api/states';
import type { HistoryEvent } from '../api/types';
import { nameOf } from '../app/places';
import { readDefinition } from '../asl/definition';
import { pretty } from '../asl/json';
import { detailsOf } from '../history/events';
import { readHistory } from '../history/read';
import { variablesOf } from '../history/variables';

/** What is tried out: a state, and the data that it sees. */
export interface Material {
  key: string;
  origin: string | null;
  state: string;
  input: string;
  variables: string;
}

const example: Material = {
  key: '',
  origin: null,
  state: JSON.stringify(
    {
      Type: 'Task',
      QueryLanguage: 'JSONata',
      Resource: 'arn:aws:states:::lambda:invoke',
      Arguments: { FunctionName: 'price', Payload: '{% $states.input.order %}' },
      Output: { total: '{% $states.result.Payload.total %}' },
      End: true,
    },
    null,
    2,
  ),
  input: JSON.stringify({ order: { lines: [{ item: 'cup', price: 4 }, { item: 'pot', price: 19 }] } }, null, 2),
  variables: '{}',
};

async function historyUpTo(execution: string, event: number): Promise<HistoryEvent[]> {
  const events: HistoryEvent[] = [];
  let nextToken: string | undefined;
  do {
    const page: { events: HistoryEvent[]; nextToken?: string } = await call('states', 'GetExecutionHistory', {
      executionArn: execution,
      maxResults: 1000,
      nextToken,
    });
    events.push(...page.events);
    nextToken = page.nextToken;
  } while (nextToken && events.length < event);
  return events;
}

async function fromExecution(execution: string, event: number): Promise<Material> {
  const [entered, machine, events] = await Promise.all([
    wholeEvent(execution, event),
    machineOfExecution(execution),
    historyUpTo(execution, event),
  ]);
  const name = detailsOf(entered).name ?? '';
  const state = readDefinition(machine.definition)?.states.get(name);
  const model = readHistory(events);
  const visit = model.visits.find((each) => each.id === event);
  return {
    key: `${execution}#${event}`,
    origin: `With the data of ${name} in ${nameOf(execution)}`,
    state: JSON.stringify({ ...state?.fields, ...(state ? { QueryLanguage: state.language } : {}) }, null, 2),
    input: pretty(detailsOf(entered).input),
    variables: visit ? JSON.stringify(variablesOf(model, visit).before, null, 2) : '{}',
  };
}

export function useMaterial(): { material: Material | undefined; error: Error | null } {
  const [params] = useSearchParams();
  const execution = params.get('execution') ?? '';
  const event = Number(params.get('visit'));
  const state = params.get('state');
  const query = useQuery({
    queryKey: ['material', execution, event],
    queryFn: () => fromExecution(execution, event),
    enabled: execution !== '' && event > 0,
    staleTime: Infinity,
  });
  if (execution && event) return { material: query.data, error: query.error };
  return { material: state ? { ...example, key: state, state: pretty(state) } : example, error: null };
}
