import type { Rule } from '../api/events';
import { SwitchBadge } from '../ui/Badge';
import { nameColumn } from '../ui/columns';
import type { Column } from '../ui/VirtualTable';

export const ruleColumns: Column<Rule>[] = [
  nameColumn((rule) => rule.Name, 'minmax(0, 1.2fr)'),
  { title: 'Event bus', width: '140px', cell: (rule) => rule.EventBusName },
  { title: 'State', width: '110px', cell: (rule) => <SwitchBadge state={rule.State} /> },
  { title: 'When', width: 'minmax(0, 2fr)', cell: (rule) => <span className="mono">{rule.ScheduleExpression ?? rule.EventPattern}</span> },
];
