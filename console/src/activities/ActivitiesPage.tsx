import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';

import { listActivities, type Activity } from '../api/states';
import { useParam } from '../app/useParam';
import { Copyable } from '../ui/Copyable';
import { Empty } from '../ui/Empty';
import { ErrorBox } from '../ui/ErrorBox';
import { Page } from '../ui/Page';
import { Search } from '../ui/Search';
import { DateTime } from '../ui/Time';
import { VirtualTable, type Column } from '../ui/VirtualTable';

const columns: Column<Activity>[] = [
  { title: 'Name', width: 'minmax(0, 1fr)', cell: (activity) => <span className="table-name">{activity.name}</span> },
  { title: 'Created', width: '180px', cell: (activity) => <DateTime at={activity.creationDate} /> },
  { title: 'ARN', width: 'minmax(0, 2fr)', cell: (activity) => <Copyable text={activity.activityArn} /> },
];

export function ActivitiesPage(): ReactNode {
  const [text, setText] = useParam('q');
  const activities = useQuery({ queryKey: ['activities'], queryFn: listActivities });
  const found = (activities.data ?? []).filter((each) => each.name.toLowerCase().includes(text.toLowerCase()));
  return (
    <Page title="Activities">
      {activities.error && <ErrorBox error={activities.error} />}
      <div className="bar">
        <Search label="Search by name" value={text} onChange={setText} />
      </div>
      <VirtualTable label="Activities" columns={columns} rows={found} keyOf={(activity) => activity.activityArn}>
        {activities.data && found.length === 0 && (
          <Empty icon="activities" title={text ? `Nothing is called “${text}”` : 'No activities'}>
            <p>An activity is a queue of tasks for workers that poll, wherever they run.</p>
          </Empty>
        )}
      </VirtualTable>
    </Page>
  );
}
