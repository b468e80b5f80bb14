// How long things take, in milliseconds. Measured, not judged: a busy machine is no failure of the console.

import { ended, machine, part, start, states } from './api.mjs';
import { large, waiting } from './definitions.mjs';
import { Tab } from './support.mjs';

/** Four events a round. */
const loop = {
  StartAt: 'Count',
  States: {
    Count: { Type: 'Pass', Parameters: { 'n.$': 'States.MathAdd($.n, -1)' }, Next: 'More?' },
    'More?': { Type: 'Choice', Choices: [{ Variable: '$.n', NumericGreaterThan: 0, Next: 'Count' }], Default: 'Done' },
    Done: { Type: 'Succeed' },
  },
};

async function timed(action) {
  const began = performance.now();
  await action();
  return Math.round(performance.now() - began);
}

export class Speed {
  async the_first_page() {
    const tab = await Tab.open('/');
    await tab.page.reload();
    await tab.page.locator('h1').waitFor();
    const [load, paint] = await tab.page.evaluate(() => [
      performance.getEntriesByType('navigation')[0].loadEventEnd,
      performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
    ]);
    await tab.end();
    return { 'page loaded': Math.round(load), 'first paint': Math.round(paint) };
  }

  async an_event_until_it_is_seen() {
    const execution = await start(await machine('speed-live', waiting), { seconds: 3 });
    const tab = await Tab.open(`/executions/${part(execution)}`);
    await tab.page.locator('.mark-running', { hasText: 'Wait' }).waitFor();
    const seen = await tab.page.evaluate(
      () =>
        new Promise((resolve) => {
          const look = () => document.querySelector('.mark-succeeded .box-name') && resolve(Date.now());
          new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true });
        }),
    );
    const { events } = await states('GetExecutionHistory', { executionArn: execution });
    await tab.end();
    return { 'event seen after': Math.round(seen - events.find((event) => event.type === 'WaitStateExited').timestamp * 1000) };
  }

  async a_history_of_25000_events() {
    const execution = await start(await machine('speed-history', loop), { n: 6248 });
    await ended(execution);
    const tab = await Tab.open('/nowhere');
    const open = await timed(async () => {
      await tab.go(`/executions/${part(execution)}/events`);
      await tab.sees(/^24,99\d$|^25,000$/);
    });
    await tab.shot('events-25000');
    await tab.end();
    return { 'history of 25,000 events open': open };
  }

  async a_definition_of_200_states() {
    const arn = await machine('speed-large', large(200));
    const tab = await Tab.open('/nowhere');
    const open = await timed(async () => {
      await tab.go(`/machines/${part(arn)}`);
      await tab.page.locator('.box-name', { hasText: 'Step 199' }).waitFor();
    });
    const layout = () => tab.page.evaluate(() => performance.getEntriesByName('layout').at(-1).duration);
    const first = await layout();
    await tab.role('link', 'State machines').first().click();
    await tab.page.locator('.table-line').first().click();
    await tab.page.locator('.box-name', { hasText: 'Step 199' }).waitFor();
    const again = await layout();
    await tab.end();
    return { 'definition of 200 states open': open, 'definition of 200 states laid out': Math.round(first), 'definition of 200 states laid out again': Math.round(again) };
  }

  /** Of the machine STEPWELL_MACHINE, which has them. What is looked for stands in the oldest of them. */
  async a_list_of_many_executions() {
    const arn = process.env.STEPWELL_MACHINE;
    const measured = {};
    for (const [where, path] of [['of all', '/executions'], ['of a machine', `/machines/${part(arn)}/executions`]]) {
      const tab = await Tab.open(path);
      await tab.sees('200+ found');
      const filtered = async (what, label, value, seen) => {
        const control = tab.page.getByLabel(label);
        const choose = label === 'Status' || label === 'Started';
        // Looked for at every frame: waiting for a locator looks half a second apart after the first tries.
        const isSeen = ({ source }) => new RegExp(source).test(document.querySelector('.table-foot')?.textContent ?? '');
        measured[`filter ${where} by ${what}`] = await timed(async () => {
          await (choose ? control.selectOption(value) : control.fill(value));
          await tab.page.waitForFunction(isSeen, { source: seen.source }, { polling: 'raf' });
        });
        await (choose ? control.selectOption('') : control.fill(''));
        await tab.page.locator('.table-foot', { hasText: /^200\+ found$/ }).waitFor();
      };
      await filtered('a name that one has', 'Name', 'THE-OLDEST', /^1 found/);
      await filtered('a status that one has', 'Status', 'FAILED', /^1 found/);
      await filtered('time', 'Started', '24h', /^200\+ found.*looked/);
      await filtered('text in the input of all', 'Text in input', '"n":7', /^200\+ found.*looked/);
      await filtered('text in the input of one', 'Text in input', 'the needle', /^1 found/);
      await filtered('text in the error of one', 'Text in input', 'The haystack', /^1 found/);
      await filtered('text in none', 'Text in input', 'nobody says this', /^0 found/);
      await tab.end();
    }
    return measured;
  }
}
