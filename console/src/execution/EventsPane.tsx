import { useState, type ReactNode } from 'react';

import type { HistoryEvent } from '../api/types';
import { detailsOf, meaningOf } from '../history/events';
import { Search } from '../ui/Search';
import { clockText, durationText } from '../ui/Time';
import { VirtualTable, type Column } from '../ui/VirtualTable';
import type { View } from './view';

const tones: Record<string, string> = {
  entered: 'running',
  scheduled: 'running',
  started: 'running',
  iterationStarted: 'running',
  exited: 'succeeded',
  succeeded: 'succeeded',
  failed: 'failed',
  timedOut: 'failed',
  aborted: 'aborted',
};

function toneOf(type: string): string {
  if (/Failed|TimedOut|Aborted/.test(type)) return type.includes('Aborted') ? 'aborted' : 'failed';
  return /Succeeded/.test(type) ? 'succeeded' : (tones[meaningOf(type)] ?? 'aborted');
}

/** The few words that tell most of an event. */
function summaryOf(event: HistoryEvent): string {
  const details = detailsOf(event);
  const parts = [details.error, details.cause, details.resource, details.input ?? details.output ?? details.parameters];
  if (typeof details.index === 'number') parts.unshift(`iteration ${details.index}`);
  return parts.find((part) => part !== undefined && part !== '') ?? '';
}

export function EventsPane({ view }: { view: View }): ReactNode {
  const [text, setText] = useState('');
  const { events, model } = view;
  const stateOf = (event: HistoryEvent): string => detailsOf(event).name ?? model.owners[event.id]?.name ?? '';
  const words = text.toLowerCase();
  const shown = words
    ? events.filter((event) => `${event.type} ${stateOf(event)} ${summaryOf(event)}`.toLowerCase().includes(words))
    : events;
  const start = events[0]?.timestamp ?? 0;
  const columns: Column<HistoryEvent>[] = [
    { title: '#', width: '46px', cell: (event) => <span className="number muted">{event.id}</span> },
    {
      title: 'Type',
      width: 'minmax(158px, 1.2fr)',
      cell: (event) => (
        <span className="event-type">
          <i className={`dot tone-${toneOf(event.type)}`} />
          {event.type}
        </span>
      ),
    },
    { title: 'State', width: 'minmax(0, 1fr)', cell: stateOf },
    {
      title: 'Time',
      width: '76px',
      cell: (event) => (
        <span className="number" title={clockText(event.timestamp)}>
          +{durationText(event.timestamp - start)}
        </span>
      ),
    },
    { title: 'Data', width: 'minmax(0, 1.6fr)', cell: (event) => <span className="mono muted">{summaryOf(event)}</span> },
  ];
  const now = view.at === null ? -1 : shown.findIndex((event) => event.id === view.at);
  return (
    <div className="events">
      <div className="bar events-bar">
        <Search label="Search in types, states and data" value={text} onChange={setText} />
        <span className="muted number">{shown.length.toLocaleString('en')} events</span>
      </div>
      <VirtualTable
        label="Events"
        columns={columns}
        rows={shown}
        keyOf={(event) => event.id}
        height={32}
        selected={now}
        tail={view.at === null && view.status === 'RUNNING' && !words}
        onChoose={(event) => {
          view.setAt(event.id);
          view.select(model.owners[event.id] ?? null);
        }}
      />
    </div>
  );
}
