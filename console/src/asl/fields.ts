/** The fields of the Amazon States Language, for completion. */
const everywhere = ['Type', 'Comment', 'QueryLanguage'];
const flow = ['Next', 'End'];
const data = ['InputPath', 'OutputPath', 'Parameters', 'ResultPath', 'ResultSelector', 'Arguments', 'Output', 'Assign'];
const failures = ['Retry', 'Catch'];

export const machineFields = ['Comment', 'StartAt', 'States', 'QueryLanguage', 'TimeoutSeconds', 'Version'];

export const stateFields: Record<string, string[]> = {
  Task: [...everywhere, ...flow, ...data, ...failures, 'Resource', 'TimeoutSeconds', 'TimeoutSecondsPath', 'HeartbeatSeconds', 'HeartbeatSecondsPath', 'Credentials'],
  Pass: [...everywhere, ...flow, ...data, 'Result'],
  Choice: [...everywhere, 'InputPath', 'OutputPath', 'Output', 'Assign', 'Choices', 'Default'],
  Wait: [...everywhere, ...flow, 'InputPath', 'OutputPath', 'Output', 'Assign', 'Seconds', 'SecondsPath', 'Timestamp', 'TimestampPath'],
  Succeed: [...everywhere, 'InputPath', 'OutputPath', 'Output'],
  Fail: [...everywhere, 'Error', 'ErrorPath', 'Cause', 'CausePath'],
  Parallel: [...everywhere, ...flow, ...data, ...failures, 'Branches'],
  Map: [...everywhere, ...flow, ...data, ...failures, 'ItemProcessor', 'ItemsPath', 'Items', 'ItemSelector', 'ItemReader', 'ItemBatcher', 'ResultWriter', 'MaxConcurrency', 'MaxConcurrencyPath', 'ToleratedFailureCount', 'ToleratedFailurePercentage', 'Label'],
};

export const stateTypes = Object.keys(stateFields);

export const fieldsInside: Record<string, string[]> = {
  Retry: ['ErrorEquals', 'IntervalSeconds', 'MaxAttempts', 'BackoffRate', 'MaxDelaySeconds', 'JitterStrategy'],
  Catch: ['ErrorEquals', 'Next', 'ResultPath', 'Output', 'Assign'],
  Choices: ['Condition', 'Variable', 'Next', 'And', 'Or', 'Not', 'StringEquals', 'NumericEquals', 'NumericGreaterThan', 'NumericLessThan', 'BooleanEquals', 'StringMatches', 'IsPresent', 'IsNull', 'Output', 'Assign'],
  Branches: machineFields,
  ItemProcessor: [...machineFields, 'ProcessorConfig'],
};

export const errorNames = ['States.ALL', 'States.TaskFailed', 'States.Timeout', 'States.HeartbeatTimeout', 'States.Permissions', 'States.DataLimitExceeded', 'States.ResultPathMatchFailure', 'States.ParameterPathFailure', 'States.BranchFailed', 'States.NoChoiceMatched', 'States.IntrinsicFailure', 'States.ExceedToleratedFailureThreshold', 'States.QueryEvaluationError'];

export const resources = ['arn:aws:states:::lambda:invoke', 'arn:aws:states:::lambda:invoke.waitForTaskToken', 'arn:aws:states:::states:startExecution', 'arn:aws:states:::states:startExecution.sync:2', 'arn:aws:states:::sqs:sendMessage', 'arn:aws:states:::sns:publish', 'arn:aws:states:::events:putEvents', 'arn:aws:states:::dynamodb:getItem', 'arn:aws:states:::dynamodb:putItem', 'arn:aws:states:::http:invoke'];
