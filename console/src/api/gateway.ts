import { rest } from './aws';
import { all, named } from './paging';

/** What the console reads of API Gateway: HTTP APIs. */
export interface Api {
  apiId: string;
  name: string;
  apiEndpoint: string;
  createdDate: string;
  description?: string;
  version?: string;
  disableExecuteApiEndpoint?: boolean;
  corsConfiguration?: { allowOrigins?: string[]; allowMethods?: string[]; allowHeaders?: string[] };
}

export interface Route {
  routeId: string;
  routeKey: string;
  target?: string;
  authorizationType?: string;
  authorizerId?: string;
  authorizationScopes?: string[];
}

export interface Integration {
  integrationId: string;
  integrationType: string;
  integrationSubtype?: string;
  integrationMethod?: string;
  integrationUri?: string;
  requestParameters?: Record<string, string>;
}

export interface Authorizer {
  authorizerId: string;
  authorizerType: string;
  name: string;
  authorizerUri?: string;
  identitySource?: string[];
  jwtConfiguration?: { issuer?: string; audience?: string[] };
}

export interface Stage {
  stageName: string;
  autoDeploy?: boolean;
  deploymentId?: string;
  lastUpdatedDate: string;
  accessLogSettings?: { destinationArn?: string };
}

function list<Item>(path: string): Promise<Item[]> {
  type Output = { items?: Item[]; nextToken?: string };
  return all(
    async (token) => named(await rest<Output>('apigateway', 'GET', path, { query: token ? { nextToken: token } : {} }), 'nextToken'),
    (output) => output.items ?? [],
  );
}

const pathOf = (id: string): string => `/v2/apis/${encodeURIComponent(id)}`;

export const listApis = (): Promise<Api[]> => list('/v2/apis');
export const describeApi = (id: string): Promise<Api> => rest('apigateway', 'GET', pathOf(id));
export const listStages = (id: string): Promise<Stage[]> => list(`${pathOf(id)}/stages`);
export const listAuthorizers = (id: string): Promise<Authorizer[]> => list(`${pathOf(id)}/authorizers`);

/** A route with what is behind it. */
export interface WholeRoute extends Route {
  integration?: Integration | undefined;
  authorizer?: Authorizer | undefined;
}

export async function listRoutes(id: string): Promise<WholeRoute[]> {
  const [routes, integrations, authorizers] = await Promise.all([
    list<Route>(`${pathOf(id)}/routes`),
    list<Integration>(`${pathOf(id)}/integrations`),
    listAuthorizers(id),
  ]);
  const sorted = routes.sort((one, other) => one.routeKey.localeCompare(other.routeKey));
  return sorted.map((route) => ({
    ...route,
    integration: integrations.find((each) => route.target === `integrations/${each.integrationId}`),
    authorizer: authorizers.find((each) => each.authorizerId === route.authorizerId),
  }));
}
