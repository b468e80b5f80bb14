// Executions: the list and its filters, one that is watched live, its data, what can be done with it.

import { ended, machine, part, start, states } from './api.mjs';
import { approval, failing, nesting, order, orderInput, script, waiting } from './definitions.mjs';
import { equal, holds, Tab } from './support.mjs';

const boxOf = (tab, name) => tab.page.locator('.react-flow__node', { has: tab.page.locator('.box-name', { hasText: new RegExp(`^${name}$`) }) }).last();

export class Executions {
  async are_filtered_by_name_status_and_text() {
    const arn = await machine('filter', waiting);
    await ended(await start(arn, { seconds: 0, word: 'albatross' }, 'filter-one'));
    await ended(await start(arn, { seconds: 0 }, 'filter-two'));
    await start(arn, { seconds: 600 }, 'filter-three');
    const tab = await Tab.open('/executions?name=FILTER-');
    await tab.sees('filter-three');
    const rows = () => tab.page.locator('[role=row] .table-name').allTextContents();
    equal(await rows(), ['filter-three', 'filter-two', 'filter-one'], 'newest first');
    await tab.page.getByLabel('Status').selectOption('RUNNING');
    await tab.page.waitForURL('**status=RUNNING');
    await tab.sees('1 found');
    equal(await rows(), ['filter-three'], 'those that run');
    await tab.page.getByLabel('Status').selectOption('');
    await tab.page.getByLabel('Text in input').fill('albatross');
    await tab.sees('1 found');
    equal(await rows(), ['filter-one'], 'those whose input says so');
    await tab.page.getByLabel('Text in input').fill('nobody says this');
    await tab.sees('No execution fits');
    await tab.shot('executions-none');
    await tab.go('/executions');
    await tab.sees('found');
    await tab.shot('executions');
    await tab.end();
  }

  async are_watched_live_without_asking_again() {
    const arn = await machine('live', waiting);
    const execution = await start(arn, { seconds: 3 });
    const tab = await Tab.open(`/executions/${part(execution)}`);
    let asked = 0;
    await tab.page.locator('.mark-running', { hasText: 'Wait' }).waitFor();
    tab.page.on('request', () => asked++);
    await tab.shot('execution-running');
    await tab.page.locator('.mark-succeeded', { hasText: 'After' }).waitFor();
    await tab.page.getByRole('heading', { level: 1 }).getByText('Succeeded').waitFor();
    holds(asked <= 1, `it was asked ${asked} times for what came by itself`);
    await tab.end();
  }

  async show_events_and_iterations_and_times() {
    const execution = await start(await machine('shown', order), orderInput);
    await ended(execution);
    const tab = await Tab.open(`/executions/${part(execution)}`);
    await boxOf(tab, 'Done').waitFor();
    await tab.shot('execution');
    await tab.role('tab', /Timeline/).click();
    await tab.page.locator('.lane', { hasText: 'Let the carrier know' }).click();
    await tab.page.waitForURL('**visit=*');
    await tab.shot('timeline');
    await tab.role('tab', /Events/).click();
    await tab.page.getByLabel('Search in types').fill('MapIteration');
    await tab.sees('6 events');
    await tab.shot('events');
    await tab.role('tab', 'Map iterations').click();
    await tab.sees('3 of 3 items begun');
    await tab.shot('iterations');
    await tab.end();
  }

  async show_data_before_and_after_each_state() {
    const execution = await start(await machine('data', order), orderInput);
    await ended(execution);
    const tab = await Tab.open(`/executions/${part(execution)}`);
    await boxOf(tab, 'Let the carrier know').click();
    await tab.page.getByRole('tablist', { name: 'Data of Let the carrier know' }).getByRole('tab', { name: 'Change' }).click();
    await tab.sees('Nothing is different');
    await boxOf(tab, 'Prepare').locator('.box-container-head').click();
    await tab.page.getByRole('tablist', { name: 'Data of Prepare' }).getByRole('tab', { name: 'Change' }).click();
    await tab.page.locator('.diff .cm-content', { hasText: 'wrapped' }).waitFor();
    await tab.shot('inspector-change');
    await boxOf(tab, 'Check the order').click();
    const data = tab.page.getByRole('tablist', { name: 'Data of Check the order' });
    await data.getByRole('tab', { name: 'Input' }).click();
    await tab.page.getByRole('textbox', { name: 'Input of Check the order' }).waitFor();
    await data.getByRole('tab', { name: 'Output' }).click();
    await tab.page.getByRole('textbox', { name: 'Output of Check the order' }).waitFor();
    await data.getByRole('tab', { name: 'Variables' }).click();
    await tab.page.locator('.diff .cm-content', { hasText: 'attempts' }).waitFor();
    await tab.shot('inspector-variables');
    await data.getByRole('tab', { name: 'Definition' }).click();
    await tab.page.getByRole('textbox', { name: 'Definition of Check the order' }).waitFor();
    await tab.end();
  }

  async fetch_long_data_whole() {
    const execution = await start(await machine('long', waiting), { seconds: 0, text: `${'x'.repeat(100_000)} the end` });
    await ended(execution);
    const tab = await Tab.open(`/executions/${part(execution)}?visit=2`);
    const input = tab.page.getByRole('textbox', { name: 'Input of Wait' });
    await input.click();
    await tab.page.keyboard.press('Control+End');
    await input.filter({ hasText: 'the end' }).waitFor();
    await tab.end();
  }

