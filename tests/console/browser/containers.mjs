// Clusters and their tasks, queues and their jobs. No container has to run for them: what only a container that ran could
// tell is answered in the server's stead.

import { batch, call, ecs, ended, machine, part, start } from './api.mjs';
import { equal, Tab } from './support.mjs';

const region = 'us-east-1:123456789012';
const log = { logDriver: 'awslogs', options: { 'awslogs-group': '/ecs/packing', 'awslogs-region': 'us-east-1', 'awslogs-stream-prefix': 'pack' } };

/** A cluster and a task definition. */
export async function hello(name) {
  await ecs('CreateCluster', { clusterName: name });
  const main = { name: 'main', image: 'busybox', command: ['echo', 'hello'], logConfiguration: log };
  await ecs('RegisterTaskDefinition', { family: name, memory: '64', containerDefinitions: [main, { name: 'helper', image: 'busybox', essential: false }] });
}

/** A queue and a definition of its own, with a job that waits: there is no machine for it. */
export async function queued(name, more = {}) {
  await batch('CreateComputeEnvironment', { computeEnvironmentName: name, type: 'UNMANAGED', state: 'DISABLED' });
  await batch('CreateJobQueue', { jobQueueName: name, priority: 1, computeEnvironmentOrder: [{ order: 1, computeEnvironment: name }] });
  const sizes = [
    { type: 'VCPU', value: '1' },
    { type: 'MEMORY', value: '64' },
  ];
  await batch('RegisterJobDefinition', { jobDefinitionName: name, type: 'container', containerProperties: { image: 'busybox', command: ['echo', 'Ref::word'], resourceRequirements: sizes } });
  return submit(name, 'first', more);
}

async function submit(name, jobName, more = {}) {
  const { jobId } = await batch('SubmitJob', { jobName, jobQueue: name, jobDefinition: name, parameters: { word: 'hello' }, ...more });
  return jobId;
}

/** Calls of one operation are answered by `answer`; what they asked is kept. */
async function answered(tab, place, operation, answer) {
  const asked = [];
  await tab.page.route(place, (route) => {
    const request = route.request();
    if (request.method() !== 'POST' || !(request.headers()['x-amz-target'] ?? request.url()).endsWith(operation)) return route.fallback();
    asked.push(request.postDataJSON());
    return route.fulfill({ json: answer(asked.length) });
  });
  return asked;
}

const id = '0123456789abcdef0123456789abcdef';
const running = {
  taskArn: `arn:aws:ecs:${region}:task/packing/${id}`,
  clusterArn: `arn:aws:ecs:${region}:cluster/packing`,
  taskDefinitionArn: `arn:aws:ecs:${region}:task-definition/packing:1`,
  lastStatus: 'RUNNING',
  desiredStatus: 'RUNNING',
  group: 'family:packing',
  createdAt: 1795222870.162,
  startedAt: 1795222871,
  containers: [
    { name: 'main', image: 'busybox', lastStatus: 'RUNNING' },
    { name: 'helper', image: 'busybox', lastStatus: 'STOPPED', exitCode: 0 },
  ],
};
const stopped = {
  ...running,
  lastStatus: 'STOPPED',
  desiredStatus: 'STOPPED',
  stoppedAt: 1795222881,
  stopCode: 'UserInitiated',
  stoppedReason: 'The shop has closed',
  containers: [{ ...running.containers[0], lastStatus: 'STOPPED', exitCode: 137, reason: 'OutOfMemoryError' }, running.containers[1]],
};

export class Containers {
  async clusters_and_task_definitions() {
    await hello('greeting');
    const tab = await Tab.open('/clusters');
    await tab.page.getByRole('row', { name: /^greeting Active 0 0/ }).waitFor();
    await tab.shot('clusters');
    await tab.text('greeting').click();
    await tab.sees('No tasks');
    await tab.role('combobox', 'Status').selectOption('STOPPED');
    await tab.page.waitForURL('**/clusters/greeting?status=STOPPED');
    await tab.go('/clusters');
    await tab.role('link', 'Task definitions').click();
    await tab.text('greeting:1').click();
    await tab.page.getByRole('region', { name: 'Container main' }).getByText('"/ecs/packing"').waitFor();
    await tab.sees('64 MB');
    await tab.shot('task-definition');
    await tab.go('/clusters/none');
    await tab.sees('Cluster not found');
    await tab.end();
  }

