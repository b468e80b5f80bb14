// State machines: the list, the graph of a definition, editing, versions, starting.

import { readFile } from 'node:fs/promises';

import { ended, machine, part, start, states } from './api.mjs';
import { failing, order, orderInput, waiting } from './definitions.mjs';
import { equal, holds, Tab } from './support.mjs';

const names = (tab) => tab.page.locator('[role=row] .table-name').allTextContents();

export class Machines {
  async are_found_by_a_part_of_their_name() {
    for (const name of ['list-apple', 'list-pear', 'list-Plum']) await machine(name, waiting);
    const tab = await Tab.open('/?q=list-p');
    await tab.sees('list-pear');
    equal(await names(tab), ['list-Plum', 'list-pear'], 'the search in the address');
    await tab.page.getByLabel('Search by name').fill('apple');
    await tab.page.waitForURL('**q=apple');
    equal(await names(tab), ['list-apple'], 'the search that is typed');
    await tab.page.getByLabel('Search by name').fill('');
    await tab.shot('machines');
    await tab.end();
  }

  async show_every_type_of_state_as_a_graph() {
    const arn = await machine('graph', order);
    const tab = await Tab.open(`/machines/${part(arn)}`);
    await tab.page.locator('.react-flow__node-state').first().waitFor();
    const shown = await tab.page.locator('.box-name').allTextContents();
    const known = ['Check the order', 'How large is it?', 'Prepare', 'Reserve the money', 'Note it down', 'Pack each line', 'Fetch from the shelf', 'Wrap', 'Let the carrier know', 'Done', 'Refuse'];
    equal(shown.sort(), known.sort(), 'the states of the graph');
    const labels = await tab.page.locator('.line-label text').allTextContents();
    for (const label of ['$.total > 1000', 'otherwise', 'States.ALL']) holds(labels.includes(label), `the label ${label}, among ${labels}`);
    await tab.shot('machine');
    await tab.page.locator('.react-flow__node', { hasText: 'Prepare' }).locator('.box-container-head').click();
    await tab.page.waitForURL('**state=Prepare');
    await tab.sees('Test this state');
    await tab.shot('machine-state');
    await tab.end();
  }

  async are_exported_as_pictures() {
    const arn = await machine('export', { ...order, Comment: '<&"' });
    const tab = await Tab.open(`/machines/${part(arn)}`);
    for (const [kind, begins] of [['SVG', '<svg '], ['PNG', '\x89PNG']]) {
      const download = tab.page.waitForEvent('download');
      await tab.role('button', kind).click();
      const file = await (await download).path();
      const bytes = await readFile(file);
      equal(bytes.subarray(0, begins.length).toString('latin1'), begins, `how the ${kind} begins`);
      holds(bytes.length > 4000, `the ${kind} has ${bytes.length} bytes`);
    }
    await tab.end();
  }

  async are_edited_while_their_graph_changes() {
    const arn = await machine('edit', waiting);
    const tab = await Tab.open(`/machines/${part(arn)}/edit`);
    const editor = tab.page.getByRole('textbox', { name: 'Definition' });
    await tab.sees('Valid');
    const changed = JSON.stringify({ ...waiting, States: { ...waiting.States, After: { Type: 'Pass', Next: 'Later' }, Later: { Type: 'Succeed' } } }, null, 2);
    await editor.fill(changed);
    await tab.page.locator('.box-name', { hasText: 'Later' }).waitFor();
    await tab.sees('Not saved');
    await editor.fill(changed.replace('"Later"', '"Nowhere"'));
    await tab.sees('MISSING_TRANSITION_TARGET');
    await tab.shot('edit-wrong');
    holds(await tab.role('button', 'Save', { exact: true }).isDisabled(), 'what is wrong cannot be saved');
    await editor.fill(changed);
    await tab.sees('Valid');
    await tab.page.keyboard.press('Control+s');
    await tab.sees('Saved');
    const saved = await states('DescribeStateMachine', { stateMachineArn: arn });
    holds(saved.definition.includes('Later'), 'it is saved');
    await tab.shot('edit');
    await tab.end();
  }

  async complete_what_is_typed() {
    const arn = await machine('complete', waiting);
    const tab = await Tab.open(`/machines/${part(arn)}/edit`);
    const editor = tab.page.getByRole('textbox', { name: 'Definition' });
    await editor.fill('{"StartAt": "A", "States": {"A": {"Type": , "Ne": ""}}}');
    const places = [
      [', "Ne": ""}}}', '"Ta', 'Task', '"Type": "Task"'],
      ['": ""}}}', 'x', 'Next', '"Next"'],
    ];
    for (const [behind, typed, offered, made] of places) {
      await tab.page.keyboard.press('Control+End');
      for (let i = 0; i < behind.length; i++) await tab.page.keyboard.press('ArrowLeft');
      await tab.page.keyboard.type(typed, { delay: 20 });
      await tab.page.keyboard.press('Control+Space');
      await tab.page.locator('.cm-tooltip-autocomplete li', { hasText: offered }).first().waitFor();
      await tab.page.waitForTimeout(100); // an editor takes no choice in the first moment, so that nobody chooses by mistake
      await tab.page.keyboard.press('Enter');
      await editor.filter({ hasText: made }).waitFor();
    }
    await tab.end();
  }

