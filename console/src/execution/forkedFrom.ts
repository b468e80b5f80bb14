import { readDefinition } from '../asl/definition';
import type { MachineOfExecution } from '../api/types';

const words = /^Forked from (arn:\S+) at event (\d+)/;

/** Where an execution began as the fork of another: what it runs says so (docs/console.md). */
export function forkedFrom(machine: MachineOfExecution | null): { execution: string; event: number } | null {
  const comment = machine ? readDefinition(machine.definition)?.comment : undefined;
  const [, execution, event] = words.exec(comment ?? '') ?? [];
  return execution ? { execution, event: Number(event) } : null;
}
