import { call } from './aws';
import { NotFound } from './errors';
import { all, type Paged } from './paging';

/** What the console reads of ECS, and the one thing that it does there: stopping a task. */
export interface Cluster {
  clusterArn: string;
  clusterName: string;
  status: string;
  runningTasksCount: number;
  pendingTasksCount: number;
}

export interface Container {
  name: string;
  image?: string;
  lastStatus: string;
  exitCode?: number;
  reason?: string;
}

export interface Task {
  taskArn: string;
  clusterArn: string;
  taskDefinitionArn: string;
  lastStatus: string;
  desiredStatus: string;
  containers: Container[];
  group?: string;
  startedBy?: string;
  launchType?: string;
  createdAt: number;
  startedAt?: number;
  stoppedAt?: number;
  stopCode?: string;
  stoppedReason?: string;
}

export interface ContainerDefinition {
  name: string;
  image: string;
  logConfiguration?: { logDriver: string; options?: Record<string, string> };
}

export interface TaskDefinition {
  taskDefinitionArn: string;
  family: string;
  revision: number;
  status: string;
  containerDefinitions: ContainerDefinition[];
  cpu?: string;
  memory?: string;
  networkMode?: string;
  taskRoleArn?: string;
  executionRoleArn?: string;
  registeredAt?: number;
}

const describedAtOnce = 100;

function arnsOf<Member extends string>(operation: string, member: Member, input: object = {}): Promise<string[]> {
  return all<string, Paged & Record<Member, string[]>>((nextToken) => call('ecs', operation, { ...input, nextToken }), (output) => output[member]);
}

/** Descriptions of everything that is named, as many at once as the service takes. */
async function describe<Item>(names: string[], some: (names: string[]) => Promise<Item[]>): Promise<Item[]> {
  const parts = Array.from({ length: Math.ceil(names.length / describedAtOnce) }, (_, i) => names.slice(i * describedAtOnce, (i + 1) * describedAtOnce));
  return (await Promise.all(parts.map(some))).flat();
}

const describeClusters = async (clusters: string[]): Promise<Cluster[]> =>
  (await call<{ clusters: Cluster[] }>('ecs', 'DescribeClusters', { clusters })).clusters;

const describeTasks = async (cluster: string, tasks: string[]): Promise<Task[]> =>
  (await call<{ tasks: Task[] }>('ecs', 'DescribeTasks', { cluster, tasks })).tasks;

export async function listClusters(): Promise<Cluster[]> {
  return describe(await arnsOf('ListClusters', 'clusterArns'), describeClusters);
}

/** The tasks of a cluster that are to run, or to stop, or all; the newest first. */
export async function listTasks(cluster: string, desired: string): Promise<Task[]> {
  const wanted = desired ? [desired] : ['RUNNING', 'STOPPED'];
  const arns = await Promise.all(wanted.map((desiredStatus) => arnsOf('ListTasks', 'taskArns', { cluster, desiredStatus })));
  const tasks = await describe([...new Set(arns.flat())], (some) => describeTasks(cluster, some));
  return tasks.sort((one, other) => other.createdAt - one.createdAt);
}

export async function describeTask(cluster: string, id: string): Promise<Task> {
  const [task] = await describeTasks(cluster, [id]);
  if (!task) throw new NotFound('There is no such task. Tasks that have stopped are forgotten after a while.');
  return task;
}

export const stopTask = (cluster: string, task: string, reason: string): Promise<object> =>
  call('ecs', 'StopTask', { cluster, task, ...(reason ? { reason } : {}) });

export const listTaskDefinitions = (): Promise<string[]> => arnsOf('ListTaskDefinitions', 'taskDefinitionArns');

export const describeTaskDefinition = async (name: string): Promise<TaskDefinition> =>
  (await call<{ taskDefinition: TaskDefinition }>('ecs', 'DescribeTaskDefinition', { taskDefinition: name })).taskDefinition;

/** The group and the stream that a container writes to, where it writes to CloudWatch Logs. */
export function logOf(definition: TaskDefinition | undefined, container: string, task: string): { group: string; stream: string } | undefined {
  const log = definition?.containerDefinitions.find((each) => each.name === container)?.logConfiguration;
  const group = log?.logDriver === 'awslogs' ? log.options?.['awslogs-group'] : undefined;
  const prefix = log?.options?.['awslogs-stream-prefix'];
  return group ? { group, stream: `${prefix ? `${prefix}/` : ''}${container}/${task}` } : undefined;
}
