import { useMutation } from '@tanstack/react-query';
import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { useLocation } from 'wouter';

import { fork } from '../api/console';
import { places } from '../app/places';
import { pretty } from '../asl/json';
import { JsonEditor } from '../editor/JsonEditor';
import type { Visit } from '../history/model';
import { variablesOf } from '../history/variables';
import { Dialog } from '../ui/Dialog';
import { ErrorBox } from '../ui/ErrorBox';
import { Field } from '../ui/Field';
import { useWhole } from './useWhole';
import type { View } from './view';

/** A new execution that begins at a state of this one, with data that can be changed first. */
export function ForkDialog({ view, onClose }: { view: View; onClose: () => void }): ReactNode {
  const [, go] = useLocation();
  const { visits } = view.model;
  const [visit, setVisit] = useState<Visit | undefined>(view.visit ?? visits.at(-1));
  const whole = useWhole(view.arn, visit ? view.events[visit.id - 1] : undefined, 'input');
  const variables = useMemo(() => (visit ? JSON.stringify(variablesOf(view.model, visit).before, null, 2) : '{}'), [view.model, visit]);
  const [input, setInput] = useState('');
  const [assigned, setAssigned] = useState('{}');
  useEffect(() => setInput(pretty(whole)), [whole]);
  useEffect(() => setAssigned(variables), [variables]);

  const start = useMutation({
    mutationFn: () => fork(view.arn, visit?.id ?? 0, input, assigned),
    onSuccess: ({ executionArn }) => {
      onClose();
      go(places.execution(executionArn));
    },
  });
  return (
    <Dialog title="Fork" submit="Start from here" busy={start.isPending} onSubmit={() => start.mutate()} onClose={onClose}>
      <p className="muted">A new execution of the same definition that begins at this state. This one stays as it is.</p>
      <Field label="Begin at">
        <select
          className="select"
          value={visit?.id ?? ''}
          onChange={(event) => setVisit(visits.find((each) => each.id === Number(event.target.value)))}
        >
          {visits.slice(-500).map((each) => (
            <option key={each.id} value={each.id}>
              {each.name} (event {each.id})
            </option>
          ))}
        </select>
      </Field>
      <div className="field">
        <span>Input of the state</span>
        <div className="boxed-editor low">
          <JsonEditor label="Input of the state" text={input} onChange={setInput} />
        </div>
      </div>
      <div className="field">
        <span>Variables</span>
        <div className="boxed-editor low">
          <JsonEditor label="Variables" text={assigned} onChange={setAssigned} />
        </div>
      </div>
      {start.error && <ErrorBox error={start.error} />}
    </Dialog>
  );
}
