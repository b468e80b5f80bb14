import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, useParams } from 'wouter';

import { describeTaskDefinition, type TaskDefinition } from '../api/clusters';
import { ArnLink } from '../app/ArnLink';
import { nameIn, places } from '../app/places';
import { JsonCard } from '../editor/JsonCard';
import { StatusBadge } from '../ui/Badge';
import { Facts } from '../ui/Facts';
import { Page } from '../ui/Page';
import { DateTime } from '../ui/Time';

function factsOf(definition: TaskDefinition): Record<string, ReactNode> {
  const { taskRoleArn, executionRoleArn } = definition;
  return {
    Family: definition.family,
    Revision: <span className="number">{definition.revision}</span>,
    CPU: definition.cpu,
    Memory: definition.memory && `${definition.memory} MB`,
    Network: definition.networkMode,
    'Role of the task': taskRoleArn && <ArnLink arn={taskRoleArn} />,
    'Role of its start': executionRoleArn && <ArnLink arn={executionRoleArn} />,
    Registered: <DateTime at={definition.registeredAt} />,
  };
}

export function TaskDefinitionPage(): ReactNode {
  const name = nameIn(useParams<{ name: string }>().name);
  const { data, error } = useQuery({ queryKey: ['taskDefinition', name], queryFn: () => describeTaskDefinition(name) });
  return (
    <Page
      title={name}
      badge={data && <StatusBadge status={data.status} />}
      crumbs={<Link to={places.taskDefinitions}>Task definitions</Link>}
      address={data?.taskDefinitionArn}
      scrolls
      error={error}
    >
      {data && (
        <section className="card padded" aria-label="Configuration">
          <Facts of={factsOf(data)} />
        </section>
      )}
      {data?.containerDefinitions.map((container) => (
        <JsonCard key={container.name} title={container.name} label={`Container ${container.name}`} text={JSON.stringify(container, null, 2)} />
      ))}
    </Page>
  );
}
