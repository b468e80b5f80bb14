/** The places of the console. Everything that can be looked at has an address. */
/** A name as a part of an address: readable where it can be, and safe from being decoded half on the way. */
const part = (name: string): string =>
  encodeURIComponent(name).replace(/%3A/g, ':').replace(/~/g, '~7E').replace(/%/g, '~');

export const nameIn = (part: string | undefined): string => decodeURIComponent((part ?? '').replace(/~/g, '%'));

export const places = {
  machines: '/',
  newMachine: '/machines/new',
  machine: (arn: string, tab = ''): string => `/machines/${part(arn)}${tab ? `/${tab}` : ''}`,
  executions: '/executions',
  execution: (arn: string, tab = ''): string => `/executions/${part(arn)}${tab ? `/${tab}` : ''}`,
  trying: (tab = ''): string => `/try${tab ? `/${tab}` : ''}`,
  activities: '/activities',
  functions: '/functions',
  function: (name: string): string => `/functions/${part(name)}`,
  apis: '/apis',
  api: (id: string): string => `/apis/${part(id)}`,
  clusters: '/clusters',
  cluster: (name: string): string => `/clusters/${part(name)}`,
  task: (cluster: string, id: string): string => `/clusters/${part(cluster)}/${part(id)}`,
  taskDefinitions: '/taskdefinitions',
  taskDefinition: (name: string): string => `/taskdefinitions/${part(name)}`,
  jobQueues: '/jobqueues',
  jobQueue: (name: string): string => `/jobqueues/${part(name)}`,
  job: (id: string): string => `/jobs/${part(id)}`,
  jobDefinitions: '/jobdefinitions',
  jobDefinition: (name: string): string => `/jobdefinitions/${part(name)}`,
  logs: '/logs',
  logGroup: (name: string): string => `/logs/${part(name)}`,
  logStream: (group: string, stream: string): string => `/logs/${part(group)}/${part(stream)}`,
  queues: '/queues',
  queue: (name: string): string => `/queues/${part(name)}`,
  topics: '/topics',
  topic: (arn: string): string => `/topics/${part(arn)}`,
  buses: '/buses',
  bus: (name: string): string => `/buses/${part(name)}`,
  schedules: '/schedules',
  schedule: (group: string, name: string): string => `/schedules/${part(group)}/${part(name)}`,
  roles: '/roles',
  role: (name: string): string => `/roles/${part(name)}`,
  rules: '/rules',
  rule: (bus: string, name: string): string => `/rules/${part(bus)}/${part(name)}`,
  metrics: '/metrics',
};

/** The last part of an ARN. */
export function nameOf(arn: string): string {
  return arn.split(':').pop() ?? arn;
}

/** What an ARN names within its service, account and region: its kind, and its name, which may have parts. */
export function resourceOf(arn: string): [string, ...string[]] {
  const [kind = '', ...names] = arn.split(':').slice(5).join(':').split('/');
  return [kind, ...names];
}

/** The page of what an ARN of ECS or Batch names: cluster/NAME, task/CLUSTER/ID, job/ID… */
function placeOfContainers(arn: string): string | null {
  const [kind, first = '', second] = resourceOf(arn);
  if (kind === 'cluster') return places.cluster(first);
  if (kind === 'task') return second ? places.task(first, second) : null;
  if (kind === 'task-definition') return places.taskDefinition(first);
  if (kind === 'job-queue') return places.jobQueue(first);
  if (kind === 'job-definition') return places.jobDefinition(first);
  return kind === 'job' ? places.job(first) : null;
}

/** The page of what an ARN names, where there is one. */
export function placeOf(arn: string): string | null {
  const [, , service = '', , , kind = ''] = arn.split(':');
  const last = nameOf(arn);
  if (service === 'states' && kind === 'stateMachine') return places.machine(machineArnOf(arn));
  if (service === 'states' && kind === 'execution') return places.execution(arn);
  if (service === 'sqs') return places.queue(last);
  if (service === 'sns') return places.topic(arn.split(':').slice(0, 6).join(':'));
  if (service === 'lambda' && kind === 'function') return places.function(arn.split(':')[6] ?? last);
  if (service === 'logs' && kind === 'log-group') return places.logGroup(arn.split(':')[6] ?? last);
  if (service === 'events' && kind.startsWith('event-bus/')) return places.bus(kind.slice('event-bus/'.length));
  if (service === 'ecs' || service === 'batch') return placeOfContainers(arn);
  if (service === 'execute-api') return places.api(resourceOf(arn)[0]);
  if (service === 'iam' && kind.startsWith('role/')) return places.role(kind.split('/').pop() ?? '');
  return null;
}

/** The machine that an execution, a version or an alias is of. */
export function machineArnOf(arn: string): string {
  const parts = arn.replace(/:(execution|express):/, ':stateMachine:').split(':');
  return parts.slice(0, 7).join(':');
}
