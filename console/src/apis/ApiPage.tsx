import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, useParams } from 'wouter';

import { describeApi, listAuthorizers, listRoutes, listStages, type Api, type Authorizer, type Stage, type WholeRoute } from '../api/gateway';
import { ArnLink } from '../app/ArnLink';
import { nameIn, places } from '../app/places';
import { Badge } from '../ui/Badge';
import { Copyable } from '../ui/Copyable';
import { Empty } from '../ui/Empty';
import { ErrorBox } from '../ui/ErrorBox';
import { Facts } from '../ui/Facts';
import { Page } from '../ui/Page';
import { DateTime } from '../ui/Time';
import { VirtualTable, type Column } from '../ui/VirtualTable';
import { AuthorizationCell, IntegrationCell, Uri } from './BehindRoute';

const routeColumns: Column<WholeRoute>[] = [
  { title: 'Route', width: 'minmax(0, 1fr)', cell: (route) => <span className="mono table-name">{route.routeKey}</span> },
  { title: 'Integration', width: 'minmax(0, 2fr)', cell: (route) => <IntegrationCell of={route.integration} /> },
  { title: 'Authorization', width: 'minmax(0, 1fr)', cell: (route) => <AuthorizationCell of={route} /> },
];

const addressOf = (api: Api, { stageName }: Stage): string => (stageName === '$default' ? api.apiEndpoint : `${api.apiEndpoint}/${stageName}`);

function deployed(stage: Stage): ReactNode {
  if (stage.autoDeploy) return <Badge>by itself</Badge>;
  return stage.deploymentId ? <span className="mono">{stage.deploymentId}</span> : <span className="muted">not yet</span>;
}

const stageColumns = (api: Api): Column<Stage>[] => [
  { title: 'Stage', width: '100px', cell: (stage) => <span className="mono table-name">{stage.stageName}</span> },
  { title: 'Address', width: 'minmax(0, 3.2fr)', cell: (stage) => <Copyable text={addressOf(api, stage)} /> },
  { title: 'Deployed', width: '100px', cell: deployed },
  {
    title: 'Access log',
    width: 'minmax(0, 1fr)',
    cell: ({ accessLogSettings: log }) => (log?.destinationArn ? <ArnLink arn={log.destinationArn} /> : <span className="muted">–</span>),
  },
  { title: 'Changed', width: '170px', cell: (stage) => <DateTime at={Date.parse(stage.lastUpdatedDate) / 1000} /> },
];

const authorizerColumns: Column<Authorizer>[] = [
  { title: 'Authorizer', width: '140px', cell: (each) => <span className="table-name">{each.name}</span> },
  { title: 'Type', width: '110px', cell: (each) => <Badge>{each.authorizerType === 'JWT' ? 'JWT' : 'Function'}</Badge> },
  {
    title: 'Asks',
    width: 'minmax(0, 1.6fr)',
    cell: (each) => (each.authorizerUri ? <Uri of={each.authorizerUri} /> : <span className="mono">{each.jwtConfiguration?.issuer}</span>),
  },
  { title: 'Looks at', width: 'minmax(0, 1fr)', cell: (each) => <span className="mono">{each.identitySource?.join(' ')}</span> },
];

function factsOf(api: Api): Record<string, ReactNode> {
  const { corsConfiguration: cors } = api;
  const listed = (values: string[] | undefined): ReactNode => values && <span className="mono">{values.join(', ')}</span>;
  return {
    Id: <Copyable text={api.apiId} />,
    Description: api.description || undefined,
    Version: api.version || undefined,
    'Origins that may ask': listed(cors?.allowOrigins),
    'Methods for them': listed(cors?.allowMethods),
    'Headers for them': listed(cors?.allowHeaders),
    Endpoint: api.disableExecuteApiEndpoint ? 'switched off' : undefined,
    Created: <DateTime at={Date.parse(api.createdDate) / 1000} />,
  };
}

function Tables({ of: api }: { of: Api }): ReactNode {
  const id = api.apiId;
  const routes = useQuery({ queryKey: ['routes', id], queryFn: () => listRoutes(id) });
  const stages = useQuery({ queryKey: ['stages', id], queryFn: () => listStages(id) });
  const authorizers = useQuery({ queryKey: ['authorizers', id], queryFn: () => listAuthorizers(id) });
  const error = routes.error ?? stages.error ?? authorizers.error;
  return (
    <>
      {error && <ErrorBox error={error} />}
      {routes.data && (
        <VirtualTable label="Routes" columns={routeColumns} rows={routes.data} keyOf={(route) => route.routeId}>
          {routes.data.length === 0 && (
            <Empty icon="apis" title="No routes">
              <p>Every request is answered with 404.</p>
            </Empty>
          )}
        </VirtualTable>
      )}
      {stages.data && (
        <VirtualTable label="Stages" columns={stageColumns(api)} rows={stages.data} keyOf={(stage) => stage.stageName}>
          {stages.data.length === 0 && (
            <Empty icon="apis" title="No stages">
              <p>Requests are answered by what has been deployed to a stage.</p>
            </Empty>
          )}
        </VirtualTable>
      )}
      {authorizers.data && authorizers.data.length > 0 && (
        <VirtualTable label="Authorizers" columns={authorizerColumns} rows={authorizers.data} keyOf={(each) => each.authorizerId} />
      )}
    </>
  );
}

export function ApiPage(): ReactNode {
  const id = nameIn(useParams<{ id: string }>().id);
  const { data, error } = useQuery({ queryKey: ['api', id], queryFn: () => describeApi(id) });
  return (
    <Page title={data?.name ?? id} crumbs={<Link to={places.apis}>HTTP APIs</Link>} address={data?.apiEndpoint} scrolls error={error}>
      {data && (
        <>
          <section className="card padded" aria-label="Configuration">
            <Facts of={factsOf(data)} />
          </section>
          <Tables of={data} />
        </>
      )}
    </Page>
  );
}
