import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';

import { jobStatuses, listJobs, type JobOwner, type JobSummary } from '../api/jobs';
import { places } from '../app/places';
import { useParam } from '../app/useParam';
import { Badge, StatusBadge } from '../ui/Badge';
import { Button } from '../ui/Button';
import { orDash } from '../ui/columns';
import { Empty } from '../ui/Empty';
import { ErrorBox } from '../ui/ErrorBox';
import { Search } from '../ui/Search';
import { DateTime, Duration } from '../ui/Time';
import { VirtualTable, type Column } from '../ui/VirtualTable';

const word = (status: string): string => status.charAt(0) + status.slice(1).toLowerCase();

function JobName({ of: job }: { of: JobSummary }): ReactNode {
  const { size, index } = job.arrayProperties ?? {};
  return (
    <>
      <span className="table-name">{job.jobName}</span> {index !== undefined && <span className="number muted">{index}</span>}
      {size !== undefined && <Badge>{size.toLocaleString('en')} children</Badge>}
    </>
  );
}

const columns: Column<JobSummary>[] = [
  { title: 'Name', width: 'minmax(0, 1.2fr)', cell: (job) => <JobName of={job} /> },
  { title: 'Status', width: '130px', cell: (job) => <StatusBadge status={job.status} /> },
  { title: 'Exit code', width: '90px', cell: (job) => <span className="number">{job.container?.exitCode ?? '–'}</span> },
  { title: 'Reason', width: 'minmax(0, 1fr)', cell: (job) => orDash(job.statusReason) },
  { title: 'Created', width: '180px', cell: (job) => <DateTime at={job.createdAt / 1000} /> },
  {
    title: 'Ran',
    width: '110px',
    cell: ({ startedAt, stoppedAt }) =>
      startedAt === undefined ? <span className="muted">–</span> : <Duration from={startedAt / 1000} to={stoppedAt === undefined ? null : stoppedAt / 1000} />,
  },
];

/** The jobs of a queue or of an array, by status and name. */
export function JobList({ of: owner }: { of: JobOwner }): ReactNode {
  const [status, setStatus] = useParam('status');
  const [name, setName] = useParam('name');
  const { data, error, refetch } = useQuery({ queryKey: ['jobs', owner, status], queryFn: () => listJobs(owner, status) });
  const found = (data ?? []).filter((job) => job.jobName.toLowerCase().includes(name.toLowerCase()));
  const filters = status !== '' || name !== '';
  return (
    <>
      {error && <ErrorBox error={error} />}
      <div className="bar" role="search" aria-label="Jobs">
        {'jobQueue' in owner && <Search label="Name" value={name} onChange={setName} />}
        <select className="select" aria-label="Status" value={status} onChange={(event) => setStatus(event.target.value)}>
          <option value="">Any status</option>
          {jobStatuses.map((each) => (
            <option key={each} value={each}>
              {word(each)}
            </option>
          ))}
        </select>
        <span className="space" />
        <Button icon="redrive" label="Look again" onClick={() => void refetch()} />
      </div>
      <VirtualTable label="Jobs" columns={columns} rows={found} keyOf={(job) => job.jobId} href={(job) => places.job(job.jobId)}>
        {data && found.length === 0 && (
          <Empty icon="jobs" title={filters ? 'No job fits' : 'No jobs'}>
            <p>{filters ? 'Take a filter away.' : 'A workflow submits one with batch:submitJob, as does any AWS client.'}</p>
          </Empty>
        )}
        {found.length > 0 && (
          <div className="table-foot number" role="status">
            {found.length.toLocaleString('en')} found
          </div>
        )}
      </VirtualTable>
    </>
  );
}
