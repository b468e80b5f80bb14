import { useMutation } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';

import { Dialog } from './Dialog';
import { ErrorBox } from './ErrorBox';
import { Field } from './Field';

interface Props {
  title: string;
  submit: string;
  /** What becomes of it. */
  about: string;
  send: (reason: string) => Promise<unknown>;
  required?: boolean;
  onDone: () => void;
  onClose: () => void;
}

/** Something is ended, and why. */
export function ReasonDialog({ title, submit, about, send, required, onDone, onClose }: Props): ReactNode {
  const [reason, setReason] = useState('');
  const sent = useMutation({
    mutationFn: () => send(reason),
    onSuccess: () => {
      onDone();
      onClose();
    },
  });
  return (
    <Dialog title={title} narrow submit={submit} busy={sent.isPending} onSubmit={() => sent.mutate()} onClose={onClose}>
      <p className="muted">{about}</p>
      <Field label="Reason">
        <input className="input" required={required} value={reason} onChange={(event) => setReason(event.target.value)} />
      </Field>
      {sent.error && <ErrorBox error={sent.error} />}
    </Dialog>
  );
}
