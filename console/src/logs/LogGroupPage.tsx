import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, useParams } from 'wouter';

import { listLogStreams, type LogStream } from '../api/others';
import { nameIn, places } from '../app/places';
import { Empty } from '../ui/Empty';
import { Page } from '../ui/Page';
import { DateTime } from '../ui/Time';
import { VirtualTable, type Column } from '../ui/VirtualTable';

const seconds = (milliseconds: number | undefined): number | undefined => (milliseconds === undefined ? undefined : milliseconds / 1000);

const columns: Column<LogStream>[] = [
  { title: 'Stream', width: 'minmax(0, 2fr)', cell: (stream) => <span className="table-name">{stream.logStreamName}</span> },
  { title: 'First event', width: '180px', cell: (stream) => <DateTime at={seconds(stream.firstEventTimestamp)} /> },
  { title: 'Last event', width: '180px', cell: (stream) => <DateTime at={seconds(stream.lastEventTimestamp)} /> },
];

export function LogGroupPage(): ReactNode {
  const group = nameIn(useParams<{ group: string }>().group);
  const streams = useQuery({ queryKey: ['logStreams', group], queryFn: () => listLogStreams(group) });
  return (
    <Page title={group} crumbs={<Link to={places.logs}>Logs</Link>} error={streams.error}>
      {streams.data && (
        <VirtualTable
          label="Log streams"
          columns={columns}
          rows={streams.data}
          keyOf={(stream) => stream.logStreamName}
          href={(stream) => places.logStream(group, stream.logStreamName)}
        >
          {streams.data.length === 0 && <Empty icon="logs" title="Nothing has been logged here" />}
        </VirtualTable>
      )}
    </Page>
  );
}
