// What else the server has, and what every page has.

import { call, ended, iam, machine, part, schedule, sns, start, states } from './api.mjs';
import { large, waiting } from './definitions.mjs';
import { logged, shop, trust } from './material.mjs';
import { equal, holds, Tab } from './support.mjs';

export class Others {
  async lists_of_activities_functions_logs_and_metrics() {
    await states('CreateActivity', { name: 'pick-and-pack' });
    await logged('/aws/vendedlogs/orders');
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

  async apis_with_their_routes_and_stages() {
    const id = await shop('shop');
    const tab = await Tab.open('/apis');
    await tab.sees('Orders & parcels');
    await tab.shot('apis');
    await tab.page.getByRole('row', { name: /^shop/ }).click();
    const routes = tab.page.getByRole('table', { name: 'Routes' });
    await routes.getByText('GET https://parcels.example/{id}').waitFor();
    await routes.getByRole('row', { name: /POST \/orders StepFunctions-StartExecution .* JWT customers orders:write/ }).waitFor();
    await routes.getByRole('link', { name: 'arn:aws:lambda:us-east-1:123456789012:function:hello' }).waitFor();
    const stages = tab.page.getByRole('table', { name: 'Stages' });
    const endpoint = `/_aws/execute-api/${id}`;
    const addresses = await stages.getByTitle('Copy').allTextContents();
    equal(addresses.map((each) => each.slice(each.indexOf('/_aws'))).sort(), [endpoint, `${endpoint}/held`], 'the addresses of the stages');
    await tab.sees('https://login.example');
    await tab.shot('api');
    await tab.page.locator('.page-sub').getByTitle('Copy').click();
    await tab.sees('copied');
    await routes.getByRole('link', { name: /stateMachine:order/ }).click();
    await tab.page.waitForURL('**/machines/arn:*');
    await tab.end();
  }

  async topics_are_listed_and_published_to() {
    const queue = await call('AmazonSQS', 'CreateQueue', { QueueName: 'announced' });
    const arn = (await sns('CreateTopic', { Name: 'announcements' }))('TopicArn');
    const tab = await Tab.open('/topics');
    await tab.page.getByText('announcements').first().click();
    await tab.sees('Nobody has subscribed');
    await sns('Subscribe', { TopicArn: arn, Protocol: 'sqs', Endpoint: arn.replace(':sns:', ':sqs:').replace('announcements', 'announced') });
    await tab.page.reload();
    await tab.sees('announced');
    await tab.sees('SubscriptionsConfirmed');
    await tab.role('button', 'Publish a message').click();
    await tab.page.getByRole('textbox', { name: 'Message' }).fill('<b>The shop opens at 9 & closes at 5</b>');
    await tab.shot('topic-publish');
    await tab.role('button', 'Publish', { exact: true }).click();
    await tab.sees('Published as');
    await tab.role('button', 'Close').click();
    await tab.shot('topic');
    const { Messages } = await call('AmazonSQS', 'ReceiveMessage', { QueueUrl: queue.QueueUrl, WaitTimeSeconds: 5 });
    equal(JSON.parse(Messages[0].Body).Message, '<b>The shop opens at 9 & closes at 5</b>', 'what arrived');
    await tab.go(`/topics/${part(arn.replace('announcements', 'none'))}`);
    await tab.sees('Topic does not exist');
    await tab.end();
  }

  async schedules_tell_when_they_run_next() {
    const target = { Arn: await machine('nightly', waiting), RoleArn: 'arn:aws:iam::123456789012:role/r', Input: '{"seconds": 0}' };
    await schedule('every-night', { ScheduleExpression: 'cron(30 2 * * ? 2099)', ScheduleExpressionTimezone: 'Europe/Berlin', Target: target, Description: 'Counts the day' });
    await schedule('held', { ScheduleExpression: 'rate(5 minutes)', State: 'DISABLED', Target: target });
    const tab = await Tab.open('/schedules');
    await tab.sees('held');
    await tab.shot('schedules');
    await tab.page.getByText('every-night').click();
    const runs = tab.page.getByRole('region', { name: 'Next runs' }).locator('time');
    await runs.nth(4).waitFor();
    const times = await runs.evaluateAll((all) => all.map((each) => each.getAttribute('datetime')));
    equal(times.slice(0, 2), ['2099-01-01T01:30:00.000Z', '2099-01-02T01:30:00.000Z'], 'the first runs');
    await tab.shot('schedule');
    await tab.role('link', target.Arn).click();
    await tab.sees('Start execution');
    await tab.go('/schedules/default/held');
    await tab.page.getByRole('region', { name: 'Next runs' }).getByText('None').waitFor();
    await tab.end();
  }

  async roles_with_their_policies() {
    await iam('CreateRole', { RoleName: 'packer', AssumeRolePolicyDocument: trust, Description: 'Packs & sends' });
    const allowed = (Action) => JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });
    await iam('PutRolePolicy', { RoleName: 'packer', PolicyName: 'send', PolicyDocument: allowed('sqs:SendMessage') });
    const policy = await iam('CreatePolicy', { PolicyName: 'announce', PolicyDocument: allowed('sns:Publish') });
    await iam('AttachRolePolicy', { RoleName: 'packer', PolicyArn: policy('Arn') });
    const tab = await Tab.open('/roles');
    await tab.sees('Packs & sends');
    await tab.page.getByText('packer').first().click();
    for (const text of ['"sts:AssumeRole"', '"sqs:SendMessage"', '"sns:Publish"']) await tab.sees(text);
    await tab.shot('role');
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
    await tab.sees('new-orders');
    await tab.shot('rules');
    await tab.page.getByText('new-orders').click();
    await tab.role('link', arn).waitFor();
    await tab.shot('rule');
    await tab.role('link', arn).click();
    await tab.sees('Start execution');
    await tab.go('/buses');
    await tab.page.getByText('default').first().click();
    await tab.page.getByText('new-orders').waitFor();
    await tab.shot('bus');
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

