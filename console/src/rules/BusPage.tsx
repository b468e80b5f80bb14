import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, useParams } from 'wouter';

import { describeBus, listRulesOf } from '../api/events';
import { nameIn, places } from '../app/places';
import { pretty } from '../asl/json';
import { JsonView } from '../editor/JsonView';
import { Copyable } from '../ui/Copyable';
import { Empty } from '../ui/Empty';
import { ErrorBox } from '../ui/ErrorBox';
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
    <Page title={name} crumbs={<Link to={places.buses}>Event buses</Link>} sub={bus.data && <Copyable text={bus.data.Arn} />}>
      {error && <ErrorBox error={error} />}
      {rules.data && (
        <VirtualTable label="Rules" columns={columns} rows={rules.data} keyOf={(rule) => rule.Arn} href={(rule) => places.rule(name, rule.Name)}>
          {rules.data.length === 0 && <Empty icon="rules" title="No rules" />}
        </VirtualTable>
      )}
      {bus.data?.Policy && (
        <section className="card policy" aria-label="Policy">
          <div className="card-head">
            <h3>Policy</h3>
          </div>
          <JsonView text={pretty(bus.data.Policy)} label="Policy of the bus" />
        </section>
      )}
    </Page>
  );
}
