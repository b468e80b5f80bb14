import { useMutation } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';

import { testState, type Test } from '../api/states';
import { JsonEditor } from '../editor/JsonEditor';
import { Button } from '../ui/Button';
import { Empty } from '../ui/Empty';
import { ErrorBox } from '../ui/ErrorBox';
import { DataCard } from './DataCard';
import { Result } from './Result';
import type { Material } from './useMaterial';

type MockKind = 'none' | 'result' | 'error';

interface MockText {
  kind: MockKind;
  result: string;
  error: string;
  cause: string;
}

const noMock: MockText = { kind: 'result', result: '{"StatusCode": 200, "Payload": {"total": 23}}', error: 'States.TaskFailed', cause: '' };

function mockOf(mock: MockText): Pick<Test, 'mock' | 'roleArn'> {
  if (mock.kind === 'result') return { mock: { result: mock.result } };
  if (mock.kind === 'error') return { mock: { errorOutput: { error: mock.error, cause: mock.cause } } };
  return { roleArn: 'arn:aws:iam::123456789012:role/stepwell' };
}

function MockFields({ mock, onChange }: { mock: MockText; onChange: (mock: MockText) => void }): ReactNode {
  return (
    <>
      <div className="card-head">
        <h3>Task</h3>
        <span className="space" />
        <select
          className="select"
          aria-label="What its task does"
          value={mock.kind}
          onChange={(event) => onChange({ ...mock, kind: event.target.value as MockKind })}
        >
          <option value="none">Call it</option>
          <option value="result">Mock: it answers</option>
          <option value="error">Mock: it fails</option>
        </select>
      </div>
      {mock.kind === 'result' && <JsonEditor label="Answer of the task" text={mock.result} onChange={(result) => onChange({ ...mock, result })} />}
      {mock.kind === 'error' && (
        <div className="try-fields">
          <input className="input" aria-label="Error" value={mock.error} onChange={(event) => onChange({ ...mock, error: event.target.value })} />
          <input className="input" aria-label="Cause" placeholder="Cause" value={mock.cause} onChange={(event) => onChange({ ...mock, cause: event.target.value })} />
        </div>
      )}
      {mock.kind === 'none' && <p className="try-note muted">The server calls what the state names.</p>}
    </>
  );
}

const isTask = (state: string): boolean => /"Type"\s*:\s*"(Task|Map|Parallel)"/.test(state);

export function StateTest({ material }: { material: Material }): ReactNode {
  const [state, setState] = useState(material.state);
  const [input, setInput] = useState(material.input);
  const [variables, setVariables] = useState(material.variables);
  const [mock, setMock] = useState<MockText>(noMock);
  const test = useMutation({
    mutationFn: () =>
      testState({ definition: state, input, variables, inspectionLevel: 'DEBUG', ...(isTask(state) ? mockOf(mock) : {}) }),
  });
  return (
    <div className="split try-split">
      <div className="try-column">
        <section className="card try-card grows" aria-label="State">
          <div className="card-head">
            <h3>State</h3>
            <span className="space" />
            <Button look="primary" icon="play" onClick={() => test.mutate()} disabled={test.isPending}>
              Test
            </Button>
          </div>
          <JsonEditor label="State" text={state} onChange={setState} />
        </section>
        {isTask(state) && (
          <section className="card try-card" aria-label="Task">
            <MockFields mock={mock} onChange={setMock} />
          </section>
        )}
      </div>
      <div className="try-column">
        <DataCard title="Input" size="grows" text={input} onChange={setInput} />
        <DataCard title="Variables" size="small" text={variables} onChange={setVariables} />
      </div>
      <section className="card try-card grows" aria-label="Result">
        {test.error && <ErrorBox error={test.error} />}
        {test.data && <Result result={test.data} />}
        {!test.data && !test.error && (
          <Empty icon="try" title="Nothing tested yet">
            <p>The state runs once, for itself. What it does to its data is shown step by step.</p>
          </Empty>
        )}
      </section>
    </div>
  );
}
