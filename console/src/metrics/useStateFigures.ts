import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';

import { stateFigures, type StateFigures } from '../api/console';

const slots = 48;

export interface Figures {
  states: StateFigures[];
  lookedAt: number;
  busy: boolean;
  error: Error | null;
}

const sums = (a: number[], b: number[]): number[] => a.map((value, i) => value + (b[i] ?? 0));

function added(all: StateFigures[][]): StateFigures[] {
  const byName = new Map<string, StateFigures>();
  for (const state of all.flat()) {
    const sum = byName.get(state.name);
    byName.set(
      state.name,
      sum
        ? {
            name: state.name,
            entered: sums(sum.entered, state.entered),
            failed: sums(sum.failed, state.failed),
            left: sums(sum.left, state.left),
            milliseconds: sums(sum.milliseconds, state.milliseconds),
          }
        : state,
    );
  }
  return [...byName.values()];
}

/** How the states of a machine fared from one time to another, in milliseconds; the sums grow while the server counts. */
export function useStateFigures(machine: string, from: number, to: number): Figures {
  const query = useInfiniteQuery({
    queryKey: ['figures', machine, from, to],
    queryFn: ({ pageParam, signal }) => stateFigures(machine, from, to, slots, pageParam, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  });
  const { data, hasNextPage, isFetching, fetchNextPage } = query;
  useEffect(() => {
    if (hasNextPage && !isFetching) void fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage]);
  const states = useMemo(() => added(data?.pages.map((part) => part.states) ?? []), [data]);
  return {
    states,
    lookedAt: data?.pages.reduce((sum, part) => sum + part.lookedAt, 0) ?? 0,
    busy: isFetching || hasNextPage,
    error: query.error,
  };
}
