import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, useParams } from 'wouter';

import { describeRule, listTargets } from '../api/messaging';
import { nameIn, places } from '../app/places';
import { pretty } from '../asl/json';
import { JsonView } from '../editor/JsonView';
import { Copyable } from '../ui/Copyable';
import { Empty } from '../ui/Empty';
import { ErrorBox } from '../ui/ErrorBox';
import { Page } from '../ui/Page';

function TargetLink({ arn }: { arn: string }): ReactNode {
  if (arn.includes(':stateMachine:')) return <Link to={places.machine(arn)}>{arn}</Link>;
  if (arn.includes(':sqs:')) return <Link to={places.queue(arn.split(':').pop() ?? arn)}>{arn}</Link>;
  return <Copyable text={arn} />;
}

export function RulePage(): ReactNode {
  const params = useParams<{ bus: string; name: string }>();
  const [bus, name] = [nameIn(params.bus), nameIn(params.name)];
  const rule = useQuery({ queryKey: ['rule', bus, name], queryFn: () => describeRule(bus, name) });
  const targets = useQuery({ queryKey: ['targets', bus, name], queryFn: () => listTargets(bus, name) });
  const error = rule.error ?? targets.error;
  return (
    <Page title={name} crumbs={<Link to={places.rules}>Rules</Link>} sub={rule.data && <Copyable text={rule.data.Arn} />}>
      {error && <ErrorBox error={error} />}
      <div className="split halves">
        <section className="card machine-side" aria-label="When">
          <div className="card-head">
            <h3>{rule.data?.ScheduleExpression ? 'Schedule' : 'Pattern'}</h3>
          </div>
          {rule.data && <JsonView text={rule.data.ScheduleExpression ?? pretty(rule.data.EventPattern)} label="When it fits" />}
        </section>
        <section className="card machine-side" aria-label="Targets">
          <div className="card-head">
            <h3>Targets</h3>
          </div>
          {targets.data?.length === 0 && <Empty icon="rules" title="No targets" />}
          <dl className="facts inspector-part">
            {targets.data?.map((target) => (
              <div key={target.Id} style={{ display: 'contents' }}>
                <dt>{target.Id}</dt>
                <dd className="mono">
                  <TargetLink arn={target.Arn} />
                </dd>
              </div>
            ))}
          </dl>
        </section>
      </div>
    </Page>
  );
}
