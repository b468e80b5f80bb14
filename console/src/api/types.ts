/** AWS's shapes, as far as the console reads them. Dates are seconds since the epoch. */
export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED' | 'PENDING_REDRIVE';
export type MachineType = 'STANDARD' | 'EXPRESS';

export interface MachineSummary {
  stateMachineArn: string;
  name: string;
  type: MachineType;
  creationDate: number;
}

export interface Machine extends MachineSummary {
  status: string;
  definition: string;
  roleArn: string;
  revisionId?: string;
  description?: string;
  loggingConfiguration?: { level?: string };
  updateDate?: number;
}

export interface MachineVersion {
  stateMachineVersionArn: string;
  creationDate: number;
}

export interface MachineAlias {
  stateMachineAliasArn: string;
  creationDate: number;
}

export interface AliasRoute {
  stateMachineVersionArn: string;
  weight: number;
}

export interface AliasDetail extends MachineAlias {
  name: string;
  description?: string;
  routingConfiguration: AliasRoute[];
  updateDate: number;
}

export interface ExecutionSummary {
  executionArn: string;
  stateMachineArn: string;
  stateMachineVersionArn?: string;
  stateMachineAliasArn?: string;
  name: string;
  status: ExecutionStatus;
  startDate: number;
  stopDate?: number;
  redriveCount?: number;
}

export interface Execution extends ExecutionSummary {
  input?: string;
  output?: string;
  error?: string;
  cause?: string;
  traceHeader?: string;
  redriveStatus?: string;
  redriveStatusReason?: string;
  redriveDate?: number;
}

export interface MachineOfExecution {
  stateMachineArn: string;
  name: string;
  definition: string;
  roleArn: string;
  revisionId?: string;
  updateDate: number;
}

export interface HistoryEvent {
  id: number;
  previousEventId: number;
  timestamp: number;
  type: string;
  [details: `${string}EventDetails`]: EventDetails | undefined;
}

export interface EventDetails {
  name?: string;
  index?: number;
  input?: string;
  output?: string;
  inputDetails?: { truncated: boolean };
  outputDetails?: { truncated: boolean };
  assignedVariables?: Record<string, string>;
  error?: string;
  cause?: string;
  resource?: string;
  resourceType?: string;
  parameters?: string;
  [other: string]: unknown;
}

export interface Diagnostic {
  severity: 'ERROR' | 'WARNING';
  code: string;
  message: string;
  location?: string;
}

export interface TestResult {
  status: string;
  output?: string;
  error?: string;
  cause?: string;
  nextState?: string;
  inspectionData?: Record<string, unknown>;
}
