import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, useParams } from 'wouter';

import { describeJobDefinition } from '../api/jobs';
import { nameIn, places } from '../app/places';
import { JsonCard } from '../editor/JsonCard';
import { StatusBadge } from '../ui/Badge';
import { Page } from '../ui/Page';

export function JobDefinitionPage(): ReactNode {
  const name = nameIn(useParams<{ name: string }>().name);
  const { data, error } = useQuery({ queryKey: ['jobDefinition', name], queryFn: () => describeJobDefinition(name) });
  return (
    <Page
      title={name}
      badge={data && <StatusBadge status={data.status} />}
      crumbs={<Link to={places.jobDefinitions}>Job definitions</Link>}
      address={data?.jobDefinitionArn}
      scrolls
      error={error}
    >
      {data && <JsonCard title="Definition" text={JSON.stringify(data, null, 2)} />}
    </Page>
  );
}
