import type { ReactNode } from 'react';

import { pretty } from '../asl/json';
import { Facts } from './Facts';
import { dateText } from './Time';

function shown(name: string, value: string): string {
  if (name.endsWith('Timestamp')) return dateText(Number(value));
  return value.startsWith('{') ? pretty(value) : value || '–';
}

/** Attributes as AWS names them. */
export function Attributes({ of }: { of: Record<string, string> }): ReactNode {
  const facts = Object.entries(of).map(([name, value]): [string, ReactNode] => [
    name,
    <span key={name} className="mono">
      {shown(name, value)}
    </span>,
  ]);
  return (
    <section className="card padded" aria-label="Attributes">
      <Facts of={Object.fromEntries(facts)} />
    </section>
  );
}
