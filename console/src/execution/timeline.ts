import type { Visit, VisitStatus } from '../history/model';
import { durationText } from '../ui/Time';

/** A piece of a bar. Times are seconds since the epoch. */
export interface Segment {
  kind: 'stay' | 'attempt' | 'queue' | 'pause';
  from: number;
  to: number;
  status: VisitStatus;
  title: string;
}

export interface Scale {
  /** Of the whole width, 0 to 1. */
  share: (time: number) => number;
  /** Seconds from the beginning. */
  ticks: number[];
}

const steps = [1, 2, 5];
const mostTicks = 5;
/** Events are told to the millisecond. */
const finest = 0.001;

export function scaleOf(from: number, to: number): Scale {
  const length = Math.max(to - from, finest);
  let unit = Math.max(finest, 10 ** Math.floor(Math.log10(length / mostTicks)));
  while (!steps.some((step) => length / (unit * step) <= mostTicks)) unit *= 10;
  const step = unit * (steps.find((each) => length / (unit * each) <= mostTicks) ?? 1);
  const ticks = Array.from({ length: Math.floor(length / step) + 1 }, (_, i) => i * step);
  return { share: (time) => Math.min(1, Math.max(0, (time - from) / length)), ticks };
}

function span(kind: Segment['kind'], from: number, to: number, status: VisitStatus, what: string): Segment {
  return { kind, from, to, status, title: `${what}: ${durationText(to - from)}` };
}

export function segmentsOf(visit: Visit, now: number): Segment[] {
  const end = visit.exitedAt ?? now;
  if (visit.attempts.length === 0) return [span('stay', visit.enteredAt, end, visit.status, visit.name)];
  const segments: Segment[] = [];
  visit.attempts.forEach((attempt, i) => {
    const before = visit.attempts[i - 1];
    if (before?.ended) segments.push(span('pause', before.ended, attempt.scheduled, 'running', 'Waits for the next attempt'));
    const ended = attempt.ended ?? end;
    const begun = attempt.started ?? ended;
    if (begun > attempt.scheduled) segments.push(span('queue', attempt.scheduled, begun, attempt.status, 'Scheduled'));
    const what = `Attempt ${i + 1}${attempt.error ? `, ${attempt.error}` : ''}`;
    segments.push(span('attempt', begun, ended, attempt.status, what));
  });
  const last = visit.attempts.at(-1);
  if (visit.exitedAt === null && visit.status === 'failed' && last?.ended && now > last.ended) {
    segments.push(span('pause', last.ended, end, 'running', 'Waits for the next attempt'));
  }
  return segments;
}
