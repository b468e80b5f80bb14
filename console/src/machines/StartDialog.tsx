import { useMutation } from '@tanstack/react-query';
import { useMemo, useState, type ReactNode } from 'react';
import { useLocation } from 'wouter';

import { startExecution, startSyncExecution } from '../api/states';
import type { Machine } from '../api/types';
import { places } from '../app/places';
import { readDefinition } from '../asl/definition';
import { pretty } from '../asl/json';
import { suggestInput } from '../asl/suggest';
import { JsonEditor } from '../editor/JsonEditor';
import { JsonView } from '../editor/JsonView';
import { StatusBadge } from '../ui/Badge';
import { Dialog } from '../ui/Dialog';
import { ErrorBox } from '../ui/ErrorBox';
import { Field } from '../ui/Field';
import { recentInputs, rememberInput } from './recent';

interface Props {
  machine: Pick<Machine, 'stateMachineArn' | 'name' | 'type' | 'definition'>;
  /** An input to begin with. */
  input?: string;
  onClose: () => void;
}

export function StartDialog({ machine, input, onClose }: Props): ReactNode {
  const [, go] = useLocation();
  const recent = useMemo(() => recentInputs(machine.stateMachineArn), [machine.stateMachineArn]);
  const suggested = useMemo(() => {
    const definition = readDefinition(machine.definition);
    return definition ? suggestInput(definition) : '{}';
  }, [machine.definition]);
  const [name, setName] = useState('');
  const [text, setText] = useState(input ?? recent[0] ?? suggested);
  const express = machine.type === 'EXPRESS';

  const start = useMutation({
    mutationFn: async () => {
      rememberInput(machine.stateMachineArn, text);
      if (express) return startSyncExecution(machine.stateMachineArn, name, text);
      const { executionArn } = await startExecution(machine.stateMachineArn, name, text);
      onClose();
      go(places.execution(executionArn));
      return null;
    },
  });

  return (
    <Dialog
      title={`Start an execution of ${machine.name}`}
      submit={express ? 'Run' : 'Start'}
      busy={start.isPending}
      onSubmit={() => start.mutate()}
      onClose={onClose}
    >
      <Field label="Name" hint="Left empty, it gets one">
        <input className="input" value={name} maxLength={80} onChange={(event) => setName(event.target.value)} />
      </Field>
      <div className="bar">
        <label className="field start-from">
          <span>Input</span>
          <select className="select" value="" onChange={(event) => setText(event.target.value)} aria-label="Begin with">
            <option value="" disabled>
              Begin with…
            </option>
            <option value={suggested}>what the definition reads</option>
            {recent.map((each) => (
              <option key={each} value={each}>
                {each.replace(/\s+/g, ' ').slice(0, 70)}
              </option>
            ))}
          </select>
        </label>
      </div>
      <div className="boxed-editor">
        <JsonEditor label="Input" text={text} onChange={setText} />
      </div>
      {start.error && <ErrorBox error={start.error} />}
      {start.data && (
        <>
          <StatusBadge status={start.data.status} />
          {start.data.error && (
            <p>
              <b>{start.data.error}</b> {start.data.cause}
            </p>
          )}
          {start.data.output !== undefined && (
            <div className="boxed-editor low">
              <JsonView text={pretty(start.data.output)} label="Output" />
            </div>
          )}
        </>
      )}
    </Dialog>
  );
}
