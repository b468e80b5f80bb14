import { credentials } from './credentials';
import { asError, errorOf, NoAnswer } from './errors';
import { signedHeaders } from './sign';

/** A request to this page's own server; there is no other that it ever asks. */
export interface ServerRequest {
  method?: string;
  path: string;
  query?: URLSearchParams;
  body?: string;
  headers?: Record<string, string>;
  service: string;
  signal?: AbortSignal;
}

let region = 'us-east-1';

export function setRegion(name: string): void {
  region = name;
}

export async function send(request: ServerRequest): Promise<Response> {
  const method = request.method ?? 'GET';
  const query = request.query?.toString() ?? '';
  const keys = credentials();
  const body = request.body ?? '';
  const signed = keys
    ? signedHeaders(
        { method, path: request.path, query, host: location.host, body, service: request.service, region, time: new Date() },
        keys,
      )
    : {};
  const response = await fetch(`${request.path}${query ? `?${query}` : ''}`, {
    method,
    headers: { ...request.headers, ...signed },
    ...(request.body === undefined ? {} : { body: request.body }),
    ...(request.signal ? { signal: request.signal } : {}),
    credentials: 'omit',
    redirect: 'error',
  }).catch((reason: unknown) => {
    throw request.signal?.aborted ? asError(reason) : new NoAnswer(reason);
  });
  if (!response.ok) throw await errorOf(response);
  return response;
}
