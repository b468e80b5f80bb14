import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';

import { describeMachine, listVersions } from '../api/states';
import type { Machine, MachineVersion } from '../api/types';
import { nameOf } from '../app/places';
import { useParam } from '../app/useParam';
import { pretty } from '../asl/json';
import { JsonDiff } from '../editor/JsonDiff';
import { Empty } from '../ui/Empty';
import { ErrorBox } from '../ui/ErrorBox';

interface PickProps {
  label: string;
  value: string;
  latest: string;
  versions: MachineVersion[];
  onChange: (arn: string) => void;
}

function Pick({ label, value, latest, versions, onChange }: PickProps): ReactNode {
  return (
    <select className="select" aria-label={label} value={value} onChange={(event) => onChange(event.target.value)}>
      <option value={latest}>Latest</option>
      {versions.map((each) => (
        <option key={each.stateMachineVersionArn} value={each.stateMachineVersionArn}>
          Version {nameOf(each.stateMachineVersionArn)}
        </option>
      ))}
    </select>
  );
}

/** Two versions of a definition, side by side. */
export function ComparePane({ machine }: { machine: Machine }): ReactNode {
  const latest = machine.stateMachineArn;
  const [before, setBefore] = useParam('before');
  const [after, setAfter] = useParam('after');
  const versions = useQuery({ queryKey: ['versions', latest], queryFn: () => listVersions(latest) });
  const all = versions.data ?? [];
  const left = before || all[0]?.stateMachineVersionArn || latest;
  const right = after || latest;
  const a = useQuery({ queryKey: ['machine', left], queryFn: () => describeMachine(left) });
  const b = useQuery({ queryKey: ['machine', right], queryFn: () => describeMachine(right) });
  const error = versions.error ?? a.error ?? b.error;

  if (versions.data?.length === 0) {
    return (
      <div className="card">
        <Empty icon="machines" title="Nothing to compare with">
          <p>Publish a version first: what changes after it shows here.</p>
        </Empty>
      </div>
    );
  }
  return (
    <section className="card compare" aria-label="Comparison">
      <div className="card-head halves">
        <Pick label="Before" value={left} latest={latest} versions={all} onChange={setBefore} />
        <Pick label="After" value={right} latest={latest} versions={all} onChange={setAfter} />
      </div>
      {error && <ErrorBox error={error} />}
      {a.data && b.data && <JsonDiff before={pretty(a.data.definition)} after={pretty(b.data.definition)} label="Definition" />}
    </section>
  );
}
