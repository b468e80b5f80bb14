import type { ReactNode } from 'react';

/** How something failed: the error's name, and its cause as far as there is one. */
export function Failure({ error, cause }: { error: string; cause?: string | undefined }): ReactNode {
  return (
    <div className="failure" role="group" aria-label="Failure" tabIndex={0}>
      <b>{error}</b>
      <span>{cause}</span>
    </div>
  );
}
