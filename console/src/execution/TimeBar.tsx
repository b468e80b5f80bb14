import type { ReactNode } from 'react';

import { Button } from '../ui/Button';
import { clockText } from '../ui/Time';
import type { View } from './view';

/** Time as a slider over the events. */
export function TimeBar({ view }: { view: View }): ReactNode {
  const { events, at, setAt } = view;
  const last = events.length;
  const now = at ?? last;
  const event = events[now - 1];
  const go = (to: number): void => setAt(to >= last ? null : Math.max(1, to));
  return (
    <section className="card timebar" aria-label="Time">
      <Button small icon="first" label="First event" disabled={now <= 1} onClick={() => go(1)} />
      <Button small icon="back" label="One event back" disabled={now <= 1} onClick={() => go(now - 1)} />
      <Button small icon="forward" label="One event forward" disabled={at === null} onClick={() => go(now + 1)} />
      <Button small icon="last" label="Now" disabled={at === null} onClick={() => setAt(null)} />
      <input
        type="range"
        aria-label="Event"
        aria-valuetext={event ? `event ${now} of ${last}, ${event.type}` : undefined}
        min={1}
        max={Math.max(1, last)}
        value={now || 1}
        onChange={(change) => go(Number(change.target.value))}
      />
      <span className="timebar-text number">
        {event ? (
          <>
            <b>
              {now.toLocaleString('en')} / {last.toLocaleString('en')}
            </b>{' '}
            <span className="truncate">{event.type}</span> <span className="muted">{clockText(event.timestamp)}</span>
          </>
        ) : (
          <span className="muted">No events yet</span>
        )}
      </span>
    </section>
  );
}
