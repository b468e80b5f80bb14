import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Link, useParams } from 'wouter';

import { describeJob, hasEnded, terminateJob } from '../api/jobs';
import { nameIn, places, resourceOf } from '../app/places';
import { StatusBadge } from '../ui/Badge';
import { Button } from '../ui/Button';
import { Facts } from '../ui/Facts';
import { Page } from '../ui/Page';
import { ReasonDialog } from '../ui/ReasonDialog';
import { Attempts } from './Attempts';
import { factsOf } from './jobFacts';
import { JobList } from './JobList';

const lookAgain = 2_000;

export function JobPage(): ReactNode {
  const id = nameIn(useParams<{ id: string }>().id);
  const [ending, setEnding] = useState(false);
  const { data, error, refetch } = useQuery({
    queryKey: ['job', id],
    queryFn: () => describeJob(id),
    refetchInterval: ({ state }) => (state.data && !hasEnded(state.data) ? lookAgain : false),
  });
  const queue = data && (resourceOf(data.jobQueue).at(-1) ?? '');
  return (
    <Page
      title={data?.jobName ?? id}
      badge={data && <StatusBadge status={data.status} />}
      crumbs={
        <>
          <Link to={places.jobQueues}>Job queues</Link>
          {queue && (
            <>
              {' / '}
              <Link to={places.jobQueue(queue)}>{queue}</Link>
            </>
          )}
        </>
      }
      address={data?.jobArn}
      actions={
        data &&
        !hasEnded(data) && (
          <Button look="danger" icon="stop" onClick={() => setEnding(true)}>
            Terminate
          </Button>
        )
      }
      scrolls
      error={error}
    >
      {data && (
        <section className="card padded" aria-label="Job">
          <Facts of={factsOf(data)} />
        </section>
      )}
      {data && data.attempts.length > 0 && <Attempts of={data} />}
      {data?.arrayProperties?.size !== undefined && <JobList of={{ arrayJobId: id }} />}
      {ending && (
        <ReasonDialog
          title="Terminate this job"
          submit="Terminate"
          about="It fails, wherever it is; a container that runs is asked to end first."
          required
          send={(reason) => terminateJob(id, reason)}
          onDone={() => void refetch()}
          onClose={() => setEnding(false)}
        />
      )}
    </Page>
  );
}
