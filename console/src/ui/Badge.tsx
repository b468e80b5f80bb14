import type { ReactNode } from 'react';

const tones: Record<string, string> = {
  RUNNING: 'running',
  PENDING_REDRIVE: 'running',
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
  TIMED_OUT: 'failed',
  ABORTED: 'aborted',
  STARTING: 'running',
  ACTIVE: 'succeeded',
  DELETING: 'failed',
};

const words: Record<string, string> = { TIMED_OUT: 'Timed out', PENDING_REDRIVE: 'Pending redrive' };

export const toneOf = (status: string): string => tones[status] ?? status.toLowerCase();

function statusWord(status: string): string {
  return words[status] ?? status.charAt(0).toUpperCase() + status.slice(1).toLowerCase();
}

export function StatusBadge({ status }: { status: string }): ReactNode {
  return (
    <span className={`badge tone-${toneOf(status)}`}>
      <i />
      {statusWord(status)}
    </span>
  );
}

export function Badge({ children }: { children: ReactNode }): ReactNode {
  return <span className="badge">{children}</span>;
}

/** Whether something is switched on: ENABLED, DISABLED. */
export function SwitchBadge({ state }: { state: string | undefined }): ReactNode {
  const word = (state ?? '').replace(/_.*/, '');
  return <span className={`badge${word === 'ENABLED' ? ' tone-succeeded' : ''}`}>{word.charAt(0) + word.slice(1).toLowerCase()}</span>;
}
