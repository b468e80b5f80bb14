import type { ReactNode } from 'react';

import { listSchedules, type ScheduleSummary } from '../api/events';
import { places } from '../app/places';
import { SwitchBadge } from '../ui/Badge';
import { nameColumn } from '../ui/columns';
import { ListPage } from '../ui/ListPage';
import { DateTime } from '../ui/Time';
import type { Column } from '../ui/VirtualTable';

const columns: Column<ScheduleSummary>[] = [
  nameColumn((each) => each.Name, 'minmax(0, 1.2fr)'),
  { title: 'Group', width: '140px', cell: (each) => each.GroupName },
  { title: 'State', width: '110px', cell: (each) => <SwitchBadge state={each.State} /> },
  { title: 'Target', width: 'minmax(0, 2fr)', cell: (each) => <span className="mono muted">{each.Target.Arn}</span> },
  { title: 'Created', width: '180px', cell: (each) => <DateTime at={each.CreationDate} /> },
];

export function SchedulesPage(): ReactNode {
  return (
    <ListPage
      title="Schedules"
      sub="Of all groups"
      icon="schedules"
      list="schedules"
      load={listSchedules}
      columns={columns}
      nameOf={(each) => `${each.GroupName}/${each.Name}`}
      href={(each) => places.schedule(each.GroupName, each.Name)}
      about={<p>A schedule calls its target at its times: it starts an execution every night, for instance.</p>}
    />
  );
}
