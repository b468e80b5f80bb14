import type { ReactNode } from 'react';

import { JsonEditor } from '../editor/JsonEditor';

interface Props {
  title: string;
  /** How much of the column it takes, beside the others. */
  size?: 'grows' | 'small';
  text: string;
  onChange: (text: string) => void;
}

/** Data that is tried out, to be edited. */
export function DataCard({ title, size, text, onChange }: Props): ReactNode {
  return (
    <section className={`card try-card ${size ?? ''}`} aria-label={title}>
      <div className="card-head">
        <h3>{title}</h3>
      </div>
      <JsonEditor label={title} text={text} onChange={onChange} />
    </section>
  );
}
