import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, useParams } from 'wouter';

import { findQueue } from '../api/messaging';
import { nameIn, places } from '../app/places';
import { Attributes } from '../ui/Attributes';
import { Page } from '../ui/Page';

export function QueuePage(): ReactNode {
  const name = nameIn(useParams<{ name: string }>().name);
  const { data, error } = useQuery({ queryKey: ['queue', name], queryFn: () => findQueue(name) });
  return (
    <Page title={name} crumbs={<Link to={places.queues}>Queues</Link>} address={data?.url} scrolls error={error}>
      {data && <Attributes of={data.attributes} />}
    </Page>
  );
}
