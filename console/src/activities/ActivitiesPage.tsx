import type { ReactNode } from 'react';

import { listActivities, type Activity } from '../api/states';
import { nameColumn } from '../ui/columns';
import { Copyable } from '../ui/Copyable';
import { ListPage } from '../ui/ListPage';
import { DateTime } from '../ui/Time';
import type { Column } from '../ui/VirtualTable';

const columns: Column<Activity>[] = [
  nameColumn((activity) => activity.name),
  { title: 'Created', width: '180px', cell: (activity) => <DateTime at={activity.creationDate} /> },
  { title: 'ARN', width: 'minmax(0, 2fr)', cell: (activity) => <Copyable text={activity.activityArn} /> },
];

export function ActivitiesPage(): ReactNode {
  return (
    <ListPage
      title="Activities"
      icon="activities"
      list="activities"
      load={listActivities}
      columns={columns}
      nameOf={(activity) => activity.name}
      about={<p>An activity is a queue of tasks for workers that poll, wherever they run.</p>}
    />
  );
}
