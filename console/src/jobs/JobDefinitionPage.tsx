import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, useParams } from 'wouter';

import { describeJobDefinition } from '../api/jobs';
import { nameIn, places } from '../app/places';
import { JsonView } from '../editor/JsonView';
import { StatusBadge } from '../ui/Badge';
import { Copyable } from '../ui/Copyable';
import { ErrorBox } from '../ui/ErrorBox';
import { Page } from '../ui/Page';

export function JobDefinitionPage(): ReactNode {
  const name = nameIn(useParams<{ name: string }>().name);
  const { data, error } = useQuery({ queryKey: ['jobDefinition', name], queryFn: () => describeJobDefinition(name) });
  return (
    <Page
      title={name}
      heading={
        <>
          {name} {data && <StatusBadge status={data.status} />}
        </>
      }
      crumbs={<Link to={places.jobDefinitions}>Job definitions</Link>}
      sub={data && <Copyable text={data.jobDefinitionArn} />}
      scrolls
    >
      {error && <ErrorBox error={error} />}
      {data && (
        <section className="card policy" aria-label="Definition">
          <div className="card-head">
            <h3>Definition</h3>
          </div>
          <JsonView text={JSON.stringify(data, null, 2)} label="Definition of the job" />
        </section>
      )}
    </Page>
  );
}
