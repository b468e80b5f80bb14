import type { ReactNode } from 'react';
import { Link } from 'wouter';

import { logGroupOf, type Job } from '../api/jobs';
import { ArnLink } from '../app/ArnLink';
import { places } from '../app/places';
import { DateTime, Duration } from '../ui/Time';

export function LogLink({ of: job, stream }: { of: Job; stream: string }): ReactNode {
  return <Link to={places.logStream(logGroupOf(job), stream)}>{stream}</Link>;
}

/** How many children there are, and how they fare. */
function childrenOf({ arrayProperties: array }: Job): string | undefined {
  if (array?.size === undefined) return undefined;
  const some = Object.entries(array.statusSummary ?? {}).filter(([, count]) => count > 0);
  return `${array.size.toLocaleString('en')}: ${some.map(([status, count]) => `${count.toLocaleString('en')} ${status.toLowerCase()}`).join(', ')}`;
}

function Jobs({ ids }: { ids: string[] }): ReactNode {
  return ids.map((id) => (
    <div key={id}>
      <Link to={places.job(id)}>{id}</Link>
    </div>
  ));
}

/** What a job is, and how it went. */
export function factsOf(job: Job): Record<string, ReactNode> {
  const { container, startedAt, stoppedAt, parameters = {} } = job;
  const [array = '', index] = job.jobId.split(':');
  const others = (job.dependsOn ?? []).flatMap(({ jobId }) => jobId ?? []);
  const given = Object.entries(parameters).map(([name, value]) => `${name}=${value}`);
  return {
    Definition: <ArnLink arn={job.jobDefinition} />,
    Reason: job.statusReason,
    'Exit code': container?.exitCode === undefined ? undefined : <span className="number">{container.exitCode}</span>,
    Container: container?.reason,
    Log: container?.logStreamName && <LogLink of={job} stream={container.logStreamName} />,
    Image: container?.image && <span className="mono">{container.image}</span>,
    Command: container?.command && <span className="mono">{container.command.join(' ')}</span>,
    Parameters: given.length > 0 ? <span className="mono">{given.join(', ')}</span> : undefined,
    Children: childrenOf(job),
    'Child of': index === undefined ? undefined : <Jobs ids={[array]} />,
    'Depends upon': others.length > 0 ? <Jobs ids={others} /> : undefined,
    Attempts: job.retryStrategy?.attempts && `${job.retryStrategy.attempts} at most`,
    Timeout: job.timeout?.attemptDurationSeconds && `${job.timeout.attemptDurationSeconds} s`,
    Created: <DateTime at={job.createdAt / 1000} />,
    Started: startedAt && <DateTime at={startedAt / 1000} />,
    Stopped: stoppedAt && <DateTime at={stoppedAt / 1000} />,
    Ran: startedAt && <Duration from={startedAt / 1000} to={stoppedAt && stoppedAt / 1000} />,
  };
}
