import { useMemo, useState, type ReactNode } from 'react';
import { Link } from 'wouter';

import { places } from '../app/places';
import { comparable, pretty } from '../asl/json';
import { JsonDiff } from '../editor/JsonDiff';
import { JsonView } from '../editor/JsonView';
import type { Visit } from '../history/model';
import { variablesOf } from '../history/variables';
import { Button } from '../ui/Button';
import { Empty } from '../ui/Empty';
import { hasIcon, Icon } from '../ui/Icon';
import { Tabs } from '../ui/Tabs';
import { Duration } from '../ui/Time';
import { Failure } from './Failure';
import { TaskPart } from './TaskPart';
import { useWhole } from './useWhole';
import type { View } from './view';

const tabs = [
  { id: 'input', title: 'Input' },
  { id: 'output', title: 'Output' },
  { id: 'change', title: 'Change' },
  { id: 'variables', title: 'Variables' },
  { id: 'definition', title: 'Definition' },
];

function Visits({ view, visit }: { view: View; visit: Visit }): ReactNode {
  const all = view.model.byState.get(visit.name) ?? [];
  if (all.length < 2) return null;
  const at = all.findIndex((each) => each.id === visit.id);
  return (
    <span className="visit-picker number">
      <Button small icon="back" label="Visit before" disabled={at <= 0} onClick={() => view.select(all[at - 1] ?? null)} />
      {at + 1} of {all.length}
      <Button small icon="forward" label="Next visit" disabled={at >= all.length - 1} onClick={() => view.select(all[at + 1] ?? null)} />
    </span>
  );
}

function Variables({ view, visit }: { view: View; visit: Visit }): ReactNode {
  const { before, after } = useMemo(() => variablesOf(view.model, visit), [view.model, visit]);
  if (Object.keys(after).length === 0) {
    return (
      <Empty icon="Pass" title="No variables">
        <p>States give variables their values with Assign.</p>
      </Empty>
    );
  }
  return <JsonDiff narrow before={comparable(JSON.stringify(before))} after={comparable(JSON.stringify(after))} label="Variables" />;
}

export function VisitInspector({ view, visit }: { view: View; visit: Visit }): ReactNode {
  const [tab, setTab] = useState('input');
  const entered = view.events[visit.id - 1];
  const exited = visit.exitEvent === null ? undefined : view.events[visit.exitEvent - 1];
  const input = useWhole(view.arn, entered, 'input');
  const output = useWhole(view.arn, exited, 'output');
  const state = view.definition?.states.get(visit.name);
  const test = `${places.trying()}?execution=${encodeURIComponent(view.arn)}&visit=${visit.id}`;
  return (
    <>
      <div className="card-head">
        <span className={`box-icon of-${visit.type}`}>{hasIcon(visit.type) && <Icon name={visit.type} size={14} />}</span>
        <h3 className="truncate">{visit.name}</h3>
        <span className={`badge tone-${visit.status}`}>{visit.status}</span>
        <span className="space" />
        <Visits view={view} visit={visit} />
        <Button small look="plain" icon="close" label="Back to the execution" onClick={() => view.select(null)} />
      </div>
      <div className="state-facts">
        <span className="muted">{visit.type}</span>
        <Duration from={visit.enteredAt} to={visit.exitedAt ?? view.model.endedAt} />
        {visit.iteration !== null && <span>iteration {visit.iteration}</span>}
        <Link to={test}>Test with this data</Link>
        <Link to={test.replace('/try', '/try/jsonata')}>Playground</Link>
      </div>
      {visit.error && <Failure error={visit.error} cause={visit.cause} />}
      <TaskPart view={view} visit={visit} />
      <Tabs label={`Data of ${visit.name}`} tabs={tabs} current={tab} onChange={setTab} />
      {tab === 'input' && <JsonView text={pretty(input)} label={`Input of ${visit.name}`} />}
      {(tab === 'output' || tab === 'change') && output === undefined && <Empty icon="Wait" title={visit.status === 'running' ? 'Not left yet' : 'No output'} />}
      {tab === 'output' && output !== undefined && <JsonView text={pretty(output)} label={`Output of ${visit.name}`} />}
      {tab === 'change' && output !== undefined && <JsonDiff narrow before={comparable(input)} after={comparable(output)} label="Input and output" />}
      {tab === 'variables' && <Variables view={view} visit={visit} />}
      {tab === 'definition' && <JsonView text={JSON.stringify(state?.fields ?? {}, null, 2)} label={`Definition of ${visit.name}`} />}
    </>
  );
}
