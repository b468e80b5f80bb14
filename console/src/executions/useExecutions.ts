import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';

import { findExecutions, type ExecutionFilter } from '../api/console';
import type { ExecutionSummary } from '../api/types';

const page = 200;

export interface Executions {
  rows: ExecutionSummary[];
  lookedAt: number;
  error: Error | null;
  /** The search goes on by itself until it has found a page full, or everything. */
  busy: boolean;
  ended: boolean;
  more: () => void;
  again: () => void;
}

export function useExecutions(filter: ExecutionFilter): Executions {
  const query = useInfiniteQuery({
    queryKey: ['executions', filter],
    queryFn: ({ pageParam, signal }) => findExecutions(filter, page, pageParam || undefined, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  });
  const pages = query.data?.pages;
  const rows = useMemo(() => pages?.flatMap((each) => each.executions) ?? [], [pages]);
  const { hasNextPage, isFetching, fetchNextPage } = query;
  const last = pages?.at(-1);
  const unfinished = hasNextPage && last !== undefined && last.executions.length < page;

  useEffect(() => {
    if (unfinished && !isFetching) void fetchNextPage();
  }, [unfinished, isFetching, fetchNextPage]);

  return {
    rows,
    lookedAt: pages?.reduce((sum, each) => sum + each.lookedAt, 0) ?? 0,
    error: query.error,
    busy: isFetching,
    ended: pages !== undefined && !hasNextPage,
    more: () => {
      if (hasNextPage && !isFetching) void fetchNextPage();
    },
    again: () => void query.refetch(),
  };
}
