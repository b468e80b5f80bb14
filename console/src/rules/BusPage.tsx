import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, useParams } from 'wouter';

import { describeBus, listRulesOf } from '../api/events';
import { nameIn, places } from '../app/places';
import { pretty } from '../asl/json';
import { JsonCard } from '../editor/JsonCard';
import { Empty } from '../ui/Empty';
import { Page } from '../ui/Page';
import { VirtualTable } from '../ui/VirtualTable';
import { ruleColumns } from './ruleColumns';

const columns = ruleColumns.filter((column) => column.title !== 'Event bus');

export function BusPage(): ReactNode {
  const name = nameIn(useParams<{ name: string }>().name);
  const bus = useQuery({ queryKey: ['bus', name], queryFn: () => describeBus(name) });
  const rules = useQuery({ queryKey: ['rules', name], queryFn: () => listRulesOf(name) });
  const error = bus.error ?? rules.error;
  return (
    <Page title={name} crumbs={<Link to={places.buses}>Event buses</Link>} address={bus.data?.Arn} error={error}>
      {rules.data && (
        <VirtualTable label="Rules" columns={columns} rows={rules.data} keyOf={(rule) => rule.Arn} href={(rule) => places.rule(name, rule.Name)}>
          {rules.data.length === 0 && <Empty icon="rules" title="No rules" />}
        </VirtualTable>
      )}
      {bus.data?.Policy && <JsonCard title="Policy" text={pretty(bus.data.Policy)} />}
    </Page>
  );
}