  async a_task_tells_how_it_went_and_is_stopped() {
    await hello('packing');
    const tab = await Tab.open('/');
    let ends = false;
    const now = () => ({ tasks: [ends ? stopped : running], failures: [] });
    await answered(tab, '**/', 'ListTasks', () => ({ taskArns: [running.taskArn] }));
    await answered(tab, '**/', 'DescribeTasks', now);
    const asked = await answered(tab, '**/', 'StopTask', () => {
      ends = true;
      return { task: stopped };
    });
    await tab.go('/clusters/packing');
    await tab.page.getByRole('row', { name: new RegExp(`^${id} packing:1 Running`) }).click();
    const main = tab.page.getByRole('region', { name: 'Container main' });
    await main.getByText('Running').waitFor();
    await tab.role('button', 'Stop').click();
    await tab.page.getByRole('textbox', { name: 'Reason' }).fill('The shop has closed');
    await tab.page.getByRole('dialog').getByRole('button', { name: 'Stop' }).click();
    await tab.page.getByRole('dialog').waitFor({ state: 'detached' });
    await main.getByText('137').waitFor();
    equal(asked, [{ cluster: 'packing', task: id, reason: 'The shop has closed' }], 'what was asked');
    for (const text of ['The shop has closed', 'UserInitiated', 'OutOfMemoryError']) await tab.sees(text);
    equal(await tab.role('button', 'Stop').count(), 0, 'ways to stop it again');
    await tab.shot('task');
    equal(await tab.page.getByRole('region', { name: 'Container helper' }).getByRole('link').count(), 0, 'logs of a container that has none');
    await main.getByRole('link').click();
    await tab.page.waitForURL(`**/logs/${part('/ecs/packing')}/${part(`pack/main/${id}`)}`);
    await tab.end();
  }

  async jobs_are_found_by_status_and_terminated() {
    const first = await queued('work');
    await submit('work', 'second', { dependsOn: [{ jobId: first }] });
    const tab = await Tab.open('/jobqueues');
    await tab.page.getByRole('row', { name: /^work Enabled 1 work/ }).click();
    const jobs = tab.page.getByRole('table', { name: 'Jobs' });
    await jobs.getByRole('row', { name: /^first Runnable/ }).waitFor();
    await jobs.getByRole('row', { name: /^second Pending/ }).waitFor();
    await tab.shot('jobs');
    await tab.role('combobox', 'Status').selectOption('PENDING');
    await jobs.getByText('first').waitFor({ state: 'detached' });
    await jobs.getByText('second').click();
    await tab.role('link', first).click();
    await tab.sees('word=hello');
    await tab.role('button', 'Terminate').click();
    await tab.page.getByRole('textbox', { name: 'Reason' }).fill('Not wanted any more');
    await tab.page.getByRole('dialog').getByRole('button', { name: 'Terminate' }).click();
    await tab.page.getByRole('dialog').waitFor({ state: 'detached' });
    await tab.page.locator('h1').getByText('Failed').waitFor();
    await tab.sees('Not wanted any more');
    equal(await tab.role('button', 'Terminate').count(), 0, 'ways to terminate it again');
    await tab.page.locator('.page-crumbs').getByRole('link', { name: 'work' }).click();
    await tab.role('combobox', 'Status').selectOption('FAILED');
    await jobs.getByRole('row', { name: /^first Failed/ }).waitFor();
    await tab.go('/jobdefinitions');
    await tab.text('work:1').click();
    await tab.sees('"Ref::word"');
    await tab.shot('job-definition');
    await tab.end();
  }

