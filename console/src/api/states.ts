import { call } from './aws';
import { all, type Paged } from './paging';
import type {
  AliasDetail,
  AliasRoute,
  Diagnostic,
  Execution,
  Machine,
  MachineAlias,
  MachineOfExecution,
  MachineSummary,
  MachineVersion,
  TestResult,
} from './types';

/** Operations of Step Functions, as functions. */
const page = 1000;

const states = <Output>(operation: string, input: object): Promise<Output> => call<Output>('states', operation, input);

export function listMachines(): Promise<MachineSummary[]> {
  type Output = Paged & { stateMachines: MachineSummary[] };
  return all<MachineSummary, Output>(
    (nextToken) => states('ListStateMachines', { maxResults: page, nextToken }),
    (output) => output.stateMachines,
  );
}

export const describeMachine = (stateMachineArn: string): Promise<Machine> =>
  states('DescribeStateMachine', { stateMachineArn });

export interface NewMachine {
  name: string;
  type: string;
  definition: string;
  roleArn: string;
}

export const createMachine = (machine: NewMachine): Promise<{ stateMachineArn: string }> =>
  states('CreateStateMachine', machine);

export const updateMachine = (
  stateMachineArn: string,
  definition: string,
  publish: boolean,
): Promise<{ stateMachineVersionArn?: string }> => states('UpdateStateMachine', { stateMachineArn, definition, publish });

export const publishVersion = (stateMachineArn: string, description: string): Promise<{ stateMachineVersionArn: string }> =>
  states('PublishStateMachineVersion', { stateMachineArn, ...(description ? { description } : {}) });

export function listVersions(stateMachineArn: string): Promise<MachineVersion[]> {
  type Output = Paged & { stateMachineVersions: MachineVersion[] };
  return all<MachineVersion, Output>(
    (nextToken) => states('ListStateMachineVersions', { stateMachineArn, maxResults: page, nextToken }),
    (output) => output.stateMachineVersions,
  );
}

export async function listAliases(stateMachineArn: string): Promise<AliasDetail[]> {
  type Output = Paged & { stateMachineAliases: MachineAlias[] };
  const aliases = await all<MachineAlias, Output>(
    (nextToken) => states('ListStateMachineAliases', { stateMachineArn, maxResults: page, nextToken }),
    (output) => output.stateMachineAliases,
  );
  return Promise.all(
    aliases.map((alias) =>
      states<AliasDetail>('DescribeStateMachineAlias', { stateMachineAliasArn: alias.stateMachineAliasArn }),
    ),
  );
}

export const createAlias = (name: string, routingConfiguration: AliasRoute[]): Promise<object> =>
  states('CreateStateMachineAlias', { name, routingConfiguration });

export const updateAlias = (stateMachineAliasArn: string, routingConfiguration: AliasRoute[]): Promise<object> =>
  states('UpdateStateMachineAlias', { stateMachineAliasArn, routingConfiguration });

export async function validate(definition: string, type: string): Promise<Diagnostic[]> {
  const output = await states<{ diagnostics: Diagnostic[] }>('ValidateStateMachineDefinition', {
    definition,
    type,
    severity: 'WARNING',
    maxResults: 100,
  });
  return output.diagnostics;
}

export const startExecution = (
  stateMachineArn: string,
  name: string,
  input: string,
): Promise<{ executionArn: string }> =>
  states('StartExecution', { stateMachineArn, input, ...(name ? { name } : {}) });

export interface SyncResult {
  executionArn: string;
  status: string;
  output?: string;
  error?: string;
  cause?: string;
}

export const startSyncExecution = (stateMachineArn: string, name: string, input: string): Promise<SyncResult> =>
  states('StartSyncExecution', { stateMachineArn, input, ...(name ? { name } : {}) });

export const describeExecution = (executionArn: string): Promise<Execution> =>
  states('DescribeExecution', { executionArn });

export const machineOfExecution = (executionArn: string): Promise<MachineOfExecution> =>
  states('DescribeStateMachineForExecution', { executionArn });

export const stopExecution = (executionArn: string, error: string, cause: string): Promise<object> =>
  states('StopExecution', { executionArn, ...(error ? { error } : {}), ...(cause ? { cause } : {}) });

export const redriveExecution = (executionArn: string): Promise<object> =>
  states('RedriveExecution', { executionArn });

export const sendTaskSuccess = (taskToken: string, output: string): Promise<object> =>
  states('SendTaskSuccess', { taskToken, output });

export const sendTaskFailure = (taskToken: string, error: string, cause: string): Promise<object> =>
  states('SendTaskFailure', { taskToken, ...(error ? { error } : {}), ...(cause ? { cause } : {}) });

export interface Test {
  definition: string;
  input: string;
  inspectionLevel: 'INFO' | 'DEBUG' | 'TRACE';
  roleArn?: string;
  mock?: { result?: string; errorOutput?: { error: string; cause: string } };
  variables?: string;
  context?: string;
}

export const testState = (test: Test): Promise<TestResult> => states('TestState', test);

export interface Activity {
  activityArn: string;
  name: string;
  creationDate: number;
}

export function listActivities(): Promise<Activity[]> {
  type Output = Paged & { activities: Activity[] };
  return all<Activity, Output>(
    (nextToken) => states('ListActivities', { maxResults: page, nextToken }),
    (output) => output.activities,
  );
}
