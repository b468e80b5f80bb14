import type { ReactNode } from 'react';

import { useNow } from './useNow';

const stamp = new Intl.DateTimeFormat('en-GB', {
  year: 'numeric',
  month: 'short',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3 });

export function dateText(seconds: number): string {
  return stamp.format(seconds * 1000).replace(',', '');
}

export function clockText(seconds: number): string {
  return clock.format(seconds * 1000);
}

/** 340 ms, 2.41 s, 3 min 20 s, 2 h 5 min, 4 d 3 h */
export function durationText(seconds: number): string {
  if (seconds < 1) return `${Math.max(0, Math.round(seconds * 1000))} ms`;
  if (seconds < 60) return `${seconds.toFixed(seconds < 10 ? 2 : 1)} s`;
  const whole = Math.round(seconds);
  const units: [number, string][] = [
    [86400, 'd'],
    [3600, 'h'],
    [60, 'min'],
    [1, 's'],
  ];
  const first = units.findIndex(([size]) => whole >= size);
  return units
    .slice(first, first + 2)
    .map(([size, unit], i, two) => `${Math.floor((whole % (i === 0 ? Infinity : (two[0]?.[0] ?? 1))) / size)} ${unit}`)
    .join(' ');
}

export function DateTime({ at }: { at: number | undefined }): ReactNode {
  if (at === undefined) return <span className="muted">–</span>;
  const date = new Date(at * 1000);
  return (
    <time dateTime={date.toISOString()} title={date.toISOString()} className="number">
      {dateText(at)}
    </time>
  );
}

/** Of something that may still be going on. */
export function Duration({ from, to }: { from: number; to: number | null | undefined }): ReactNode {
  const now = useNow(to === null || to === undefined);
  return <span className="number">{durationText((to ?? now) - from)}</span>;
}