  async the_focus_is_seen_and_has_a_name() {
    const arn = await machine('focus', waiting);
    await ended(await start(arn, { seconds: 0 }, 'focus-run'));
    const tab = await Tab.open('/');
    const unseen = [];
    for (const path of [`/machines/${part(arn)}`, `/machines/${part(arn)}/executions`, '/try']) {
      await tab.go(path);
      await tab.settled();
      const seen = new Set();
      for (let i = 0; i < 45; i++) {
        await tab.page.keyboard.press('Tab');
        const at = await tab.page.evaluate(() => {
          const element = document.activeElement;
          const { outlineStyle, boxShadow } = getComputedStyle(element);
          const name = element.getAttribute('aria-label') ?? element.textContent.trim().slice(0, 30);
          const editor = element.closest('.editor');
          const marked = outlineStyle !== 'none' || boxShadow !== 'none' || (editor && getComputedStyle(editor, '::after').borderStyle === 'solid');
          return { what: `${element.tagName} ${name}`, named: name !== '' || element.tagName === 'INPUT', marked: Boolean(marked), body: element === document.body };
        });
        if (at.body) break;
        seen.add(at.what);
        if (!at.named || !at.marked) unseen.push(`${path}: ${at.what}`);
      }
      holds(seen.size > 18, `the keyboard reaches ${seen.size} things at ${path}`);
    }
    equal([...new Set(unseen)], [], 'what has the focus unseen or without a name');
    await tab.end();
  }

  async every_list_has_a_key() {
    const tab = await Tab.open('/nowhere');
    await tab.sees('There is no such page');
    const lists = { m: 'State machines', e: 'Executions', t: 'Try things', a: 'Activities', f: 'Functions', h: 'HTTP APIs', c: 'Clusters', j: 'Job queues', q: 'Queues', o: 'Topics', r: 'Rules', s: 'Schedules', i: 'Roles', l: 'Logs', x: 'Metrics' };
    for (const [key, title] of Object.entries(lists)) {
      await tab.page.keyboard.press('g');
      await tab.page.keyboard.press(key);
      await tab.page.getByRole('heading', { level: 1, name: title }).waitFor();
      equal(await tab.page.locator('[aria-current=page]').textContent(), title, 'where the menu says one is');
    }
    await tab.end();
  }

  async a_page_that_does_not_come_leaves_the_others_in_reach() {
    const tab = await Tab.open('/');
    await tab.page.route('**/assets/ActivitiesPage*', (route) => route.abort());
    await tab.role('link', 'Activities').click();
    await tab.sees('This page cannot be shown');
    await tab.shot('page-missing');
    await tab.page.route('**/', (route) => route.abort());
    await tab.role('link', 'Queues', { exact: true }).click();
    await tab.page.getByRole('alert').getByText('does not answer').waitFor();
    await tab.shot('no-answer');
    tab.wrong = tab.wrong.filter((each) => !/Failed to (load resource|fetch dynamically)/.test(each));
    await tab.end();
  }

  async narrow_windows_have_room_for_every_page() {
    const arn = await machine('narrow', waiting);
    const execution = await start(arn, { seconds: 0 });
    await ended(execution);
    const tab = await Tab.open('/nowhere', { size: { width: 420, height: 800 } });
    const [m, e] = [`/machines/${part(arn)}`, `/executions/${part(execution)}`];
    const paths = { machines: '/', machine: m, edit: `${m}/edit`, versions: `${m}/versions`, executions: '/executions', execution: e, timeline: `${e}/timeline`, try: '/try', metrics: '/metrics' };
    for (const [name, path] of Object.entries(paths)) {
      await tab.go(path);
      await tab.page.locator('h1').waitFor();
      await tab.settled();
      const width = await tab.page.evaluate(() => Math.max(...[...document.querySelectorAll('html, .page-body')].map((each) => each.scrollWidth)));
      holds(width <= 420, `${path} is ${width} pixels wide`);
      await tab.shot(`narrow-${name}`);
    }
    await tab.end();
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
    const name = await tab.page.locator('.box-name', { hasText: 'Step 3' }).first().boundingBox();
    holds(name.height > 12, `names are ${name.height} pixels high at first sight`);
    await tab.shot('large');
    await tab.end();
  }
}
