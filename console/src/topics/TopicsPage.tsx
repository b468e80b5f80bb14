import type { ReactNode } from 'react';

import { listTopics, type Topic } from '../api/messaging';
import { places } from '../app/places';
import { Badge } from '../ui/Badge';
import { ListPage } from '../ui/ListPage';
import type { Column } from '../ui/VirtualTable';

const columns: Column<Topic>[] = [
  { title: 'Name', width: 'minmax(0, 1fr)', cell: (topic) => <span className="table-name">{topic.name}</span> },
  { title: 'Type', width: '110px', cell: (topic) => <Badge>{topic.name.endsWith('.fifo') ? 'FIFO' : 'Standard'}</Badge> },
  { title: 'ARN', width: 'minmax(0, 2fr)', cell: (topic) => <span className="mono muted">{topic.arn}</span> },
];

export function TopicsPage(): ReactNode {
  return (
    <ListPage
      title="Topics"
      icon="topics"
      list="topics"
      load={listTopics}
      columns={columns}
      nameOf={(topic) => topic.name}
      keyOf={(topic) => topic.arn}
      href={(topic) => places.topic(topic.arn)}
      about={<p>A topic of SNS hands a message to everyone who has subscribed: queues, functions, web addresses.</p>}
    />
  );
}
