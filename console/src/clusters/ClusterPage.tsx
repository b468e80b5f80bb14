import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, useParams } from 'wouter';

import { listTasks, type Task } from '../api/clusters';
import { nameIn, places, resourceOf } from '../app/places';
import { useParam } from '../app/useParam';
import { StatusBadge } from '../ui/Badge';
import { Button } from '../ui/Button';
import { orDash } from '../ui/columns';
import { Empty } from '../ui/Empty';
import { Page } from '../ui/Page';
import { DateTime } from '../ui/Time';
import { VirtualTable, type Column } from '../ui/VirtualTable';

const lastOf = (arn: string): string => resourceOf(arn).at(-1) ?? arn;

const columns: Column<Task>[] = [
  { title: 'Task', width: '264px', cell: (task) => <span className="mono table-name">{lastOf(task.taskArn)}</span> },
  { title: 'Definition', width: 'minmax(0, 1fr)', cell: (task) => lastOf(task.taskDefinitionArn) },
  { title: 'Status', width: '140px', cell: (task) => <StatusBadge status={task.lastStatus} /> },
  { title: 'Why it stopped', width: 'minmax(0, 1.4fr)', cell: (task) => orDash(task.stoppedReason) },
  { title: 'Created', width: '180px', cell: (task) => <DateTime at={task.createdAt} /> },
];

export function ClusterPage(): ReactNode {
  const name = nameIn(useParams<{ name: string }>().name);
  const [status, setStatus] = useParam('status');
  const tasks = useQuery({ queryKey: ['tasks', name, status], queryFn: () => listTasks(name, status) });
  return (
    <Page title={name} crumbs={<Link to={places.clusters}>Clusters</Link>} error={tasks.error}>
      <div className="bar">
        <select className="select" aria-label="Status" value={status} onChange={(event) => setStatus(event.target.value)}>
          <option value="">Any status</option>
          <option value="RUNNING">Running</option>
          <option value="STOPPED">Stopped</option>
        </select>
        <span className="space" />
        <Button icon="redrive" label="Look again" onClick={() => void tasks.refetch()} />
      </div>
      {tasks.data && (
        <VirtualTable label="Tasks" columns={columns} rows={tasks.data} keyOf={(task) => task.taskArn} href={(task) => places.task(name, lastOf(task.taskArn))}>
          {tasks.data.length === 0 && (
            <Empty icon="clusters" title="No tasks">
              <p>A workflow runs one with ecs:runTask, as does any AWS client.</p>
            </Empty>
          )}
        </VirtualTable>
      )}
    </Page>
  );
}