  async are_made_here() {
    const tab = await Tab.open('/machines/new');
    await tab.page.getByLabel('Name', { exact: true }).fill('made-here');
    await tab.sees('Valid');
    await tab.page.locator('.box-name', { hasText: 'Greet' }).waitFor();
    await tab.shot('new-machine');
    await tab.role('button', 'Create').click();
    await tab.page.waitForURL('**/machines/arn:*made-here');
    await tab.sees('Start execution');
    await tab.end();
  }

  async have_versions_and_aliases() {
    const arn = await machine('versions', waiting);
    const tab = await Tab.open(`/machines/${part(arn)}/versions`);
    await tab.sees('No versions');
    await tab.shot('versions-none');
    await tab.role('button', 'Publish').click();
    await tab.page.getByLabel('Description').fill('the first one');
    await tab.page.getByRole('dialog').getByRole('button', { name: 'Publish' }).click();
    await tab.sees('Compare with the latest');
    await tab.role('button', 'New alias').click();
    await tab.page.getByLabel('Name').fill('live');
    await tab.role('button', 'Save').click();
    await tab.sees('version 1');
    await tab.shot('versions');
    await states('UpdateStateMachine', { stateMachineArn: arn, definition: JSON.stringify({ ...waiting, Comment: 'Waits as long as it is told' }) });
    await tab.go(`/machines/${part(arn)}/compare`);
    await tab.page.locator('.cm-merge-b .cm-changedLine').first().waitFor();
    await tab.shot('compare');
    await states('PublishStateMachineVersion', { stateMachineArn: arn });
    await tab.go(`/machines/${part(arn)}/versions`);
    await tab.page.getByRole('row', { name: /^live/ }).click();
    await tab.page.getByLabel('Second version').selectOption('2');
    await tab.page.getByRole('slider').fill('70');
    await tab.shot('alias');
    await tab.role('button', 'Save').click();
    await tab.sees('version 1 (70 %), version 2 (30 %)');
    await tab.page.getByRole('row', { name: /^live/ }).click();
    await tab.sees('Of a hundred executions, 70 run version 1');
    await tab.end();
  }

  async start_with_an_input_that_is_suggested_and_remembered() {
    const arn = await machine('start', order);
    const tab = await Tab.open(`/machines/${part(arn)}`);
    await tab.role('button', 'Start execution').click();
    const editor = tab.page.getByRole('textbox', { name: 'Input' });
    const suggested = JSON.parse((await editor.innerText()).replaceAll('\u00a0', ' '));
    equal(Object.keys(suggested).sort(), ['customer', 'lines', 'total'], 'what the definition reads');
    await tab.shot('start');
    await editor.fill(JSON.stringify(orderInput));
    await tab.page.getByLabel('Name').fill('by-hand');
    await tab.role('button', 'Start', { exact: true }).click();
    await tab.page.waitForURL('**/executions/arn:*by-hand*');
    await tab.go(`/machines/${part(arn)}`);
    await tab.role('button', 'Start execution').click();
    holds((await tab.page.getByRole('textbox', { name: 'Input' }).innerText()).includes('kettle'), 'the input is remembered');
    await tab.end();
  }

  async run_at_once_where_they_are_express() {
    const arn = await machine('express', { StartAt: 'A', States: { A: { Type: 'Pass', Result: { done: true }, End: true } } }, 'EXPRESS');
    const tab = await Tab.open(`/machines/${part(arn)}`);
    await tab.role('button', 'Start execution').click();
    await tab.role('button', 'Run').click();
    await tab.page.getByRole('dialog').getByText('Succeeded').waitFor();
    await tab.end();
  }

  async tell_how_their_states_fare() {
    const arn = await machine('figures', failing);
    await Promise.all([1, 2, 3].map(async () => ended(await start(arn, { machine: 'none' }))));
    const tab = await Tab.open(`/machines/${part(arn)}/metrics`);
    await tab.sees('3 executions');
    await tab.sees('3 · 100 %');
    await tab.page.getByRole('img', { name: 'Visits of Call a service over time' }).waitFor();
    await tab.shot('machine-metrics');
    await tab.page.getByLabel('Started').selectOption('7d');
    await tab.page.waitForURL('**since=7d');
    await tab.page.getByText('Call a service').click();
    await tab.page.waitForURL('**state=Call**');
    await tab.end();
  }

  async list_their_executions() {
    const arn = await machine('listing', waiting);
    await ended(await start(arn, { seconds: 0 }, 'first-one'));
    const tab = await Tab.open(`/machines/${part(arn)}/executions`);
    await tab.sees('first-one');
    await tab.shot('machine-executions');
    await tab.end();
  }
}
