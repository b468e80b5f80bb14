// A server that answers signed requests only.

import { equal, holds, signed, Tab } from './support.mjs';

export class Signed {
  async requests_are_signed_with_the_key_that_is_entered() {
    const tab = await Tab.open('/', { base: signed });
    const dialog = tab.page.getByRole('dialog', { name: 'Access key' });
    await dialog.waitFor();
    await tab.shot('access-key');
    await dialog.getByLabel('Access key ID').fill('CONSOLE');
    await dialog.getByLabel('Secret access key').fill('wrong');
    await dialog.getByRole('button', { name: 'Sign in' }).click();
    await tab.page.getByRole('alert').getByText('SignatureException').waitFor();
    await tab.role('button', 'Access key').click();
    await dialog.getByLabel('Secret access key').fill('the-secret-of-the-console');
    await dialog.getByRole('button', { name: 'Sign in' }).click();
    await tab.page.getByRole('alert').waitFor({ state: 'detached' });
    for (const path of ['/', '/executions', '/functions', '/apis', '/clusters', '/jobqueues', '/logs', '/activities', '/metrics', '/try/jsonata']) {
      await tab.go(path);
      await tab.page.locator('h1').waitFor();
      await tab.settled();
      equal(await tab.page.getByRole('alert').count(), 0, `failures at ${path}`);
    }
    equal(await tab.page.evaluate(() => localStorage.length), 0, 'what is kept beyond the session');
    holds(await tab.page.evaluate(() => sessionStorage.length === 1), 'the key is kept in the session');
    await tab.end();
  }

  async an_execution_is_followed_with_a_signature() {
    const tab = await Tab.open('/', { base: signed });
    const dialog = tab.page.getByRole('dialog', { name: 'Access key' });
    await dialog.getByLabel('Access key ID').fill('CONSOLE');
    await dialog.getByLabel('Secret access key').fill('the-secret-of-the-console');
    await dialog.getByRole('button', { name: 'Sign in' }).click();
    await tab.role('link', 'New state machine').click();
    await tab.page.getByLabel('Name', { exact: true }).fill('signed');
    await tab.sees('Valid');
    await tab.role('button', 'Create').click();
    await tab.role('button', 'Start execution').click();
    await tab.page.getByLabel('Name').fill('signed-run');
    await tab.role('button', 'Start', { exact: true }).click();
    await tab.page.locator('.mark-succeeded', { hasText: 'Greet' }).waitFor();
    await tab.end();
  }
}
