import type { ReactNode } from 'react';

import { listJobQueues, type JobQueue } from '../api/jobs';
import { places, resourceOf } from '../app/places';
import { SwitchBadge } from '../ui/Badge';
import { nameColumn } from '../ui/columns';
import { ListPage } from '../ui/ListPage';
import type { Column } from '../ui/VirtualTable';

const environmentsOf = (queue: JobQueue): string => queue.computeEnvironmentOrder.map((each) => resourceOf(each.computeEnvironment).at(-1)).join(', ');

const columns: Column<JobQueue>[] = [
  nameColumn((queue) => queue.jobQueueName),
  { title: 'State', width: '110px', cell: (queue) => <SwitchBadge state={queue.state} /> },
  { title: 'Priority', width: '90px', cell: (queue) => <span className="number">{queue.priority}</span> },
  { title: 'Compute environments', width: 'minmax(0, 1fr)', cell: environmentsOf },
  { title: 'How it is', width: 'minmax(0, 1fr)', cell: (queue) => queue.statusReason ?? queue.status },
];

export function JobQueuesPage(): ReactNode {
  return (
    <ListPage
      title="Job queues"
      sub="Of Batch"
      beside={{ title: 'Job definitions', to: places.jobDefinitions }}
      icon="jobs"
      list="jobQueues"
      load={listJobQueues}
      columns={columns}
      nameOf={(queue) => queue.jobQueueName}
      href={(queue) => places.jobQueue(queue.jobQueueName)}
      about={<p>Jobs of Batch wait in a queue until there is room for their container.</p>}
    />
  );
}
