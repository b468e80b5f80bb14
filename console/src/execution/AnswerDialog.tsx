import { useMutation } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';

import { sendTaskFailure, sendTaskSuccess } from '../api/states';
import { JsonEditor } from '../editor/JsonEditor';
import { Dialog } from '../ui/Dialog';
import { ErrorBox } from '../ui/ErrorBox';
import { Field } from '../ui/Field';

export function AnswerDialog({ token, onClose }: { token: string; onClose: () => void }): ReactNode {
  const [kind, setKind] = useState<'success' | 'failure'>('success');
  const [output, setOutput] = useState('{}');
  const [error, setError] = useState('');
  const [cause, setCause] = useState('');
  const send = useMutation({
    mutationFn: () => (kind === 'success' ? sendTaskSuccess(token, output) : sendTaskFailure(token, error, cause)),
    onSuccess: onClose,
  });
  return (
    <Dialog title="Answer the task" submit="Send" busy={send.isPending} onSubmit={() => send.mutate()} onClose={onClose}>
      <Field label="The task">
        <select className="select" value={kind} onChange={(event) => setKind(event.target.value === 'failure' ? 'failure' : 'success')}>
          <option value="success">has succeeded</option>
          <option value="failure">has failed</option>
        </select>
      </Field>
      {kind === 'success' ? (
        <div className="boxed-editor low">
          <JsonEditor label="Output" text={output} onChange={setOutput} />
        </div>
      ) : (
        <>
          <Field label="Error">
            <input className="input" value={error} maxLength={256} onChange={(event) => setError(event.target.value)} />
          </Field>
          <Field label="Cause">
            <input className="input" value={cause} onChange={(event) => setCause(event.target.value)} />
          </Field>
        </>
      )}
      {send.error && <ErrorBox error={send.error} />}
    </Dialog>
  );
}
