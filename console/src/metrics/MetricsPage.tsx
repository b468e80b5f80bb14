import type { ReactNode } from 'react';
import { Link } from 'wouter';

import { nameOf, places } from '../app/places';
import { useParam } from '../app/useParam';
import { Page } from '../ui/Page';
import { Plot } from './Plot';
import { total, type Sample } from './prometheus';
import { useSamples, type Reading } from './useSamples';

type Fits = (labels: Record<string, string>) => boolean;

/** How much a counter has grown per second, between one reading and the next. */
function rates(readings: Reading[], name: string, fits?: Fits): number[] {
  return readings.slice(1).map((reading, i) => {
    const before = readings[i];
    if (!before) return 0;
    const growth = total(reading.samples, name, fits) - total(before.samples, name, fits);
    return Math.max(0, growth / Math.max(reading.at - before.at, 0.001));
  });
}

/** The mean of what a histogram has seen between one reading and the next, if it has. */
function means(readings: Reading[], name: string, fits?: Fits): (number | null)[] {
  const sums = rates(readings, `${name}_sum`, fits);
  return rates(readings, `${name}_count`, fits).map((count, i) => (count > 0 ? (sums[i] ?? 0) / count : null));
}

const levels = (readings: Reading[], name: string): number[] => readings.map((reading) => total(reading.samples, name));

function machinesIn(samples: Sample[]): string[] {
  const arns = samples.filter((each) => each.name === 'ExecutionsStarted').map((each) => each.labels['StateMachineArn'] ?? '');
  return [...new Set(arns)].filter(Boolean).sort();
}

export function MetricsPage(): ReactNode {
  const { readings, error } = useSamples();
  const [machine, setMachine] = useParam('machine');
  const last = readings.at(-1)?.samples ?? [];
  const fits: Fits = (labels) => !machine || labels['StateMachineArn'] === machine;
  const failed = rates(readings, 'ExecutionsFailed', fits).map((each, i) => each + (rates(readings, 'ExecutionsTimedOut', fits)[i] ?? 0));
  return (
    <Page title="Metrics" sub="Since this page was opened; /_stepwell/metrics has them for Prometheus" scrolls error={error}>
      <div className="bar">
        <select className="select" aria-label="State machine" value={machine} onChange={(event) => setMachine(event.target.value)}>
          <option value="">All state machines</option>
          {machinesIn(last).map((arn) => (
            <option key={arn} value={arn}>
              {nameOf(arn)}
            </option>
          ))}
        </select>
        {machine && <Link to={places.machine(machine, 'metrics')}>Its states</Link>}
      </div>
      <div className="plots">
        <Plot title="Executions started" unit="per second" values={rates(readings, 'ExecutionsStarted', fits)} />
        <Plot title="Executions succeeded" unit="per second" values={rates(readings, 'ExecutionsSucceeded', fits)} />
        <Plot title="Executions failed or timed out" unit="per second" values={failed} bad />
        <Plot title="Time of an execution" unit="ms on average" values={means(readings, 'ExecutionTime', fits)} />
        <Plot title="Time of a function" unit="ms on average" values={means(readings, 'LambdaFunctionTime')} />
        <Plot title="Time of an activity" unit="ms on average" values={means(readings, 'ActivityTime')} />
        <Plot title="Time of an integration" unit="ms on average" values={means(readings, 'ServiceIntegrationTime')} />
        <Plot title="API requests" unit="per second" values={rates(readings, 'stepwell_requests_total')} />
        <Plot
          title="API requests refused with an error"
          unit="per second"
          values={rates(readings, 'stepwell_requests_total', (labels) => labels['error'] !== '')}
          bad
        />
        <Plot title="Memory" unit="MB" values={levels(readings, 'process_resident_memory_bytes').map((each) => each / 1048576)} />
        <Plot title="Connections" unit="open" values={levels(readings, 'stepwell_connections')} />
        <Plot title="Writes to the store" unit="per second" values={rates(readings, 'stepwell_store_writes_total')} />
      </div>
    </Page>
  );
}