  async tell_of_retries_and_are_redriven() {
    const arn = await machine('failing', failing);
    const execution = await start(arn, { machine: arn.replace('failing', 'nothing') });
    await ended(execution);
    const tab = await Tab.open(`/executions/${part(execution)}/timeline`);
    await tab.page.locator('.lane', { hasText: 'Call a service' }).click();
    await tab.page.locator('.attempts li').nth(2).waitFor();
    equal(await tab.page.locator('.seg-pause').count(), 3, 'waits between attempts, and the one of the legend');
    await tab.shot('timeline-retries');
    await tab.role('button', 'Redrive').click();
    await tab.sees('Running');
    await tab.page.locator('.attempts li').nth(5).waitFor();
    await tab.sees('redriven 1×');
    await tab.end();
  }

  async are_stopped() {
    const execution = await start(await machine('stopped', waiting), { seconds: 600 });
    const tab = await Tab.open(`/executions/${part(execution)}`);
    await tab.role('button', 'Stop', { exact: true }).click();
    await tab.page.getByLabel('Error').fill('Enough');
    await tab.shot('stop');
    await tab.page.getByRole('dialog').getByRole('button', { name: 'Stop' }).click();
    await tab.page.getByRole('heading', { level: 1 }).getByText('Aborted').waitFor();
    equal((await ended(execution)).error, 'Enough', 'the error');
    await tab.end();
  }

  async have_their_tasks_answered() {
    const execution = await start(await machine('approval', approval(await machine('asked', waiting))));
    const tab = await Tab.open(`/executions/${part(execution)}`);
    await boxOf(tab, 'Ask a person').click();
    await tab.role('button', 'Answer').click();
    await tab.page.getByRole('textbox', { name: 'Output' }).fill('{"approved": true}');
    await tab.shot('answer');
    await tab.role('button', 'Send').click();
    await tab.page.getByRole('heading', { level: 1 }).getByText('Succeeded').waitFor();
    equal((await ended(execution)).output, '{"approved":true}', 'the answer');
    await tab.end();
  }

  async lead_to_those_that_they_start() {
    const child = await machine('child', waiting);
    const execution = await start(await machine('parent', nesting(child)));
    await ended(execution);
    const tab = await Tab.open(`/executions/${part(execution)}?visit=2`);
    await tab.page.getByRole('link', { name: /^Execution / }).first().click();
    await tab.page.waitForURL('**execution:child:*');
    await boxOf(tab, 'After').waitFor();
    await tab.end();
  }

  async never_become_html() {
    const arn = await machine('script', { Comment: script, StartAt: script, States: { [script]: { Type: 'Pass', Result: script, End: true } } });
    const execution = await start(arn, { [script]: script });
    await ended(execution);
    for (const place of ['', '/events', '/timeline']) {
      const tab = await Tab.open(`/executions/${part(execution)}${place}?visit=2`);
      await tab.page.getByText('onerror').first().waitFor();
      equal(await tab.page.evaluate(() => [globalThis.broken ?? null, document.querySelectorAll('img[src=x]').length]), [null, 0], 'what the data did');
      await tab.end();
    }
  }

  async tell_failures_as_the_server_does() {
    const missing = 'arn:aws:states:us-east-1:123456789012:execution:none:such';
    const tab = await Tab.open(`/executions/${part(missing)}`);
    await tab.sees('ExecutionDoesNotExist');
    await tab.sees(`Execution Does Not Exist: '${missing}'`);
    await tab.shot('execution-missing');
    await tab.end();
  }

  async begin_at_their_first_event_and_go_on() {
    const execution = await start(await machine('travel', order), orderInput);
    await ended(execution);
    const tab = await Tab.open(`/executions/${part(execution)}?event=4`);
    await tab.page.locator('.mark-running', { hasText: 'How large is it?' }).waitFor();
    equal(await tab.page.locator('.mark-succeeded .box-name').allTextContents(), ['Check the order'], 'what had been done by then');
    await tab.shot('travel');
    await tab.page.locator('h1').click();
    await tab.page.keyboard.press('ArrowRight');
    await tab.page.waitForURL('**event=5');
    await tab.page.locator('.mark-succeeded', { hasText: 'How large is it?' }).waitFor();
    await tab.page.keyboard.press('Home');
    await tab.page.waitForURL('**event=1');
    equal(await tab.page.locator('[class*=mark-]').count(), 0, 'at the first event nothing has been entered');
    await tab.page.keyboard.press('End');
    await tab.page.locator('.mark-succeeded', { hasText: 'Done' }).waitFor();
    await tab.end();
  }

  async are_forked_with_other_data() {
    const execution = await start(await machine('forked', order), orderInput);
    await ended(execution);
    const tab = await Tab.open(`/executions/${part(execution)}`);
    await boxOf(tab, 'How large is it\\?').click();
    await tab.role('button', 'Fork', { exact: true }).click();
    const input = tab.page.getByRole('textbox', { name: 'Input of the state' });
    await input.filter({ hasText: 'Ada' }).waitFor();
    await input.fill(JSON.stringify({ ...orderInput, total: 5000 }));
    await tab.shot('fork');
    await tab.role('button', 'Start from here').click();
    await tab.sees('forked from');
    await tab.page.getByRole('heading', { level: 1 }).getByText('Failed').waitFor();
    await tab.sees('at event 4');
    await tab.page.locator('.mark-failed', { hasText: 'Refuse' }).waitFor();
    await tab.shot('forked');
    const fork = decodeURIComponent(tab.page.url().split('/executions/')[1].replace(/\?.*/, '').replace(/~/g, '%'));
    equal((await ended(fork)).error, 'OrderRefused', 'where the other data led');
    const history = await states('GetExecutionHistory', { executionArn: fork });
    const assigned = history.events.find((event) => event.stateExitedEventDetails?.assignedVariables)?.stateExitedEventDetails.assignedVariables;
    equal(JSON.parse(assigned.customer), orderInput.customer, 'the variables');
    await tab.end();
  }
}
