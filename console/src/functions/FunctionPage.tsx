import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, useParams } from 'wouter';

import { describeFunction, type FunctionSummary } from '../api/others';
import { ArnLink } from '../app/ArnLink';
import { nameIn, places } from '../app/places';
import { Facts } from '../ui/Facts';
import { Page } from '../ui/Page';
import { DateTime } from '../ui/Time';

function factsOf(of: FunctionSummary): Record<string, ReactNode> {
  const variables = Object.keys(of.Environment?.Variables ?? {});
  const log = `/aws/lambda/${of.FunctionName}`;
  return {
    Description: of.Description || undefined,
    Runtime: of.Runtime,
    Handler: of.Handler && <span className="mono">{of.Handler}</span>,
    Memory: `${of.MemorySize} MB`,
    Timeout: `${of.Timeout} s`,
    Code: `${(of.CodeSize ?? 0).toLocaleString('en')} bytes`,
    State: of.State,
    Role: of.Role && <ArnLink arn={of.Role} />,
    Variables: variables.length > 0 ? <span className="mono">{variables.join(', ')}</span> : undefined,
    Changed: <DateTime at={Date.parse(of.LastModified) / 1000} />,
    Log: <Link to={places.logGroup(log)}>{log}</Link>,
  };
}

export function FunctionPage(): ReactNode {
  const name = nameIn(useParams<{ name: string }>().name);
  const { data, error } = useQuery({ queryKey: ['function', name], queryFn: () => describeFunction(name) });
  return (
    <Page
      title={name}
      crumbs={<Link to={places.functions}>Functions</Link>}
      address={data?.FunctionArn}
      scrolls
      error={error}
    >
      {data && (
        <section className="card padded" aria-label="Configuration">
          <Facts of={factsOf(data)} />
        </section>
      )}
    </Page>
  );
}
