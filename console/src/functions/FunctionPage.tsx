import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, useParams } from 'wouter';

import { describeFunction, type FunctionSummary } from '../api/others';
import { nameIn, places } from '../app/places';
import { Copyable } from '../ui/Copyable';
import { ErrorBox } from '../ui/ErrorBox';
import { Page } from '../ui/Page';
import { DateTime } from '../ui/Time';

function Facts({ of }: { of: FunctionSummary }): ReactNode {
  const variables = Object.keys(of.Environment?.Variables ?? {});
  return (
    <dl className="facts">
      <dt>Runtime</dt>
      <dd className="mono">{of.Runtime ?? '–'}</dd>
      <dt>Handler</dt>
      <dd className="mono">{of.Handler ?? '–'}</dd>
      <dt>Memory</dt>
      <dd className="number">{of.MemorySize} MB</dd>
      <dt>Timeout</dt>
      <dd className="number">{of.Timeout} s</dd>
      <dt>Code</dt>
      <dd className="number">{(of.CodeSize ?? 0).toLocaleString('en')} bytes</dd>
      <dt>State</dt>
      <dd>{of.State ?? '–'}</dd>
      <dt>Role</dt>
      <dd className="mono">{of.Role ?? '–'}</dd>
      <dt>Variables</dt>
      <dd className="mono">{variables.length > 0 ? variables.join(', ') : '–'}</dd>
      <dt>Changed</dt>
      <dd>
        <DateTime at={Date.parse(of.LastModified) / 1000} />
      </dd>
      <dt>Log</dt>
      <dd>
        <Link to={places.logGroup(`/aws/lambda/${of.FunctionName}`)}>/aws/lambda/{of.FunctionName}</Link>
      </dd>
    </dl>
  );
}

export function FunctionPage(): ReactNode {
  const name = nameIn(useParams<{ name: string }>().name);
  const { data, error } = useQuery({ queryKey: ['function', name], queryFn: () => describeFunction(name) });
  return (
    <Page
      title={name}
      crumbs={<Link to={places.functions}>Functions</Link>}
      sub={data && <Copyable text={data.FunctionArn} />}
      scrolls
    >
      {error && <ErrorBox error={error} />}
      {data && (
        <section className="card padded" aria-label="Configuration">
          <Facts of={data} />
        </section>
      )}
    </Page>
  );
}
