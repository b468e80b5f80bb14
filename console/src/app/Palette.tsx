import { useQuery } from '@tanstack/react-query';
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useLocation } from 'wouter';

import { findExecutions } from '../api/console';
import { listMachines } from '../api/states';
import { places } from './places';

interface Goal {
  title: string;
  kind: string;
  to: string;
}

const pages: Goal[] = [
  { title: 'State machines', kind: 'page', to: places.machines },
  { title: 'New state machine', kind: 'page', to: places.newMachine },
  { title: 'Executions', kind: 'page', to: places.executions },
  { title: 'Test a state', kind: 'page', to: places.trying() },
  { title: 'JSONata playground', kind: 'page', to: places.trying('jsonata') },
  { title: 'JSONPath playground', kind: 'page', to: places.trying('jsonpath') },
  { title: 'Activities', kind: 'page', to: places.activities },
  { title: 'Functions', kind: 'page', to: places.functions },
  { title: 'HTTP APIs', kind: 'page', to: places.apis },
  { title: 'Clusters', kind: 'page', to: places.clusters },
  { title: 'Task definitions', kind: 'page', to: places.taskDefinitions },
  { title: 'Job queues', kind: 'page', to: places.jobQueues },
  { title: 'Job definitions', kind: 'page', to: places.jobDefinitions },
  { title: 'Queues', kind: 'page', to: places.queues },
  { title: 'Topics', kind: 'page', to: places.topics },
  { title: 'Rules', kind: 'page', to: places.rules },
  { title: 'Event buses', kind: 'page', to: places.buses },
  { title: 'Schedules', kind: 'page', to: places.schedules },
  { title: 'Roles', kind: 'page', to: places.roles },
  { title: 'Logs', kind: 'page', to: places.logs },
  { title: 'Metrics', kind: 'page', to: places.metrics },
];

const most = 40;

function useGoals(text: string): { goals: Goal[]; busy: boolean } {
  const machines = useQuery({ queryKey: ['machines'], queryFn: listMachines });
  const executions = useQuery({
    queryKey: ['palette', text],
    queryFn: ({ signal }) => findExecutions({ name: text }, 12, undefined, signal),
  });
  const words = text.toLowerCase();
  const fits = (goal: Goal): boolean => goal.title.toLowerCase().includes(words);
  const all = [
    ...(machines.data ?? []).map((each) => ({ title: each.name, kind: 'state machine', to: places.machine(each.stateMachineArn) })),
    ...pages,
  ].filter(fits);
  const found = (executions.data?.executions ?? []).map((each) => ({
    title: each.name,
    kind: 'execution',
    to: places.execution(each.executionArn),
  }));
  return { goals: [...all.slice(0, most - found.length), ...found], busy: machines.isFetching || executions.isFetching };
}

export function Palette({ onClose }: { onClose: () => void }): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null);
  const list = useId();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState(0);
  const [, go] = useLocation();
  const { goals, busy } = useGoals(text);

  useEffect(() => dialog.current?.showModal(), []);
  useEffect(() => {
    dialog.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);

  function open(goal: Goal | undefined): void {
    if (!goal) return;
    onClose();
    go(goal.to);
  }

  function keys(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      setChosen((now) => Math.min(Math.max(now + step, 0), goals.length - 1));
    }
    if (event.key === 'Enter') open(goals[chosen]);
  }

  return (
    <dialog ref={dialog} className="dialog palette" aria-label="Go to" onCancel={onClose} onClick={(event) => event.target === dialog.current && onClose()}>
      <input
        className="palette-input"
        role="combobox"
        aria-label="Go to"
        aria-expanded="true"
        aria-controls={list}
        aria-activedescendant={`${list}-${chosen}`}
        placeholder="State machine, execution or page"
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setChosen(0);
        }}
        onKeyDown={keys}
      />
      {goals.length === 0 && !busy && (
        <p className="palette-none muted" role="status">
          Nothing is called “{text}”
        </p>
      )}
      <ul className="palette-list" id={list} role="listbox" aria-label="Places">
        {goals.map((goal, i) => (
          <li
            key={goal.to}
            id={`${list}-${i}`}
            role="option"
            aria-selected={i === chosen}
            className="palette-item"
            onClick={() => open(goal)}
            onMouseMove={() => setChosen(i)}
          >
            <span className="truncate">{goal.title}</span>
            <small>{goal.kind}</small>
          </li>
        ))}
      </ul>
    </dialog>
  );
}
