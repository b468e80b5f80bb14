// Definitions that the cases run.

/** Every type of state, a Choice with conditions, branches, iterations, catches, variables. */
export const order = {
  Comment: 'Takes an order, from the check to the parcel',
  StartAt: 'Check the order',
  States: {
    'Check the order': {
      Type: 'Pass',
      Assign: { 'customer.$': '$.customer', attempts: 0 },
      Parameters: { 'customer.$': '$.customer', 'lines.$': '$.lines', 'total.$': 'States.MathAdd($.total, 0)' },
      Next: 'How large is it?',
    },
    'How large is it?': {
      Type: 'Choice',
      Choices: [
        { Variable: '$.total', NumericGreaterThan: 1000, Next: 'Refuse' },
        { And: [{ Variable: '$.total', NumericGreaterThan: 100 }, { Variable: '$.customer.vip', IsPresent: true }], Next: 'Prepare' },
      ],
      Default: 'Prepare',
    },
    Prepare: {
      Type: 'Parallel',
      Branches: [
        {
          StartAt: 'Reserve the money',
          States: {
            'Reserve the money': { Type: 'Pass', Result: { reserved: true }, Next: 'Note it down' },
            'Note it down': { Type: 'Pass', End: true },
          },
        },
        {
          StartAt: 'Pack each line',
          States: {
            'Pack each line': {
              Type: 'Map',
              ItemsPath: '$.lines',
              MaxConcurrency: 2,
              ItemProcessor: {
                ProcessorConfig: { Mode: 'INLINE' },
                StartAt: 'Fetch from the shelf',
                States: {
                  'Fetch from the shelf': { Type: 'Wait', SecondsPath: '$.seconds', Next: 'Wrap' },
                  Wrap: { Type: 'Pass', Parameters: { 'wrapped.$': '$.item' }, End: true },
                },
              },
              End: true,
            },
          },
        },
      ],
      ResultPath: '$.prepared',
      Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'Refuse' }],
      Next: 'Let the carrier know',
    },
    'Let the carrier know': { Type: 'Wait', Seconds: 1, Next: 'Done' },
    Done: { Type: 'Succeed' },
    Refuse: { Type: 'Fail', Error: 'OrderRefused', Cause: 'It is too large, or could not be prepared' },
  },
};

export const orderInput = {
  customer: { name: 'Ada', vip: true },
  total: 240,
  lines: [
    { item: 'cup', seconds: 0 },
    { item: 'pot', seconds: 1 },
    { item: 'kettle', seconds: 0 },
  ],
};

/** A task that fails twice and is caught; nothing of it needs a function. */
export const failing = {
  StartAt: 'Call a service',
  States: {
    'Call a service': {
      Type: 'Task',
      Resource: 'arn:aws:states:::states:startExecution',
      Parameters: { 'StateMachineArn.$': '$.machine' },
      Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 1, MaxAttempts: 2, BackoffRate: 1 }],
      Next: 'Never',
    },
    Never: { Type: 'Pass', End: true },
  },
};

export const nesting = (child) => ({
  StartAt: 'Run the other',
  States: {
    'Run the other': {
      Type: 'Task',
      Resource: 'arn:aws:states:::states:startExecution.sync:2',
      Parameters: { StateMachineArn: child, Input: { seconds: 0 } },
      End: true,
    },
  },
});

/** A task that hands its token to another machine and waits. */
export const approval = (child) => ({
  StartAt: 'Ask a person',
  States: {
    'Ask a person': {
      Type: 'Task',
      Resource: 'arn:aws:states:::states:startExecution.waitForTaskToken',
      Parameters: { StateMachineArn: child, Input: { seconds: 0, 'token.$': '$$.Task.Token' } },
      TimeoutSeconds: 600,
      End: true,
    },
  },
});

export const waiting = {
  StartAt: 'Wait',
  States: { Wait: { Type: 'Wait', SecondsPath: '$.seconds', Next: 'After' }, After: { Type: 'Pass', End: true } },
};

export const script = '<img src=x onerror="window.broken = true"><script>window.broken = true</script>';

/** Many states, with choices between them. */
export function large(count) {
  const states = {};
  for (let i = 0; i < count; i++) {
    const next = `Step ${i + 1}`;
    const last = i === count - 1;
    states[`Step ${i}`] =
      i % 5 === 2 && i + 3 < count
        ? { Type: 'Choice', Choices: [{ Variable: '$.n', NumericGreaterThan: i, Next: `Step ${i + 2}` }], Default: next }
        : { Type: 'Pass', ...(last ? { End: true } : { Next: next }) };
  }
  return { StartAt: 'Step 0', States: states };
}
