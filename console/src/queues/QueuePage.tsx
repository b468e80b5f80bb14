import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, useParams } from 'wouter';

import { findQueue } from '../api/messaging';
import { nameIn, places } from '../app/places';
import { pretty } from '../asl/json';
import { Copyable } from '../ui/Copyable';
import { ErrorBox } from '../ui/ErrorBox';
import { Page } from '../ui/Page';
import { dateText } from '../ui/Time';

function shown(name: string, value: string): string {
  if (name.endsWith('Timestamp')) return dateText(Number(value));
  return value.startsWith('{') ? pretty(value) : value;
}

export function QueuePage(): ReactNode {
  const name = nameIn(useParams<{ name: string }>().name);
  const { data, error } = useQuery({ queryKey: ['queue', name], queryFn: () => findQueue(name) });
  return (
    <Page title={name} crumbs={<Link to={places.queues}>Queues</Link>} sub={data && <Copyable text={data.url} />} scrolls>
      {error && <ErrorBox error={error} />}
      {data && (
        <section className="card padded" aria-label="Attributes">
          <dl className="facts">
            {Object.entries(data.attributes).map(([attribute, value]) => (
              <div key={attribute} style={{ display: 'contents' }}>
                <dt>{attribute}</dt>
                <dd className="mono log-message">{shown(attribute, value)}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
    </Page>
  );
}
