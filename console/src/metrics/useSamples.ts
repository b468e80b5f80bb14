import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';

import { metricsText } from '../api/others';
import { parseMetrics, type Sample } from './prometheus';

export interface Reading {
  at: number;
  samples: Sample[];
}

const every = 2_000;
const kept = 90;

/** What the server has counted, again and again while it is looked at. */
export function useSamples(): { readings: Reading[]; error: Error | null } {
  const [readings, setReadings] = useState<Reading[]>([]);
  const query = useQuery({ queryKey: ['metrics'], queryFn: metricsText, refetchInterval: every, gcTime: 0 });
  const { data, dataUpdatedAt } = query;
  useEffect(() => {
    if (data === undefined) return;
    setReadings((now) => [...now, { at: dataUpdatedAt / 1000, samples: parseMetrics(data) }].slice(-kept));
  }, [data, dataUpdatedAt]);
  return { readings, error: query.error };
}
