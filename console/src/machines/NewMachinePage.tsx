import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Link, useLocation } from 'wouter';

import { createMachine } from '../api/states';
import { places } from '../app/places';
import { Button } from '../ui/Button';
import { ErrorBox } from '../ui/ErrorBox';
import { Field } from '../ui/Field';
import { Page } from '../ui/Page';
import { DefinitionEditor } from './DefinitionEditor';
import { useDiagnostics } from './useDiagnostics';

const first = JSON.stringify(
  {
    Comment: 'What it does',
    QueryLanguage: 'JSONata',
    StartAt: 'Greet',
    States: {
      Greet: {
        Type: 'Pass',
        Output: { greeting: "{% 'Hello, ' & $states.input.name & '!' %}" },
        End: true,
      },
    },
  },
  null,
  2,
);

export function NewMachinePage(): ReactNode {
  const [name, setName] = useState('');
  const [type, setType] = useState('STANDARD');
  const [roleArn, setRoleArn] = useState('arn:aws:iam::123456789012:role/stepwell');
  const [text, setText] = useState(first);
  const checked = useDiagnostics(text, type);
  const [, go] = useLocation();
  const queries = useQueryClient();
  const create = useMutation({
    mutationFn: () => createMachine({ name, type, roleArn, definition: text }),
    onSuccess: async ({ stateMachineArn }) => {
      await queries.invalidateQueries({ queryKey: ['machines'] });
      go(places.machine(stateMachineArn));
    },
  });
  const wrong = checked.error !== null || checked.marks.some((mark) => mark.severity === 'error');
  return (
    <Page
      title="New state machine"
      crumbs={<Link to={places.machines}>State machines</Link>}
      actions={
        <Button look="primary" disabled={!name || wrong || create.isPending} onClick={() => create.mutate()}>
          Create
        </Button>
      }
    >
      <div className="new-machine">
        <Field label="Name">
          <input className="input" autoFocus value={name} maxLength={80} onChange={(event) => setName(event.target.value)} />
        </Field>
        <Field label="Type">
          <select className="select" value={type} onChange={(event) => setType(event.target.value)}>
            <option value="STANDARD">Standard</option>
            <option value="EXPRESS">Express</option>
          </select>
        </Field>
        <Field label="Role ARN">
          <input className="input mono" value={roleArn} onChange={(event) => setRoleArn(event.target.value)} />
        </Field>
      </div>
      {create.error && <ErrorBox error={create.error} />}
      <DefinitionEditor name={name || 'machine'} text={text} checked={checked} onChange={setText} />
    </Page>
  );
}
