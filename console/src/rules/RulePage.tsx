import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, useParams } from 'wouter';

import { describeRule, listTargets } from '../api/events';
import { nameIn, places } from '../app/places';
import { pretty } from '../asl/json';
import { JsonView } from '../editor/JsonView';
import { SwitchBadge } from '../ui/Badge';
import { Empty } from '../ui/Empty';
import { Page } from '../ui/Page';
import { TargetCard } from './TargetCard';

export function RulePage(): ReactNode {
  const params = useParams<{ bus: string; name: string }>();
  const [bus, name] = [nameIn(params.bus), nameIn(params.name)];
  const rule = useQuery({ queryKey: ['rule', bus, name], queryFn: () => describeRule(bus, name) });
  const targets = useQuery({ queryKey: ['targets', bus, name], queryFn: () => listTargets(bus, name) });
  const error = rule.error ?? targets.error;
  const data = rule.data;
  return (
    <Page
      title={name}
      badge={data && <SwitchBadge state={data.State} />}
      crumbs={
        <>
          <Link to={places.rules}>Rules</Link> / <Link to={places.bus(bus)}>{bus}</Link>
        </>
      }
      address={data?.Arn}
      sub={data?.Description}
      error={error}
    >
      {data && (
        <div className="split halves">
          <section className="card machine-side" aria-label="When">
            <div className="card-head">
              <h3>{data.ScheduleExpression ? 'Schedule' : 'Pattern'}</h3>
            </div>
            <JsonView text={data.ScheduleExpression ?? pretty(data.EventPattern)} label="When it fits" />
          </section>
          <div className="pane scrolls" role="group" aria-label="Targets" tabIndex={0}>
            {targets.data?.length === 0 && (
              <div className="card">
                <Empty icon="rules" title="No targets" />
              </div>
            )}
            {targets.data?.map((target) => <TargetCard key={target.Id} title={target.Id} target={target} />)}
          </div>
        </div>
      )}
    </Page>
  );
}
