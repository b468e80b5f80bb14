import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';

import { publishVersion } from '../api/states';
import type { Machine } from '../api/types';
import { Dialog } from '../ui/Dialog';
import { ErrorBox } from '../ui/ErrorBox';
import { Field } from '../ui/Field';

export function PublishDialog({ machine, onClose }: { machine: Machine; onClose: () => void }): ReactNode {
  const [description, setDescription] = useState('');
  const queries = useQueryClient();
  const publish = useMutation({
    mutationFn: () => publishVersion(machine.stateMachineArn, description),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['versions'] });
      onClose();
    },
  });
  return (
    <Dialog title="Publish a version" narrow submit="Publish" busy={publish.isPending} onSubmit={() => publish.mutate()} onClose={onClose}>
      <p className="muted">The definition as it is now gets a number and never changes.</p>
      <Field label="Description">
        <input className="input" value={description} maxLength={256} onChange={(event) => setDescription(event.target.value)} />
      </Field>
      {publish.error && <ErrorBox error={publish.error} />}
    </Dialog>
  );
}
