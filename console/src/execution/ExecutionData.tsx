import { useState, type ReactNode } from 'react';

import { comparable, pretty } from '../asl/json';
import { JsonDiff } from '../editor/JsonDiff';
import { JsonView } from '../editor/JsonView';
import { Empty } from '../ui/Empty';
import { Tabs } from '../ui/Tabs';
import { Failure } from './Failure';
import { useWhole } from './useWhole';
import type { View } from './view';

const tabs = [
  { id: 'input', title: 'Input' },
  { id: 'output', title: 'Output' },
  { id: 'change', title: 'Change' },
];

/** What the whole execution was given, and what came of it. */
export function ExecutionData({ view }: { view: View }): ReactNode {
  const ended = view.at === null && view.status !== 'RUNNING';
  const [tab, setTab] = useState('input');
  const input = useWhole(view.arn, view.events[0], 'input');
  const output = ended ? view.execution?.output : undefined;
  const error = ended ? view.execution?.error : undefined;
  return (
    <>
      <div className="card-head">
        <h3>Execution</h3>
        <span className="muted">choose a state to see its data</span>
      </div>
      {error !== undefined && <Failure error={error} cause={view.execution?.cause} />}
      <Tabs label="Data of the execution" tabs={tabs} current={tab} onChange={setTab} />
      {tab === 'input' && <JsonView text={pretty(input)} label="Input of the execution" />}
      {tab === 'output' && output !== undefined && <JsonView text={pretty(output)} label="Output of the execution" />}
      {tab !== 'input' && output === undefined && <Empty icon="Wait" title={ended ? 'No output' : 'Not ended yet'} />}
      {tab === 'change' && output !== undefined && <JsonDiff narrow before={comparable(input)} after={comparable(output)} label="Input and output" />}
    </>
  );
}
