import { useQuery } from '@tanstack/react-query';

import { wholeEvent } from '../api/console';
import type { HistoryEvent } from '../api/types';
import { detailsOf } from '../history/events';

export type Part = 'input' | 'output' | 'parameters';

function isCut(event: HistoryEvent, part: Part): boolean {
  const details = detailsOf(event);
  if (part === 'parameters') return (details.parameters?.length ?? 0) >= 500;
  return (part === 'input' ? details.inputDetails : details.outputDetails)?.truncated === true;
}

/** A payload of an event, fetched whole where the history has only its beginning. */
export function useWhole(execution: string, event: HistoryEvent | undefined, part: Part): string | undefined {
  const cut = event !== undefined && isCut(event, part);
  const whole = useQuery({
    queryKey: ['event', execution, event?.id],
    queryFn: () => wholeEvent(execution, event?.id ?? 0),
    enabled: cut,
    staleTime: Infinity,
  });
  const from = cut ? whole.data : event;
  return from ? detailsOf(from)[part] : undefined;
}