  async an_array_has_its_children() {
    const array = await queued('arrays', { arrayProperties: { size: 3 } });
    const tab = await Tab.open(`/jobs/${array}`);
    await tab.sees('3: 3 runnable');
    const children = tab.page.getByRole('table', { name: 'Jobs' }).locator('.table-line');
    await children.nth(2).waitFor();
    equal(await children.locator('.number.muted').allTextContents(), ['0', '1', '2'], 'the children');
    await tab.shot('job-array');
    await children.nth(1).click();
    await tab.page.waitForURL(`**/jobs/${array}:1`);
    await tab.role('link', array, { exact: true }).click();
    await tab.sees('3: 3 runnable');
    await tab.end();
  }

  async a_job_tells_its_attempts() {
    const job = await queued('tried', { retryStrategy: { attempts: 2 } });
    const [{ container, ...described }] = (await batch('DescribeJobs', { jobs: [job] })).jobs;
    const attempt = (number, exitCode, reason) => ({ container: { exitCode, reason, logStreamName: `tried/default/${number}` }, startedAt: 1795222871000 + number * 5000, stoppedAt: 1795222873500 + number * 5000 });
    const attempts = [attempt(1, 137, 'OutOfMemoryError: Container killed due to memory usage'), attempt(2, 1)];
    const ran = { ...described, status: 'FAILED', statusReason: 'Essential container in task exited', startedAt: 1795222876000, stoppedAt: 1795222883500, attempts, container: { ...container, exitCode: 1, logStreamName: 'tried/default/2' } };
    const tab = await Tab.open('/');
    await answered(tab, '**/v1/describejobs', 'describejobs', () => ({ jobs: [ran] }));
    await tab.go(`/jobs/${job}`);
    const table = tab.page.getByRole('table', { name: 'Attempts' });
    await table.getByRole('row', { name: /^1 137 OutOfMemoryError.* 2\.50 s tried\/default\/1/ }).waitFor();
    await tab.sees('Essential container in task exited');
    await tab.sees('2 at most');
    await tab.shot('job');
    await table.getByRole('link', { name: 'tried/default/1' }).click();
    await tab.page.waitForURL(`**/logs/${part('/aws/batch/job')}/${part('tried/default/1')}`);
    await tab.end();
  }

  async tasks_and_targets_name_them() {
    await queued('named');
    const submitting = { Type: 'Task', Resource: 'arn:aws:states:::batch:submitJob', Arguments: { JobName: 'from-workflow', JobQueue: 'named', JobDefinition: 'named' }, End: true };
    const execution = await start(await machine('submits', { QueryLanguage: 'JSONata', StartAt: 'Submit', States: { Submit: submitting } }));
    const { status, output } = await ended(execution);
    equal(status, 'SUCCEEDED', 'the execution');
    const { JobId: job } = JSON.parse(output);
    const tab = await Tab.open(`/executions/${part(execution)}?visit=2`);
    await tab.role('link', `Job ${job}`).click();
    await tab.page.locator('h1').getByText('from-workflow').waitFor();
    await call('AWSEvents', 'PutRule', { Name: 'submits', ScheduleExpression: 'rate(1 day)', State: 'DISABLED' });
    const queue = `arn:aws:batch:${region}:job-queue/named`;
    const cluster = `arn:aws:ecs:${region}:cluster/default`;
    const TaskDefinitionArn = `arn:aws:ecs:${region}:task-definition/named:1`;
    const target = { RoleArn: 'arn:aws:iam::123456789012:role/r' };
    await call('AWSEvents', 'PutTargets', {
      Rule: 'submits',
      Targets: [
        { Id: 'job', Arn: queue, ...target, BatchParameters: { JobDefinition: 'named', JobName: 'daily' } },
        { Id: 'task', Arn: cluster, ...target, EcsParameters: { TaskDefinitionArn } },
      ],
    });
    await tab.go('/rules/default/submits');
    await tab.role('link', cluster).waitFor();
    await tab.role('link', queue).click();
    await tab.page.getByText('from-workflow').waitFor();
    await tab.end();
  }
}
