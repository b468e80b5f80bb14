import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';

import { listLogGroups, type LogGroup } from '../api/others';
import { places } from '../app/places';
import { useParam } from '../app/useParam';
import { Empty } from '../ui/Empty';
import { ErrorBox } from '../ui/ErrorBox';
import { Page } from '../ui/Page';
import { Search } from '../ui/Search';
import { DateTime } from '../ui/Time';
import { VirtualTable, type Column } from '../ui/VirtualTable';

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
  const [text, setText] = useParam('q');
  const groups = useQuery({ queryKey: ['logGroups'], queryFn: listLogGroups });
  const found = (groups.data ?? []).filter((each) => each.logGroupName.toLowerCase().includes(text.toLowerCase()));
  return (
    <Page title="Logs">
      {groups.error && <ErrorBox error={groups.error} />}
      <div className="bar">
        <Search label="Search by name" value={text} onChange={setText} />
      </div>
      <VirtualTable
        label="Log groups"
        columns={columns}
        rows={found}
        keyOf={(group) => group.logGroupName}
        href={(group) => places.logGroup(group.logGroupName)}
      >
        {groups.data && found.length === 0 && (
          <Empty icon="logs" title={text ? `Nothing is called “${text}”` : 'No log groups'}>
            <p>State machines write here when their loggingConfiguration says so.</p>
          </Empty>
        )}
      </VirtualTable>
    </Page>
  );
}
