// What else the server has, and what every page has.

import { call, ended, machine, part, start, states } from './api.mjs';
import { large, order, orderInput, waiting } from './definitions.mjs';
import { equal, holds, Tab } from './support.mjs';

async function logged() {
  const logs = (operation, input) => call('Logs_20140328', operation, input);
  await logs('CreateLogGroup', { logGroupName: '/aws/vendedlogs/orders' });
  await logs('CreateLogStream', { logGroupName: '/aws/vendedlogs/orders', logStreamName: '2026/11/20/[1]orders' });
  const event = { timestamp: Date.now(), message: JSON.stringify({ type: 'ExecutionStarted', details: { roleArn: 'r' } }) };
  await logs('PutLogEvents', { logGroupName: '/aws/vendedlogs/orders', logStreamName: '2026/11/20/[1]orders', logEvents: [event] });
}

export class Others {
  async lists_of_activities_functions_logs_and_metrics() {
    await states('CreateActivity', { name: 'pick-and-pack' });
    await logged();
    const tab = await Tab.open('/activities');
    await tab.sees('pick-and-pack');
    await tab.shot('activities');
    await tab.go('/functions');
    await tab.sees('No functions');
    await tab.shot('functions-none');
    await tab.go('/logs');
    await tab.page.getByText('/aws/vendedlogs/orders').click();
    await tab.page.getByText('[1]orders').click();
    await tab.page.getByText('ExecutionStarted').click();
    await tab.page.getByRole('region', { name: 'Log event' }).waitFor();
    await tab.shot('log-stream');
    await tab.go('/metrics');
    await tab.page.locator('.plot path.area').first().waitFor();
    await tab.shot('metrics');
    await tab.end();
  }

  async lists_of_queues_and_rules() {
    await call('AmazonSQS', 'CreateQueue', { QueueName: 'parcels' });
    const arn = await machine('ruled', waiting);
    await call('AWSEvents', 'PutRule', { Name: 'new-orders', EventPattern: JSON.stringify({ source: ['shop'], 'detail-type': ['Order'] }) });
    await call('AWSEvents', 'PutTargets', { Rule: 'new-orders', Targets: [{ Id: 'run', Arn: arn, RoleArn: 'arn:aws:iam::123456789012:role/r' }] });
    const tab = await Tab.open('/queues');
    await tab.page.getByText('parcels').click();
    await tab.sees('VisibilityTimeout');
    await tab.shot('queue');
    await tab.go('/rules');
    await tab.shot('rules');
    await tab.page.getByText('new-orders').click();
    await tab.role('link', arn).waitFor();
    await tab.shot('rule');
    await tab.role('link', arn).click();
    await tab.sees('Start execution');
    await tab.end();
  }

  async the_keyboard_leads_everywhere() {
    const arn = await machine('keyboard', waiting);
    const tab = await Tab.open('/');
    await tab.sees('keyboard');
    await tab.page.keyboard.press('g');
    await tab.page.keyboard.press('e');
    await tab.page.locator('[data-search]').waitFor();
    await tab.sees('found');
    await tab.page.keyboard.press('/');
    equal(await tab.page.evaluate(() => document.activeElement?.getAttribute('aria-label')), 'Name', 'the search has the focus');
    await tab.page.keyboard.press('Control+k');
    await tab.page.getByRole('combobox', { name: 'Go to' }).fill('keyb');
    await tab.page.getByRole('option', { name: /keyboard/ }).first().waitFor();
    await tab.shot('palette');
    await tab.page.keyboard.press('Enter');
    await tab.page.waitForURL(`**/machines/${arn}`);
    await tab.page.locator('h1').click();
    await tab.page.keyboard.press('?');
    await tab.page.getByRole('dialog', { name: 'Keys' }).waitFor();
    await tab.shot('keys');
    await tab.page.keyboard.press('Escape');
    await tab.page.getByRole('dialog').waitFor({ state: 'detached' });
    await tab.go('/');
    await tab.page.locator('[role=row][tabindex]').first().focus();
    await tab.page.keyboard.press('Enter');
    await tab.page.waitForURL('**/machines/arn:*');
    await tab.end();
  }

  async an_assistant_finds_nothing_serious_in_light_or_dark() {
    const arn = await machine('audit', order);
    const execution = await start(arn, orderInput);
    await ended(execution);
    const [m, e] = [`/machines/${part(arn)}`, `/executions/${part(execution)}`];
    const paths = ['/', m, `${m}/executions`, `${m}/edit`, `${m}/versions`, `${m}/compare`, '/machines/new', '/executions', e, `${e}?visit=2&event=20`, `${e}/timeline`, `${e}/events?event=3`, `${e}/iterations`, '/try', '/try/jsonata', '/activities', '/functions', '/queues', '/rules', '/logs', '/metrics', '/nowhere'];
    const found = [];
    for (const theme of ['light', 'dark']) {
      const tab = await Tab.open('/', { theme });
      for (const path of paths) {
        await tab.go(path);
        await tab.page.locator('h1').waitFor();
        await tab.page.waitForLoadState('networkidle');
        if (path.startsWith(m) || path === e) await tab.shot(`audit-${theme}-${paths.indexOf(path)}`);
        found.push(...(await tab.audit()).map((each) => `${theme} ${path}: ${each}`));
      }
      await tab.end();
    }
    equal(found, [], 'what axe found');
  }

  async the_theme_is_chosen_and_kept() {
    const tab = await Tab.open('/', { theme: 'light' });
    await tab.role('button', 'Dark colours').click();
    await tab.page.reload();
    await tab.role('button', 'Light colours').waitFor();
    equal(await tab.page.evaluate(() => document.documentElement.dataset.theme), 'dark', 'the theme');
    await tab.shot('machines-dark');
    await tab.end();
  }

  async two_hundred_states_are_legible() {
    const arn = await machine('large', large(200));
    const tab = await Tab.open(`/machines/${part(arn)}`);
    await tab.page.locator('.box-name', { hasText: 'Step 199' }).waitFor();
    equal(await tab.page.locator('.react-flow__node-state').count(), 200, 'the states');
    const boxes = await tab.page.locator('.react-flow__node-state').evaluateAll((nodes) =>
      nodes.map((node) => new DOMRect(...Object.values(node.getBoundingClientRect().toJSON()).slice(0, 4))).map(({ x, y, width, height }) => [x, y, x + width, y + height]),
    );
    const overlap = boxes.some(([l, t, r, b], i) => boxes.slice(i + 1).some(([l2, t2, r2, b2]) => l < r2 && l2 < r && t < b2 && t2 < b));
    holds(!overlap, 'no state lies over another');
    await tab.role('button', 'Zoom in').click();
    await tab.shot('large');
    await tab.end();
  }
}
