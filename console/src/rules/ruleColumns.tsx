import type { Rule } from '../api/events';
import { SwitchBadge } from '../ui/Badge';
import type { Column } from '../ui/VirtualTable';

export const ruleColumns: Column<Rule>[] = [
  { title: 'Name', width: 'minmax(0, 1.2fr)', cell: (rule) => <span className="table-name">{rule.Name}</span> },
  { title: 'Event bus', width: '140px', cell: (rule) => rule.EventBusName },
  { title: 'State', width: '110px', cell: (rule) => <SwitchBadge state={rule.State} /> },
  { title: 'When', width: 'minmax(0, 2fr)', cell: (rule) => <span className="mono">{rule.ScheduleExpression ?? rule.EventPattern}</span> },
];
