import type { ReactNode } from 'react';

import type { Target } from '../api/events';
import { ArnLink } from '../app/ArnLink';

function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}

/** Where events or runs of a schedule go, and how. */
export function TargetCard({ title, target }: { title: string; target: Partial<Target> & { Arn: string } }): ReactNode {
  const { Arn, Id, RoleArn, ...rest } = target;
  return (
    <section className="card" aria-label={`Target ${Id ?? ''}`}>
      <div className="card-head">
        <h3>{title}</h3>
      </div>
      <dl className="facts inspector-part">
        <dt>Target</dt>
        <dd className="mono">
          <ArnLink arn={Arn} />
        </dd>
        {RoleArn && (
          <>
            <dt>Role</dt>
            <dd className="mono">
              <ArnLink arn={RoleArn} />
            </dd>
          </>
        )}
        {Object.entries(rest).map(([name, value]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd className="mono log-message">{shown(value)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
