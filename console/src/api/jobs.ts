import { rest } from './aws';
import { NotFound } from './errors';
import { all, named } from './paging';

/** What the console reads of Batch, and the one thing that it does there: terminating a job. Times are milliseconds. */
export interface JobQueue {
  jobQueueName: string;
  jobQueueArn: string;
  state: string;
  status: string;
  statusReason?: string;
  priority: number;
  computeEnvironmentOrder: { order: number; computeEnvironment: string }[];
}

export const jobStatuses = ['SUBMITTED', 'PENDING', 'RUNNABLE', 'STARTING', 'RUNNING', 'SUCCEEDED', 'FAILED'];

interface JobContainer {
  image?: string;
  command?: string[];
  exitCode?: number;
  reason?: string;
  logStreamName?: string;
  logConfiguration?: { options?: Record<string, string> };
}

export interface JobSummary {
  jobId: string;
  jobArn: string;
  jobName: string;
  status: string;
  statusReason?: string;
  createdAt: number;
  startedAt?: number;
  stoppedAt?: number;
  container?: JobContainer;
  arrayProperties?: { size?: number; index?: number; statusSummary?: Record<string, number> };
}

export interface Attempt {
  container: JobContainer;
  startedAt?: number;
  stoppedAt?: number;
  statusReason?: string;
}

export interface Job extends JobSummary {
  jobQueue: string;
  jobDefinition: string;
  attempts: Attempt[];
  parameters?: Record<string, string>;
  dependsOn?: { jobId?: string; type?: string }[];
  retryStrategy?: { attempts?: number };
  timeout?: { attemptDurationSeconds?: number };
  isTerminated?: boolean;
}

export interface JobDefinition {
  jobDefinitionName: string;
  jobDefinitionArn: string;
  revision: number;
  type: string;
  status: string;
  containerProperties?: { image?: string; jobRoleArn?: string };
  [other: string]: unknown;
}

const post = <Output>(operation: string, body: object): Promise<Output> => rest('batch', 'POST', `/v1/${operation}`, { body });

function list<Member extends string, Item>(operation: string, member: Member, input: object): Promise<Item[]> {
  type Output = Record<Member, Item[]> & { nextToken?: string };
  return all(
    async (nextToken) => named(await post<Output>(operation, { ...input, nextToken }), 'nextToken'),
    (output) => output[member],
  );
}

export const listJobQueues = (): Promise<JobQueue[]> => list('describejobqueues', 'jobQueues', {});

/** Whose jobs are listed: those of a queue, or the children of an array. */
export type JobOwner = { jobQueue: string } | { arrayJobId: string };

/** Jobs of one status, or of all. The service lists each by itself. */
export async function listJobs(owner: JobOwner, status: string): Promise<JobSummary[]> {
  const wanted = status ? [status] : jobStatuses;
  const lists = await Promise.all(wanted.map((jobStatus) => list<'jobSummaryList', JobSummary>('listjobs', 'jobSummaryList', { ...owner, jobStatus })));
  const indexOf = (job: JobSummary): number => job.arrayProperties?.index ?? 0;
  return lists.flat().sort((one, other) => indexOf(one) - indexOf(other) || other.createdAt - one.createdAt);
}

export async function describeJob(id: string): Promise<Job> {
  const { jobs } = await post<{ jobs: Job[] }>('describejobs', { jobs: [id] });
  if (!jobs[0]) throw new NotFound('There is no such job. Jobs that have ended are forgotten after seven days.');
  return jobs[0];
}

export const terminateJob = (jobId: string, reason: string): Promise<object> => post('terminatejob', { jobId, reason });

export const listJobDefinitions = (): Promise<JobDefinition[]> => list('describejobdefinitions', 'jobDefinitions', { status: 'ACTIVE' });

/** By name and revision, as ARNs name it. */
export async function describeJobDefinition(name: string): Promise<JobDefinition> {
  const { jobDefinitions } = await post<{ jobDefinitions: JobDefinition[] }>('describejobdefinitions', { jobDefinitions: [name] });
  if (!jobDefinitions[0]) throw new NotFound('There is no such job definition.');
  return jobDefinitions[0];
}

export const hasEnded = (job: JobSummary): boolean => job.status === 'SUCCEEDED' || job.status === 'FAILED';

/** The log group that a job's attempts write to. */
export const logGroupOf = (job: Job): string => job.container?.logConfiguration?.options?.['awslogs-group'] ?? '/aws/batch/job';
