import { useMutation } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';

import { stopExecution } from '../api/states';
import { Dialog } from '../ui/Dialog';
import { ErrorBox } from '../ui/ErrorBox';
import { Field } from '../ui/Field';

export function StopDialog({ arn, onClose }: { arn: string; onClose: () => void }): ReactNode {
  const [error, setError] = useState('');
  const [cause, setCause] = useState('');
  const stop = useMutation({ mutationFn: () => stopExecution(arn, error, cause), onSuccess: onClose });
  return (
    <Dialog title="Stop this execution" narrow submit="Stop" busy={stop.isPending} onSubmit={() => stop.mutate()} onClose={onClose}>
      <p className="muted">It ends as aborted. What it has done stays done; it can be redriven.</p>
      <Field label="Error">
        <input className="input" value={error} maxLength={256} onChange={(event) => setError(event.target.value)} />
      </Field>
      <Field label="Cause">
        <input className="input" value={cause} onChange={(event) => setCause(event.target.value)} />
      </Field>
      {stop.error && <ErrorBox error={stop.error} />}
    </Dialog>
  );
}
