import { useQuery } from '@tanstack/react-query';
import { useMemo, useState, type ReactNode } from 'react';
import { Link, useLocation, useParams } from 'wouter';

import { describeMachine } from '../api/states';
import type { Machine } from '../api/types';
import { readDefinition } from '../asl/definition';
import { pretty } from '../asl/json';
import { nameIn, nameOf, places } from '../app/places';
import { ExecutionList } from '../executions/ExecutionList';
import { JsonView } from '../editor/JsonView';
import { GraphView } from '../graph/GraphView';
import { Badge } from '../ui/Badge';
import { Button } from '../ui/Button';
import { Page } from '../ui/Page';
import { Tabs } from '../ui/Tabs';
import { dateText } from '../ui/Time';
import { useParam } from '../app/useParam';
import { ComparePane } from './ComparePane';
import { EditPane } from './EditPane';
import { FiguresPane } from './FiguresPane';
import { StartDialog } from './StartDialog';
import { StateCard } from './StateCard';
import { VersionsPane } from './VersionsPane';

const tabs = [
  { id: '', title: 'Graph' },
  { id: 'executions', title: 'Executions' },
  { id: 'metrics', title: 'Metrics' },
  { id: 'edit', title: 'Edit' },
  { id: 'versions', title: 'Versions and aliases' },
  { id: 'compare', title: 'Compare' },
];

function GraphPane({ machine }: { machine: Machine }): ReactNode {
  const [state, setState] = useParam('state');
  const definition = useMemo(() => readDefinition(machine.definition), [machine.definition]);
  const text = useMemo(() => pretty(machine.definition), [machine.definition]);
  const chosen = definition?.states.get(state);
  return (
    <div className="split machine-split">
      <section className="card machine-graph" aria-label="Graph">
        {definition && (
          <GraphView definition={definition} name={machine.name} selected={state} onSelect={(name) => setState(name ?? '')} />
        )}
      </section>
      <section className="card machine-side" aria-label="Definition">
        {chosen ? (
          <StateCard state={chosen} onClose={() => setState('')} />
        ) : (
          <>
            <div className="card-head">
              <h3>Definition</h3>
            </div>
            <JsonView text={text} label="Definition" />
          </>
        )}
      </section>
    </div>
  );
}

function Pane({ tab, machine }: { tab: string; machine: Machine }): ReactNode {
  if (tab === 'executions') return <ExecutionList machine={machine.stateMachineArn} express={machine.type === 'EXPRESS'} />;
  if (tab === 'metrics') return <FiguresPane machine={machine} />;
  if (tab === 'edit') return <EditPane machine={machine} />;
  if (tab === 'versions') return <VersionsPane machine={machine} />;
  if (tab === 'compare') return <ComparePane machine={machine} />;
  return <GraphPane machine={machine} />;
}

export function MachinePage(): ReactNode {
  const { arn: part, tab = '' } = useParams<{ arn: string; tab?: string }>();
  const arn = nameIn(part);
  const [, go] = useLocation();
  const [starting, setStarting] = useState(false);
  const { data: machine, error } = useQuery({ queryKey: ['machine', arn], queryFn: () => describeMachine(arn) });
  return (
    <Page
      title={machine?.name ?? nameOf(arn)}
      crumbs={<Link to={places.machines}>State machines</Link>}
      badge={machine && <Badge>{machine.type === 'EXPRESS' ? 'Express' : 'Standard'}</Badge>}
      address={machine?.stateMachineArn}
      sub={machine && `changed ${dateText(machine.updateDate ?? machine.creationDate)}`}
      actions={
        machine && (
          <Button look="primary" icon="play" onClick={() => setStarting(true)}>
            Start execution
          </Button>
        )
      }
      error={error}
    >
      {machine && (
        <>
          <Tabs label="State machine" tabs={tabs} current={tab} onChange={(id) => go(places.machine(arn, id))} />
          <Pane tab={tab} machine={machine} />
        </>
      )}
      {machine && starting && <StartDialog machine={machine} onClose={() => setStarting(false)} />}
    </Page>
  );
}
