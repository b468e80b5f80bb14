import { useState, type ReactNode } from 'react';

import type { TestResult } from '../api/types';
import { pretty } from '../asl/json';
import { JsonView } from '../editor/JsonView';
import { Failure } from '../execution/Failure';
import { StatusBadge } from '../ui/Badge';

/** In the order in which a state does them. */
const steps: [string, string][] = [
  ['input', 'Input'],
  ['afterInputPath', 'After InputPath'],
  ['afterParameters', 'After Parameters'],
  ['afterArguments', 'After Arguments'],
  ['afterItemsPath', 'After ItemsPath'],
  ['afterItemSelector', 'After ItemSelector'],
  ['result', 'Result'],
  ['afterResultSelector', 'After ResultSelector'],
  ['afterResultPath', 'After ResultPath'],
  ['variables', 'Variables'],
  ['errorDetails', 'Error'],
  ['request', 'Request'],
  ['response', 'Response'],
];

function textOf(value: unknown): string {
  return typeof value === 'string' ? pretty(value) : JSON.stringify(value, null, 2);
}

export function Result({ result }: { result: TestResult }): ReactNode {
  const data: Record<string, unknown> = { ...result.inspectionData };
  const all = [...steps.filter(([id]) => data[id] !== undefined), ...(result.output === undefined ? [] : [['output', 'Output'] as [string, string]])];
  const [chosen, setChosen] = useState('output');
  const step = all.find(([id]) => id === chosen) ?? all.at(-1);
  const text = step?.[0] === 'output' ? pretty(result.output) : textOf(data[step?.[0] ?? '']);
  return (
    <>
      <div className="card-head">
        <h3>Result</h3>
        <StatusBadge status={result.status} />
        <span className="space" />
        {result.nextState && <span className="muted">goes on with {result.nextState}</span>}
      </div>
      {result.error && <Failure error={result.error} cause={result.cause} />}
      <div className="steps" role="group" aria-label="Steps">
        {all.map(([id, title]) => (
          <button key={id} type="button" className="step" aria-pressed={id === step?.[0]} onClick={() => setChosen(id)}>
            {title}
          </button>
        ))}
      </div>
      {step && <JsonView text={text} label={step[1]} />}
    </>
  );
}
