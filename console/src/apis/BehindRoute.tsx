import type { ReactNode } from 'react';

import type { Integration, WholeRoute } from '../api/gateway';
import { ArnLink } from '../app/ArnLink';
import { Badge } from '../ui/Badge';

/** A function is named by its ARN, or within a path of API Gateway that calls it. */
const functionIn = (uri: string): string => /arn:aws[\w-]*:lambda:[\w-]*:\d{12}:function:[\w:-]+/.exec(uri)?.[0] ?? uri;

export function Uri({ of: uri }: { of: string }): ReactNode {
  const arn = functionIn(uri);
  return arn.startsWith('arn:') ? <ArnLink arn={arn} /> : <>{uri}</>;
}

/** What answers a route. */
export function IntegrationCell({ of: integration }: { of: Integration | undefined }): ReactNode {
  if (!integration) return <span className="muted">none</span>;
  const { integrationSubtype: subtype, integrationUri = '', integrationMethod = '', requestParameters } = integration;
  const arn = Object.values(requestParameters ?? {}).find((value) => value.startsWith('arn:'));
  if (subtype) {
    return (
      <>
        <Badge>{subtype}</Badge> <span className="mono">{arn && <ArnLink arn={arn} />}</span>
      </>
    );
  }
  return (
    <span className="mono">
      {integration.integrationType === 'HTTP_PROXY' && `${integrationMethod} `}
      <Uri of={integrationUri} />
    </span>
  );
}

/** Who may call a route. */
export function AuthorizationCell({ of: route }: { of: WholeRoute }): ReactNode {
  const type = route.authorizationType ?? 'NONE';
  if (type === 'NONE') return <span className="muted">open to all</span>;
  if (type === 'AWS_IAM') return <Badge>IAM</Badge>;
  return (
    <>
      <Badge>{type === 'JWT' ? 'JWT' : 'Function'}</Badge> {route.authorizer?.name} <span className="mono muted">{route.authorizationScopes?.join(' ')}</span>
    </>
  );
}
