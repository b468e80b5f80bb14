import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Link, useParams } from 'wouter';

import { describeTask, describeTaskDefinition, logOf, stopTask, type Container, type Task, type TaskDefinition } from '../api/clusters';
import { ArnLink } from '../app/ArnLink';
import { nameIn, places } from '../app/places';
import { StatusBadge } from '../ui/Badge';
import { Button } from '../ui/Button';
import { Facts } from '../ui/Facts';
import { Page } from '../ui/Page';
import { ReasonDialog } from '../ui/ReasonDialog';
import { DateTime, Duration } from '../ui/Time';

const lookAgain = 2_000;

function factsOf(task: Task): Record<string, ReactNode> {
  const { startedAt, stoppedAt } = task;
  return {
    Definition: <ArnLink arn={task.taskDefinitionArn} />,
    'Why it stopped': task.stoppedReason,
    'Stop code': task.stopCode,
    'Is to be': task.desiredStatus === task.lastStatus ? undefined : task.desiredStatus.toLowerCase(),
    Group: task.group,
    'Started by': task.startedBy,
    Created: <DateTime at={task.createdAt} />,
    Started: startedAt && <DateTime at={startedAt} />,
    Stopped: stoppedAt && <DateTime at={stoppedAt} />,
    Ran: startedAt && <Duration from={startedAt} to={stoppedAt} />,
  };
}

function ContainerCard({ of: container, definition, task }: { of: Container; definition: TaskDefinition | undefined; task: string }): ReactNode {
  const log = logOf(definition, container.name, task);
  const facts = {
    Image: container.image && <span className="mono">{container.image}</span>,
    'Exit code': container.exitCode === undefined ? undefined : <span className="number">{container.exitCode}</span>,
    Reason: container.reason,
    Log: log && <Link to={places.logStream(log.group, log.stream)}>{`${log.group} ${log.stream}`}</Link>,
  };
  return (
    <section className="card" aria-label={`Container ${container.name}`}>
      <div className="card-head">
        <h3>{container.name}</h3>
        <StatusBadge status={container.lastStatus} />
      </div>
      <div className="inspector-part">
        <Facts of={facts} />
      </div>
    </section>
  );
}

export function TaskPage(): ReactNode {
  const params = useParams<{ cluster: string; task: string }>();
  const [cluster, id] = [nameIn(params.cluster), nameIn(params.task)];
  const [stopping, setStopping] = useState(false);
  const task = useQuery({
    queryKey: ['task', cluster, id],
    queryFn: () => describeTask(cluster, id),
    refetchInterval: ({ state }) => (state.data && state.data.lastStatus !== 'STOPPED' ? lookAgain : false),
  });
  const { data } = task;
  const definition = useQuery({
    queryKey: ['taskDefinition', data?.taskDefinitionArn],
    queryFn: () => describeTaskDefinition(data?.taskDefinitionArn ?? ''),
    enabled: data !== undefined,
  });
  return (
    <Page
      title={id}
      badge={data && <StatusBadge status={data.lastStatus} />}
      crumbs={
        <>
          <Link to={places.clusters}>Clusters</Link> / <Link to={places.cluster(cluster)}>{cluster}</Link>
        </>
      }
      address={data?.taskArn}
      actions={
        data?.desiredStatus === 'RUNNING' && (
          <Button look="danger" icon="stop" onClick={() => setStopping(true)}>
            Stop
          </Button>
        )
      }
      scrolls
      error={task.error}
    >
      {data && (
        <section className="card padded" aria-label="Task">
          <Facts of={factsOf(data)} />
        </section>
      )}
      {data?.containers.map((container) => <ContainerCard key={container.name} of={container} definition={definition.data} task={id} />)}
      {stopping && (
        <ReasonDialog
          title="Stop this task"
          submit="Stop"
          about="Its containers are asked to end, and are killed when they have not after a while."
          send={(reason) => stopTask(cluster, id, reason)}
          onDone={() => void task.refetch()}
          onClose={() => setStopping(false)}
        />
      )}
    </Page>
  );
}
