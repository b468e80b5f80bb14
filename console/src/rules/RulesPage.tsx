import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';

import { listRules, type Rule } from '../api/messaging';
import { places } from '../app/places';
import { useParam } from '../app/useParam';
import { Empty } from '../ui/Empty';
import { ErrorBox } from '../ui/ErrorBox';
import { Page } from '../ui/Page';
import { Search } from '../ui/Search';
import { VirtualTable, type Column } from '../ui/VirtualTable';

const columns: Column<Rule>[] = [
  { title: 'Name', width: 'minmax(0, 1.2fr)', cell: (rule) => <span className="table-name">{rule.Name}</span> },
  { title: 'Event bus', width: '140px', cell: (rule) => rule.EventBusName },
  {
    title: 'State',
    width: '110px',
    cell: (rule) => <span className={`badge${rule.State === 'DISABLED' ? '' : ' tone-succeeded'}`}>{rule.State?.toLowerCase()}</span>,
  },
  { title: 'When', width: 'minmax(0, 2fr)', cell: (rule) => <span className="mono">{rule.ScheduleExpression ?? rule.EventPattern}</span> },
];

export function RulesPage(): ReactNode {
  const [text, setText] = useParam('q');
  const rules = useQuery({ queryKey: ['rules'], queryFn: listRules });
  const found = (rules.data ?? []).filter((each) => each.Name.toLowerCase().includes(text.toLowerCase()));
  return (
    <Page title="Rules" sub="Of all event buses">
      {rules.error && <ErrorBox error={rules.error} />}
      <div className="bar">
        <Search label="Search by name" value={text} onChange={setText} />
      </div>
      <VirtualTable
        label="Rules"
        columns={columns}
        rows={found}
        keyOf={(rule) => rule.Arn}
        href={(rule) => places.rule(rule.EventBusName ?? 'default', rule.Name)}
      >
        {rules.data && found.length === 0 && (
          <Empty icon="rules" title={text ? `Nothing is called “${text}”` : 'No rules'}>
            <p>A rule of EventBridge sends the events that fit its pattern, or its times, to targets: an execution, for instance.</p>
          </Empty>
        )}
      </VirtualTable>
    </Page>
  );
}
