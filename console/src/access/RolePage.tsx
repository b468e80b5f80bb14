import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, useParams } from 'wouter';

import { describeRole, policiesOf } from '../api/access';
import { nameIn, places } from '../app/places';
import { pretty } from '../asl/json';
import { JsonView } from '../editor/JsonView';
import { Badge } from '../ui/Badge';
import { Copyable } from '../ui/Copyable';
import { Empty } from '../ui/Empty';
import { ErrorBox } from '../ui/ErrorBox';
import { Page } from '../ui/Page';

function Document({ title, badge, text }: { title: string; badge?: string; text: string }): ReactNode {
  return (
    <section className="card policy" aria-label={title}>
      <div className="card-head">
        <h3 className="truncate">{title}</h3>
        {badge && <Badge>{badge}</Badge>}
      </div>
      <JsonView text={pretty(text)} label={title} />
    </section>
  );
}

export function RolePage(): ReactNode {
  const name = nameIn(useParams<{ name: string }>().name);
  const role = useQuery({ queryKey: ['role', name], queryFn: () => describeRole(name) });
  const policies = useQuery({ queryKey: ['policiesOf', name], queryFn: () => policiesOf(name) });
  const error = role.error ?? policies.error;
  return (
    <Page
      title={name}
      crumbs={<Link to={places.roles}>Roles</Link>}
      sub={
        role.data && (
          <>
            <Copyable text={role.data.arn} />
            <span>{role.data.description}</span>
          </>
        )
      }
      scrolls
    >
      {error && <ErrorBox error={error} />}
      {role.data && <Document title="Who may take it" text={role.data.trust} />}
      {policies.data?.map((policy) => (
        <Document key={`${policy.arn ?? ''}${policy.name}`} title={policy.name} badge={policy.arn ? 'attached' : 'inline'} text={policy.document} />
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
