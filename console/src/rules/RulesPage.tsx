import type { ReactNode } from 'react';

import { listRules } from '../api/events';
import { places } from '../app/places';
import { ListPage } from '../ui/ListPage';
import { ruleColumns } from './ruleColumns';

export function RulesPage(): ReactNode {
  return (
    <ListPage
      title="Rules"
      sub="Of all event buses"
      beside={{ title: 'Event buses', to: places.buses }}
      icon="rules"
      list="rules"
      load={listRules}
      columns={ruleColumns}
      nameOf={(rule) => rule.Name}
      keyOf={(rule) => rule.Arn}
      href={(rule) => places.rule(rule.EventBusName ?? 'default', rule.Name)}
      about={<p>A rule of EventBridge sends the events that fit its pattern, or its times, to targets: an execution, for instance.</p>}
    />
  );
}
