import type { ReactNode } from 'react';

import { JsonView } from './JsonView';

interface Props {
  title: string;
  /** What an assistant calls it, where the title is not enough. */
  label?: string;
  badge?: ReactNode;
  text: string;
}

/** A document of its own among others. */
export function JsonCard({ title, label = title, badge, text }: Props): ReactNode {
  return (
    <section className="card policy" aria-label={label}>
      <div className="card-head">
        <h3 className="truncate">{title}</h3>
        {badge}
      </div>
      <JsonView text={text} label={label} />
    </section>
  );
}
