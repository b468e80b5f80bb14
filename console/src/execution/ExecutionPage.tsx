import { useQuery } from '@tanstack/react-query';
import { useCallback, useDeferredValue, useEffect, useMemo, useState, type ReactNode } from 'react';
import { useLocation, useParams, useSearch } from 'wouter';

import { describeExecution, machineOfExecution } from '../api/states';
import { nameIn, places } from '../app/places';
import { useParam } from '../app/useParam';
import { readDefinition } from '../asl/definition';
import { useHistory } from '../history/follow';
import type { Visit } from '../history/model';
import { readHistory } from '../history/read';
import { Empty } from '../ui/Empty';
import { ErrorBox } from '../ui/ErrorBox';
import { Tabs } from '../ui/Tabs';
import { EventsPane } from './EventsPane';
import { ExecutionHead } from './ExecutionHead';
import { GraphPane } from './GraphPane';
import { Inspector } from './Inspector';
import { IterationsPane } from './IterationsPane';
import { TimeBar } from './TimeBar';
import { TimelinePane } from './TimelinePane';
import type { View } from './view';

function tabsOf(view: View): { id: string; title: string; count?: number }[] {
  const maps = view.events.some((event) => event.type === 'MapStateEntered');
  return [
    { id: '', title: 'Graph' },
    { id: 'timeline', title: 'Timeline' },
    { id: 'events', title: 'Events', count: view.events.length },
    ...(maps ? [{ id: 'iterations', title: 'Map iterations' }] : []),
  ];
}

function Pane({ tab, view }: { tab: string; view: View }): ReactNode {
  if (tab === 'timeline') return <TimelinePane view={view} />;
  if (tab === 'events') return <EventsPane view={view} />;
  if (tab === 'iterations') return <IterationsPane view={view} />;
  return <GraphPane view={view} />;
}

function useView(arn: string, round: number): View {
  const followed = useHistory(arn, round);
  const events = useDeferredValue(followed.events);
  const [atText, setAtText] = useParam('event');
  const [visitText, setVisitText] = useParam('visit');
  const machine = useQuery({ queryKey: ['machineOf', arn], queryFn: () => machineOfExecution(arn), staleTime: Infinity });
  const ended = followed.complete && followed.status !== 'RUNNING';
  const execution = useQuery({ queryKey: ['execution', arn, ended, round], queryFn: () => describeExecution(arn) });

  const asked = Number(atText) || 0;
  const at = asked > 0 && asked < events.length ? asked : null;
  const model = useMemo(() => readHistory(events, at ?? events.length), [events, at]);
  const definition = useMemo(
    () => (machine.data ? (readDefinition(machine.data.definition) ?? null) : null),
    [machine.data],
  );
  const visit = useMemo(
    () => model.visits.find((each) => each.id === Number(visitText)) ?? null,
    [model, visitText],
  );
  const setAt = useCallback((event: number | null) => setAtText(event === null ? '' : String(event)), [setAtText]);
  const select = useCallback((next: Visit | null) => setVisitText(next ? String(next.id) : ''), [setVisitText]);
  return {
    arn,
    events,
    at,
    model,
    definition,
    visit,
    select,
    setAt,
    status: followed.status ?? execution.data?.status ?? null,
    complete: followed.complete,
    execution: execution.data ?? null,
    machine: machine.data ?? null,
    error: followed.error ?? execution.error ?? machine.error,
  };
}

export function ExecutionPage(): ReactNode {
  const { arn: part, tab = '' } = useParams<{ arn: string; tab?: string }>();
  const arn = nameIn(part);
  const [round, setRound] = useState(0);
  const view = useView(arn, round);
  const [, go] = useLocation();
  const search = useSearch();
  const { setAt, events, at } = view;

  useEffect(() => {
    function keys(event: KeyboardEvent): void {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const target = event.target as HTMLElement;
      if (target.isContentEditable || target.closest('input, textarea, select, [role="tablist"], .editor, dialog')) return;
      const now = at ?? events.length;
      const to = { ArrowLeft: now - 1, ArrowRight: now + 1, Home: 1, End: events.length }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      setAt(to >= events.length ? null : Math.max(1, to));
    }
    window.addEventListener('keydown', keys);
    return () => window.removeEventListener('keydown', keys);
  }, [at, events.length, setAt]);

  return (
    <ExecutionHead view={view} onRedriven={() => setRound((now) => now + 1)}>
      {view.error && <ErrorBox error={view.error} />}
      {(!view.error || events.length > 0) && (
        <>
          <Tabs
            label="Execution"
            tabs={tabsOf(view)}
            current={tab}
            onChange={(id) => go(`${places.execution(arn, id)}${search ? `?${search}` : ''}`, { replace: true })}
          />
          <div className="split execution-split">
            <section className="card execution-main" aria-label="What happened">
              {events.length > 0 ? <Pane tab={tab} view={view} /> : view.complete && <Empty icon="executions" title="No events" />}
            </section>
            <Inspector view={view} />
          </div>
          <TimeBar view={view} />
        </>
      )}
    </ExecutionHead>
  );
}
