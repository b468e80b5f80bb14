import type { ReactNode } from 'react';
import { Link, useParams } from 'wouter';

import { nameIn, places } from '../app/places';
import { Page } from '../ui/Page';
import { JobList } from './JobList';

export function JobQueuePage(): ReactNode {
  const name = nameIn(useParams<{ name: string }>().name);
  return (
    <Page title={name} crumbs={<Link to={places.jobQueues}>Job queues</Link>}>
      <JobList of={{ jobQueue: name }} />
    </Page>
  );
}
