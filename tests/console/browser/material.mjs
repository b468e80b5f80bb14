// What else than state machines a server may have, for those who look at it.

import { call, rest } from './api.mjs';

export async function logged(logGroupName) {
  const logs = (operation, input) => call('Logs_20140328', operation, { logGroupName, ...input });
  const logStreamName = '2026/11/20/[1]orders';
  await logs('CreateLogGroup');
  await logs('CreateLogStream', { logStreamName });
  const message = JSON.stringify({ type: 'ExecutionStarted', details: { roleArn: 'r' } });
  await logs('PutLogEvents', { logStreamName, logEvents: [{ timestamp: Date.now(), message }] });
}

/** An HTTP API with routes of each kind. */
export async function shop(Name) {
  const { apiId } = await rest('POST', '/v2/apis', { name: Name, protocolType: 'HTTP', description: 'Orders & parcels', corsConfiguration: { allowOrigins: ['https://shop.example'], allowMethods: ['GET'] } });
  const make = (kind, input) => rest('POST', `/v2/apis/${apiId}/${kind}`, input);
  const role = 'arn:aws:iam::123456789012:role/r';
  const integrations = await Promise.all([
    make('integrations', { integrationType: 'AWS_PROXY', integrationUri: 'arn:aws:lambda:us-east-1:123456789012:function:hello', payloadFormatVersion: '2.0' }),
    make('integrations', { integrationType: 'HTTP_PROXY', integrationMethod: 'GET', integrationUri: 'https://parcels.example/{id}', payloadFormatVersion: '1.0' }),
    make('integrations', {
      integrationType: 'AWS_PROXY',
      integrationSubtype: 'StepFunctions-StartExecution',
      credentialsArn: role,
      payloadFormatVersion: '1.0',
      requestParameters: { StateMachineArn: 'arn:aws:states:us-east-1:123456789012:stateMachine:order', Input: '$request.body' },
    }),
  ]);
  const [hello, parcels, order] = integrations.map(({ integrationId }) => `integrations/${integrationId}`);
  const { authorizerId } = await make('authorizers', {
    name: 'customers',
    authorizerType: 'JWT',
    identitySource: ['$request.header.Authorization'],
    jwtConfiguration: { issuer: 'https://login.example', audience: ['shop'] },
  });
  await make('routes', { routeKey: '$default', target: hello });
  await make('routes', { routeKey: 'GET /parcels/{id}', target: parcels, authorizationType: 'AWS_IAM' });
  await make('routes', { routeKey: 'POST /orders', target: order, authorizationType: 'JWT', authorizerId, authorizationScopes: ['orders:write'] });
  await make('stages', { stageName: '$default', autoDeploy: true });
  await make('stages', { stageName: 'held' });
  return apiId;
}

export const trust = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'states.amazonaws.com' }, Action: 'sts:AssumeRole' }] });
