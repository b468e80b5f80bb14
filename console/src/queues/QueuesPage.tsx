import type { ReactNode } from 'react';

import { listQueues, type Queue } from '../api/messaging';
import { places } from '../app/places';
import { nameColumn } from '../ui/columns';
import { ListPage } from '../ui/ListPage';
import { DateTime } from '../ui/Time';
import type { Column } from '../ui/VirtualTable';

const count = (attribute: string) => (queue: Queue): ReactNode => (
  <span className="number">{Number(queue.attributes[attribute] ?? 0).toLocaleString('en')}</span>
);

const columns: Column<Queue>[] = [
  nameColumn((queue) => queue.name, 'minmax(0, 2fr)'),
  { title: 'Waiting', width: '100px', cell: count('ApproximateNumberOfMessages') },
  { title: 'In flight', width: '100px', cell: count('ApproximateNumberOfMessagesNotVisible') },
  { title: 'Delayed', width: '100px', cell: count('ApproximateNumberOfMessagesDelayed') },
  { title: 'Created', width: '180px', cell: (queue) => <DateTime at={Number(queue.attributes['CreatedTimestamp']) || undefined} /> },
];

export function QueuesPage(): ReactNode {
  return (
    <ListPage
      title="Queues"
      icon="queues"
      list="queues"
      load={listQueues}
      columns={columns}
      nameOf={(queue) => queue.name}
      keyOf={(queue) => queue.url}
      href={(queue) => places.queue(queue.name)}
      about={<p>Queues of SQS that workflows send to, and that functions and workers read.</p>}
    />
  );
}
