import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Link, useParams } from 'wouter';

import { getLogEvents, type LogEvent } from '../api/others';
import { nameIn, places } from '../app/places';
import { pretty } from '../asl/json';
import { JsonView } from '../editor/JsonView';
import { Button } from '../ui/Button';
import { Empty } from '../ui/Empty';
import { Page } from '../ui/Page';
import { Search } from '../ui/Search';
import { clockText } from '../ui/Time';
import { VirtualTable, type Column } from '../ui/VirtualTable';

interface Line extends LogEvent {
  number: number;
}

const columns: Column<Line>[] = [
  { title: 'Time', width: '110px', cell: (line) => <span className="number muted">{clockText(line.timestamp / 1000)}</span> },
  { title: 'Message', width: 'minmax(0, 1fr)', cell: (line) => <span className="mono">{line.message}</span> },
];

export function LogStreamPage(): ReactNode {
  const params = useParams<{ group: string; stream: string }>();
  const [group, stream] = [nameIn(params.group), nameIn(params.stream)];
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<Line | null>(null);
  const page = useQuery({ queryKey: ['logEvents', group, stream], queryFn: () => getLogEvents(group, stream) });
  const lines = (page.data?.events ?? [])
    .map((event, number): Line => ({ ...event, number }))
    .filter((line) => line.message.toLowerCase().includes(text.toLowerCase()));
  return (
    <Page
      title={stream}
      crumbs={
        <>
          <Link to={places.logs}>Logs</Link> / <Link to={places.logGroup(group)}>{group}</Link>
        </>
      }
      actions={
        <Button icon="redrive" onClick={() => void page.refetch()}>
          Look again
        </Button>
      }
      error={page.error}
    >
      <div className="bar">
        <Search label="Search in messages" value={text} onChange={setText} />
      </div>
      <div className={`split${chosen ? ' halves' : ''}`}>
        <VirtualTable
          label="Log events"
          columns={columns}
          rows={lines}
          keyOf={(line) => line.number}
          height={30}
          tail={!text}
          selected={chosen ? lines.findIndex((line) => line.number === chosen.number) : -1}
          onChoose={setChosen}
        >
          {page.data && lines.length === 0 && <Empty icon="logs" title="No such event" />}
        </VirtualTable>
        {chosen && (
          <section className="card machine-side" aria-label="Log event">
            <div className="card-head">
              <h3 className="number">{clockText(chosen.timestamp / 1000)}</h3>
              <span className="space" />
              <Button small look="plain" icon="close" label="Close" onClick={() => setChosen(null)} />
            </div>
            <JsonView text={pretty(chosen.message)} label="Log event" />
          </section>
        )}
      </div>
    </Page>
  );
}
