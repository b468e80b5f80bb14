import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';

import { updateMachine } from '../api/states';
import type { Machine } from '../api/types';
import { pretty } from '../asl/json';
import { Button } from '../ui/Button';
import { ErrorBox } from '../ui/ErrorBox';
import { DefinitionEditor } from './DefinitionEditor';
import { useDiagnostics } from './useDiagnostics';

export function EditPane({ machine }: { machine: Machine }): ReactNode {
  const saved = pretty(machine.definition);
  const [text, setText] = useState(saved);
  const checked = useDiagnostics(text, machine.type);
  const queries = useQueryClient();
  const save = useMutation({
    mutationFn: (publish: boolean) => updateMachine(machine.stateMachineArn, text, publish),
    onSuccess: () => queries.invalidateQueries(),
  });
  const changed = text !== saved;
  const wrong = checked.error !== null || checked.marks.some((mark) => mark.severity === 'error');

  useEffect(() => {
    function keys(event: KeyboardEvent): void {
      if (!(event.ctrlKey || event.metaKey) || event.key !== 's') return;
      event.preventDefault();
      if (changed && !wrong) save.mutate(false);
    }
    window.addEventListener('keydown', keys);
    return () => window.removeEventListener('keydown', keys);
  });

  const words = save.isPending ? 'Saving…' : changed ? 'Not saved' : save.isSuccess ? 'Saved' : '';
  return (
    <>
      <div className="bar">
        <span className="muted" role="status">
          {words}
        </span>
        <span className="space" />
        <Button onClick={() => setText(saved)} disabled={!changed}>
          Discard
        </Button>
        <Button onClick={() => save.mutate(true)} disabled={wrong || save.isPending}>
          Save and publish
        </Button>
        <Button look="primary" onClick={() => save.mutate(false)} disabled={!changed || wrong || save.isPending}>
          Save
        </Button>
      </div>
      {save.error && <ErrorBox error={save.error} />}
      <DefinitionEditor name={machine.name} text={text} checked={checked} onChange={setText} />
    </>
  );
}
