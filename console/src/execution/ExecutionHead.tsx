import { useMutation } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Link } from 'wouter';

import { redriveExecution } from '../api/states';
import { nameOf, places } from '../app/places';
import { StartDialog } from '../machines/StartDialog';
import { StatusBadge } from '../ui/Badge';
import { Button } from '../ui/Button';
import { Copyable } from '../ui/Copyable';
import { ErrorBox } from '../ui/ErrorBox';
import { Page } from '../ui/Page';
import { dateText, Duration } from '../ui/Time';
import { forkedFrom } from './forkedFrom';
import { ForkDialog } from './ForkDialog';
import { StopDialog } from './StopDialog';
import type { View } from './view';

interface Props {
  view: View;
  onRedriven: () => void;
  children: ReactNode;
}

type Open = 'start' | 'stop' | 'fork' | null;

function Facts({ view }: { view: View }): ReactNode {
  const { execution, model } = view;
  const origin = forkedFrom(view.machine);
  if (!execution) return ' ';
  return (
    <>
      <span>started {dateText(execution.startDate)}</span>
      <span>
        <Duration from={execution.startDate} to={view.status === 'RUNNING' ? null : (model.endedAt ?? execution.stopDate)} />
      </span>
      {(execution.redriveCount ?? 0) > 0 && <span>redriven {execution.redriveCount}×</span>}
      {origin && (
        <span>
          forked from <Link to={`${places.execution(origin.execution)}?event=${origin.event}`}>{nameOf(origin.execution)}</Link> at event{' '}
          {origin.event}
        </span>
      )}
      <Copyable text={execution.executionArn} />
    </>
  );
}

export function ExecutionHead({ view, onRedriven, children }: Props): ReactNode {
  const [open, setOpen] = useState<Open>(null);
  const redrive = useMutation({ mutationFn: () => redriveExecution(view.arn), onSuccess: onRedriven });
  const { execution, machine, status } = view;
  const name = execution?.name ?? nameOf(view.arn);
  const running = status === 'RUNNING';
  return (
    <Page
      title={name}
      crumbs={
        machine ? (
          <>
            <Link to={places.machine(machine.stateMachineArn)}>{machine.name}</Link> /
            <Link to={places.machine(machine.stateMachineArn, 'executions')}>Executions</Link>
          </>
        ) : (
          <Link to={places.executions}>Executions</Link>
        )
      }
      badge={status && <StatusBadge status={status} />}
      sub={<Facts view={view} />}
      actions={
        <>
          {running && (
            <Button icon="stop" look="danger" onClick={() => setOpen('stop')}>
              Stop
            </Button>
          )}
          {execution?.redriveStatus === 'REDRIVABLE' && !running && (
            <Button icon="redrive" onClick={() => redrive.mutate()} disabled={redrive.isPending}>
              Redrive
            </Button>
          )}
          <Button icon="fork" onClick={() => setOpen('fork')} disabled={view.model.visits.length === 0}>
            Fork
          </Button>
          <Button icon="play" look="primary" disabled={!machine || !execution} onClick={() => setOpen('start')}>
            Run again
          </Button>
        </>
      }
    >
      {redrive.error && <ErrorBox error={redrive.error} />}
      {children}
      {open === 'stop' && <StopDialog arn={view.arn} onClose={() => setOpen(null)} />}
      {open === 'fork' && <ForkDialog view={view} onClose={() => setOpen(null)} />}
      {open === 'start' && machine && (
        <StartDialog
          machine={{ ...machine, type: 'STANDARD' }}
          input={execution?.input ?? '{}'}
          onClose={() => setOpen(null)}
        />
      )}
    </Page>
  );
}
