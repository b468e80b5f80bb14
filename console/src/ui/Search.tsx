import type { ReactNode } from 'react';

import { Icon } from './Icon';

interface Props {
  label: string;
  value: string;
  onChange: (text: string) => void;
}

export function Search({ label, value, onChange }: Props): ReactNode {
  return (
    <div className="search">
      <Icon name="search" />
      <input
        className="input"
        type="search"
        data-search
        aria-label={label}
        placeholder={label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}
