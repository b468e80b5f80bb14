// What an assistant makes of every page, in light and in dark, and whether it fits its window.

import { call, ended, iam, machine, part, schedule, sns, start } from './api.mjs';
import { hello, queued } from './containers.mjs';
import { order, orderInput } from './definitions.mjs';
import { logged, shop, trust } from './material.mjs';
import { equal, Tab } from './support.mjs';

/** Looks at what is there at each path; the name of its picture stands beside it. */
async function nothingIsFound(paths) {
  const found = [];
  const tab = await Tab.open('/nowhere');
  for (const [name, path] of Object.entries(paths)) {
    await tab.go(path);
    await tab.page.locator('h1').waitFor();
    await tab.settled();
    const fits = await tab.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth && document.documentElement.scrollHeight <= innerHeight);
    if (!fits) found.push(`${path} does not fit into 1280 × 720`);
    for (const theme of ['light', 'dark']) {
      await tab.page.emulateMedia({ colorScheme: theme });
      found.push(...(await tab.audit()).map((each) => `${theme} ${path}: ${each}`));
    }
    await tab.shot(`dark-${name}`);
    await tab.page.emulateMedia({ colorScheme: 'light' });
  }
  await tab.end();
  equal(found, [], 'what axe found');
}

export class Audit {
  async of_state_machines() {
    const arn = await machine('audited', order);
    await ended(await start(arn, orderInput));
    const at = `/machines/${part(arn)}`;
    await nothingIsFound({
      machines: '/',
      machine: at,
      'machine-state': `${at}?state=Prepare`,
      'machine-executions': `${at}/executions`,
      'machine-metrics': `${at}/metrics`,
      'machine-edit': `${at}/edit`,
      'machine-versions': `${at}/versions`,
      'machine-compare': `${at}/compare`,
      'new-machine': '/machines/new',
      'try-state': '/try',
      jsonata: '/try/jsonata',
      nowhere: '/nowhere',
    });
  }

  async of_executions() {
    const execution = await start(await machine('audited-runs', order), orderInput);
    await ended(execution);
    const at = `/executions/${part(execution)}`;
    await nothingIsFound({
      executions: '/executions',
      execution: at,
      'execution-state': `${at}?visit=2&event=20`,
      timeline: `${at}/timeline`,
      events: `${at}/events?event=3`,
      iterations: `${at}/iterations`,
      metrics: '/metrics',
    });
  }

  async of_messages_and_roles() {
    const target = { Arn: 'arn:aws:states:us-east-1:123456789012:stateMachine:audited', RoleArn: 'arn:aws:iam::123456789012:role/r' };
    await logged('/aws/vendedlogs/audited');
    const topic = (await sns('CreateTopic', { Name: 'audited' }))('TopicArn');
    await call('AmazonSQS', 'CreateQueue', { QueueName: 'audited' });
    await call('AWSEvents', 'PutRule', { Name: 'audited', ScheduleExpression: 'rate(1 day)', State: 'DISABLED' });
    await call('AWSEvents', 'PutTargets', { Rule: 'audited', Targets: [{ Id: 'run', ...target }] });
    await schedule('audited', { ScheduleExpression: 'cron(0 0 1 1 ? 2099)', Target: target });
    await iam('CreateRole', { RoleName: 'audited', AssumeRolePolicyDocument: trust });
    await nothingIsFound({
      queues: '/queues',
      queue: '/queues/audited',
      topics: '/topics',
      topic: `/topics/${part(topic)}`,
      rules: '/rules',
      rule: '/rules/default/audited',
      buses: '/buses',
      bus: '/buses/default',
      schedules: '/schedules',
      schedule: '/schedules/default/audited',
      roles: '/roles',
      role: '/roles/audited',
      logs: '/logs',
      'log-group': `/logs/${part('/aws/vendedlogs/audited')}`,
    });
  }

  async of_functions_and_containers() {
    const api = await shop('audited');
    await hello('audited');
    const job = await queued('audited', { arrayProperties: { size: 2 } });
    await nothingIsFound({
      activities: '/activities',
      functions: '/functions',
      apis: '/apis',
      api: `/apis/${api}`,
      clusters: '/clusters',
      cluster: '/clusters/audited',
      'task-definitions': '/taskdefinitions',
      'task-definition': '/taskdefinitions/audited:1',
      'job-queues': '/jobqueues',
      jobs: '/jobqueues/audited',
      job: `/jobs/${job}`,
      'job-definitions': '/jobdefinitions',
      'job-definition': '/jobdefinitions/audited:1',
    });
  }
}
