import { useEffect, useRef, useState } from 'react';

import { followHistory } from '../api/console';
import { asError, NoAnswer } from '../api/errors';
import type { ExecutionStatus, HistoryEvent } from '../api/types';

/** The history of an execution as it is known by now. */
export interface Followed {
  events: HistoryEvent[];
  status: ExecutionStatus | null;
  /** Everything that there was when it was opened is here. */
  complete: boolean;
  error: Error | null;
}

const nothing: Followed = { events: [], status: null, complete: false, error: null };
const retryAfter = 1000;
/** While a long history comes, it is shown so often. */
const showEvery = 150;

/** Follows an execution until it has ended; `round` begins anew, for one that goes on. */
export function useHistory(execution: string, round: number): Followed {
  const [followed, setFollowed] = useState(nothing);
  const events = useRef<HistoryEvent[]>([]);

  useEffect(() => {
    const stop = new AbortController();
    events.current = [];
    let place = '1';
    let timer: ReturnType<typeof setTimeout> | undefined;
    let shown = 0;
    setFollowed(nothing);

    async function follow(): Promise<void> {
      try {
        for await (const growth of followHistory(execution, place, stop.signal)) {
          for (const event of growth.events) events.current.push(event);
          place = growth.next;
          if (growth.complete || performance.now() - shown > showEvery) {
            shown = performance.now();
            setFollowed({ events: [...events.current], status: growth.status, complete: growth.complete, error: null });
          }
          if (growth.complete && growth.status !== 'RUNNING') return;
        }
        if (!stop.signal.aborted) timer = setTimeout(() => void follow(), retryAfter);
      } catch (error) {
        if (stop.signal.aborted) return;
        // A stream that breaks off is told as a TypeError.
        const reason = error instanceof TypeError ? new NoAnswer(error) : asError(error);
        setFollowed((now) => ({ ...now, error: reason }));
        if (reason instanceof NoAnswer) timer = setTimeout(() => void follow(), retryAfter);
      }
    }
    void follow();
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [execution, round]);

  return followed;
}
