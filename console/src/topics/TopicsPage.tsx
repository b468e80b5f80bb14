import type { ReactNode } from 'react';

import { listTopics, type Topic } from '../api/messaging';
import { places } from '../app/places';
import { Badge } from '../ui/Badge';
import { arnColumn, nameColumn } from '../ui/columns';
import { ListPage } from '../ui/ListPage';
import type { Column } from '../ui/VirtualTable';

const columns: Column<Topic>[] = [
  nameColumn((topic) => topic.name),
  { title: 'Type', width: '110px', cell: (topic) => <Badge>{topic.name.endsWith('.fifo') ? 'FIFO' : 'Standard'}</Badge> },
  arnColumn((topic) => topic.arn),
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
