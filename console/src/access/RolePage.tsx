import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, useParams } from 'wouter';

import { describeRole, policiesOf } from '../api/access';
import { nameIn, places } from '../app/places';
import { pretty } from '../asl/json';
import { JsonCard } from '../editor/JsonCard';
import { Badge } from '../ui/Badge';
import { Empty } from '../ui/Empty';
import { Page } from '../ui/Page';

export function RolePage(): ReactNode {
  const name = nameIn(useParams<{ name: string }>().name);
  const role = useQuery({ queryKey: ['role', name], queryFn: () => describeRole(name) });
  const policies = useQuery({ queryKey: ['policiesOf', name], queryFn: () => policiesOf(name) });
  const error = role.error ?? policies.error;
  return (
    <Page
      title={name}
      crumbs={<Link to={places.roles}>Roles</Link>}
      address={role.data?.arn}
      sub={role.data?.description}
      scrolls
      error={error}
    >
      {role.data && <JsonCard title="Who may take it" text={pretty(role.data.trust)} />}
      {policies.data?.map((policy) => (
        <JsonCard
          key={`${policy.arn ?? ''}${policy.name}`}
          title={policy.name}
          badge={<Badge>{policy.arn ? 'attached' : 'inline'}</Badge>}
          text={pretty(policy.document)}
        />
      ))}
      {policies.data?.length === 0 && (
        <div className="card">
          <Empty icon="roles" title="No policies">
            <p>Where permissions are checked, this role may do nothing.</p>
          </Empty>
        </div>
      )}
    </Page>
  );
}
