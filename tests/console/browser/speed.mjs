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
    const layout = await tab.page.evaluate(() => performance.getEntriesByName('layout').at(-1).duration);
    await tab.end();
    return { 'definition of 200 states open': open, 'laid out': Math.round(layout) };
  }

  async a_list_of_many_executions() {
    const count = Number(process.env.STEPWELL_EXECUTIONS ?? 200_000);
    const arn = await machine('speed-list', { StartAt: 'A', States: { A: { Type: 'Succeed' } } });
    let next = 0;
    const starter = async () => {
      while (next < count) await start(arn, {}, `run-${next++}`);
    };
    await Promise.all(Array.from({ length: 64 }, starter));
    const tab = await Tab.open('/executions');
    await tab.sees('200+ found');
    const filter = async (label, text, seen) =>
      timed(async () => {
        await tab.page.getByLabel(label).fill(text);
        await tab.sees(seen);
      });
    const first = await filter('Name', 'run-0', '200+ found').catch(() => null);
    const name = await filter('Name', `run-${Math.floor(count / 2)}`, /^1 found$|^\d+ found$/);
    await tab.page.getByLabel('Name').fill('');
    await tab.sees('200+ found');
    const status = await timed(async () => {
      await tab.page.getByLabel('Status').selectOption('FAILED');
      await tab.sees('No execution fits');
    });
    await tab.go(`/machines/${part(arn)}/executions`);
    await tab.sees('200+ found');
    const ofMachine = await filter('Name', `run-${Math.floor(count / 3)}`, /^\d+ found$/);
    await tab.end();
    return { executions: count, 'many fit': first, 'one name of all': name, 'a status that none has': status, 'one name of a machine': ofMachine };
  }
}
