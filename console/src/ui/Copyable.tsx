import { useState, type ReactNode } from 'react';

import { Icon } from './Icon';

export function Copyable({ text }: { text: string }): ReactNode {
  const [copied, setCopied] = useState(false);
  async function copy(): Promise<void> {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), 1500);
  }
  return (
    <button type="button" className="copyable" title="Copy" onClick={() => void copy()}>
      <span className="truncate">{text}</span>
      <Icon name={copied ? 'check' : 'copy'} size={12} />
      <span className="hidden" aria-live="polite">
        {copied ? 'copied' : ''}
      </span>
    </button>
  );
}
