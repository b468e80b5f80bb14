// Testing one state, and the playgrounds.

import { ended, machine, part, start } from './api.mjs';
import { order, orderInput } from './definitions.mjs';
import { equal, Tab } from './support.mjs';

const result = (tab) => tab.page.getByRole('region', { name: 'Result' });

export class Trying {
  async a_state_with_a_mock_shows_its_data_step_by_step() {
    const tab = await Tab.open('/try');
    await tab.role('button', 'Test').click();
    await result(tab).getByText('Succeeded').waitFor();
    await result(tab).getByText('"total"').waitFor();
    const steps = await tab.page.locator('.step').allTextContents();
    equal(steps, ['Input', 'After Arguments', 'Result', 'Output'], 'the steps');
    await tab.role('button', 'After Arguments').click();
    await result(tab).getByText('"FunctionName"').waitFor();
    await tab.shot('try-state');
    await tab.page.getByLabel('What its task does').selectOption('error');
    await tab.role('button', 'Test').click();
    await result(tab).getByText('States.TaskFailed').first().waitFor();
    await tab.end();
  }

  async expressions_are_evaluated_as_they_are_typed() {
    const tab = await Tab.open('/try/jsonata');
    await result(tab).getByText('23').waitFor();
    await tab.page.getByLabel('JSONata expression').fill('$count($states.input.order.lines) & " lines"');
    await result(tab).getByText('"2 lines"').waitFor();
    await tab.page.getByLabel('JSONata expression').fill('$nonsense(');
    await result(tab).getByText(/States.QueryEvaluationError|ValidationException|InvalidDefinition/).first().waitFor();
    await tab.shot('jsonata');
    await tab.role('tab', 'JSONPath').click();
    await result(tab).getByText('19').waitFor();
    await tab.page.getByLabel('JSONPath expression').fill('$.order.lines[?(@.price > 10)].item');
    await result(tab).getByText('"pot"').waitFor();
    await tab.shot('jsonpath');
    await tab.end();
  }

  async the_data_of_an_execution_can_be_used() {
    const execution = await start(await machine('material', order), orderInput);
    await ended(execution);
    const tab = await Tab.open(`/executions/${part(execution)}?visit=4`);
    await tab.role('link', 'Test with this data').click();
    await tab.sees('With the data of How large is it?');
    await tab.page.getByRole('region', { name: 'Variables' }).getByText('"attempts"').waitFor();
    await tab.role('button', 'Test').click();
    await result(tab).getByText('goes on with Prepare').waitFor();
    await tab.role('tab', 'JSONata').click();
    await tab.page.getByLabel('JSONata expression').fill('$customer.name');
    await result(tab).getByText('"Ada"').waitFor();
    await tab.end();
  }
}
