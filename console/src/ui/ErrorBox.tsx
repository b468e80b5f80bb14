import type { ReactNode } from 'react';

import { ApiError } from '../api/errors';
import { Icon } from './Icon';

/** A failure in the server's own words. */
export function ErrorBox({ error }: { error: Error }): ReactNode {
  const api = error instanceof ApiError ? error : null;
  return (
    <div className="error-box" role="alert">
      <Icon name="warning" />
      <div>
        {(api?.code ?? error.name) !== 'Error' && <b>{api?.code ?? error.name}</b>}
        <div>{error.message}</div>
        {api?.detail && <pre>{api.detail}</pre>}
        {api?.requestId && <div className="mono">Request {api.requestId}</div>}
      </div>
    </div>
  );
}
