import type { ReactNode } from 'react';

/** Names with what they stand for. What is undefined is left out. */
export function Facts({ of }: { of: Record<string, ReactNode> }): ReactNode {
  return (
    <dl className="facts">
      {Object.entries(of)
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd className="log-message">{value}</dd>
          </div>
        ))}
    </dl>
  );
}
