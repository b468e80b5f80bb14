import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, useParams } from 'wouter';

import { describeSchedule, nextRuns, type Schedule } from '../api/events';
import { nameIn, places } from '../app/places';
import { TargetCard } from '../rules/TargetCard';
import { SwitchBadge } from '../ui/Badge';
import { ErrorBox } from '../ui/ErrorBox';
import { Facts } from '../ui/Facts';
import { Page } from '../ui/Page';
import { DateTime } from '../ui/Time';

function windowOf({ FlexibleTimeWindow: window }: Schedule): string | undefined {
  return window?.Mode === 'FLEXIBLE' ? `within ${window.MaximumWindowInMinutes} minutes` : undefined;
}

function factsOf(schedule: Schedule): Record<string, ReactNode> {
  const { StartDate, EndDate } = schedule;
  return {
    Expression: <span className="mono">{schedule.ScheduleExpression}</span>,
    'Time zone': schedule.ScheduleExpressionTimezone,
    Window: windowOf(schedule),
    From: StartDate && <DateTime at={StartDate} />,
    To: EndDate && <DateTime at={EndDate} />,
    'When it is over': schedule.ActionAfterCompletion === 'DELETE' ? 'it is deleted' : undefined,
    Description: schedule.Description,
    Changed: <DateTime at={schedule.LastModificationDate} />,
  };
}

function Runs({ of: schedule }: { of: Schedule }): ReactNode {
  const { data, error } = useQuery({ queryKey: ['runs', schedule.Arn, schedule.LastModificationDate], queryFn: () => nextRuns(schedule) });
  return (
    <section className="card padded" aria-label="Next runs">
      <h3>
        Next runs <span className="muted">as the clock goes in {Intl.DateTimeFormat().resolvedOptions().timeZone}</span>
      </h3>
      {error && <ErrorBox error={error} />}
      {data?.length === 0 && <p className="muted">None</p>}
      <ol className="runs">
        {data?.map((at) => (
          <li key={at}>
            <DateTime at={at} />
          </li>
        ))}
      </ol>
    </section>
  );
}

export function SchedulePage(): ReactNode {
  const params = useParams<{ group: string; name: string }>();
  const [group, name] = [nameIn(params.group), nameIn(params.name)];
  const { data, error } = useQuery({ queryKey: ['schedule', group, name], queryFn: () => describeSchedule(group, name) });
  return (
    <Page
      title={name}
      badge={data && <SwitchBadge state={data.State} />}
      crumbs={
        <>
          <Link to={places.schedules}>Schedules</Link> / {group}
        </>
      }
      address={data?.Arn}
      scrolls
      error={error}
    >
      {data && (
        <>
          <div className="halves">
            <section className="card padded" aria-label="Schedule">
              <Facts of={factsOf(data)} />
            </section>
            <Runs of={data} />
          </div>
          <TargetCard title="Target" target={data.Target} />
        </>
      )}
    </Page>
  );
}
