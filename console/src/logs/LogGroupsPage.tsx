import type { ReactNode } from 'react';

import { listLogGroups, type LogGroup } from '../api/others';
import { places } from '../app/places';
import { ListPage } from '../ui/ListPage';
import { DateTime } from '../ui/Time';
import type { Column } from '../ui/VirtualTable';

const columns: Column<LogGroup>[] = [
  { title: 'Group', width: 'minmax(0, 2fr)', cell: (group) => <span className="table-name">{group.logGroupName}</span> },
  {
    title: 'Kept',
    width: '120px',
    cell: (group) => (group.retentionInDays ? `${group.retentionInDays} days` : <span className="muted">for ever</span>),
  },
  { title: 'Bytes', width: '120px', cell: (group) => <span className="number">{(group.storedBytes ?? 0).toLocaleString('en')}</span> },
  { title: 'Created', width: '180px', cell: (group) => <DateTime at={group.creationTime / 1000} /> },
];

export function LogGroupsPage(): ReactNode {
  return (
    <ListPage
      title="Logs"
      icon="logs"
      list="logGroups"
      load={listLogGroups}
      columns={columns}
      nameOf={(group) => group.logGroupName}
      href={(group) => places.logGroup(group.logGroupName)}
      about={<p>State machines write here when their loggingConfiguration says so, and functions what they print.</p>}
    />
  );
}
