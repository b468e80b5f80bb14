import type { ReactNode } from 'react';

import type { Attempt, Job } from '../api/jobs';
import { DateTime, Duration } from '../ui/Time';
import { VirtualTable, type Column } from '../ui/VirtualTable';
import { LogLink } from './jobFacts';

interface Numbered extends Attempt {
  number: number;
}

const seconds = (milliseconds: number | undefined): number | undefined => (milliseconds === undefined ? undefined : milliseconds / 1000);

const columnsOf = (job: Job): Column<Numbered>[] => [
  { title: 'Attempt', width: '80px', cell: (attempt) => <span className="number">{attempt.number}</span> },
  { title: 'Exit code', width: '90px', cell: (attempt) => <span className="number">{attempt.container.exitCode ?? '–'}</span> },
  { title: 'Reason', width: 'minmax(0, 2fr)', cell: (attempt) => attempt.container.reason ?? attempt.statusReason ?? <span className="muted">–</span> },
  { title: 'Started', width: '180px', cell: (attempt) => <DateTime at={seconds(attempt.startedAt)} /> },
  {
    title: 'Ran',
    width: '110px',
    cell: ({ startedAt, stoppedAt }) =>
      startedAt === undefined ? <span className="muted">–</span> : <Duration from={startedAt / 1000} to={seconds(stoppedAt)} />,
  },
  {
    title: 'Log',
    width: 'minmax(0, 1fr)',
    cell: ({ container: { logStreamName } }) => (logStreamName ? <LogLink of={job} stream={logStreamName} /> : <span className="muted">–</span>),
  },
];

/** Each time that a job's container was tried. */
export function Attempts({ of: job }: { of: Job }): ReactNode {
  const rows = job.attempts.map((attempt, i): Numbered => ({ ...attempt, number: i + 1 }));
  return <VirtualTable label="Attempts" columns={columnsOf(job)} rows={rows} keyOf={(attempt) => attempt.number} />;
}
