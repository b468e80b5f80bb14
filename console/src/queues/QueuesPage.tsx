import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';

import { listQueues, type Queue } from '../api/messaging';
import { places } from '../app/places';
import { useParam } from '../app/useParam';
import { Empty } from '../ui/Empty';
import { ErrorBox } from '../ui/ErrorBox';
import { Page } from '../ui/Page';
import { Search } from '../ui/Search';
import { DateTime } from '../ui/Time';
import { VirtualTable, type Column } from '../ui/VirtualTable';

const count = (attribute: string) => (queue: Queue): ReactNode => (
  <span className="number">{Number(queue.attributes[attribute] ?? 0).toLocaleString('en')}</span>
);

const columns: Column<Queue>[] = [
  { title: 'Name', width: 'minmax(0, 2fr)', cell: (queue) => <span className="table-name">{queue.name}</span> },
  { title: 'Waiting', width: '100px', cell: count('ApproximateNumberOfMessages') },
  { title: 'In flight', width: '100px', cell: count('ApproximateNumberOfMessagesNotVisible') },
  { title: 'Delayed', width: '100px', cell: count('ApproximateNumberOfMessagesDelayed') },
  { title: 'Created', width: '180px', cell: (queue) => <DateTime at={Number(queue.attributes['CreatedTimestamp']) || undefined} /> },
];

export function QueuesPage(): ReactNode {
  const [text, setText] = useParam('q');
  const queues = useQuery({ queryKey: ['queues'], queryFn: listQueues });
  const found = (queues.data ?? []).filter((each) => each.name.toLowerCase().includes(text.toLowerCase()));
  return (
    <Page title="Queues">
      {queues.error && <ErrorBox error={queues.error} />}
      <div className="bar">
        <Search label="Search by name" value={text} onChange={setText} />
      </div>
      <VirtualTable label="Queues" columns={columns} rows={found} keyOf={(queue) => queue.url} href={(queue) => places.queue(queue.name)}>
        {queues.data && found.length === 0 && (
          <Empty icon="queues" title={text ? `Nothing is called “${text}”` : 'No queues'}>
            <p>Queues of SQS that workflows send to, and that functions and workers read.</p>
          </Empty>
        )}
      </VirtualTable>
    </Page>
  );
}
