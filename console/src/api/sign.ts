import { hmac } from '@noble/hashes/hmac';
import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils';

import type { Credentials } from './credentials';

/** What is signed of a request: AWS's Signature Version 4, in the header. */
export interface Signable {
  method: string;
  path: string;
  query: string;
  host: string;
  body: string;
  service: string;
  region: string;
  time: Date;
}

const encoder = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);

function canonicalQuery(query: string): string {
  const pairs = [...new URLSearchParams(query)].map(([name, value]) => `${encoder(name)}=${encoder(value)}`);
  return pairs.sort().join('&');
}

/** Every part of the path is encoded once more, as all services but S3 have it. */
function canonicalPath(path: string): string {
  return path.split('/').map(encoder).join('/');
}

const digest = (text: string): string => bytesToHex(sha256(utf8ToBytes(text)));

export function signedHeaders(request: Signable, keys: Credentials): Record<string, string> {
  const stamp = request.time.toISOString().replace(/[-:]|\.\d{3}/g, '');
  const scope = `${stamp.slice(0, 8)}/${request.region}/${request.service}/aws4_request`;
  const headers: [string, string][] = [
    ['host', request.host],
    ['x-amz-date', stamp],
  ];
  if (keys.sessionToken) headers.push(['x-amz-security-token', keys.sessionToken]);
  const names = headers.map(([name]) => name).join(';');
  const canonical = [
    request.method,
    canonicalPath(request.path),
    canonicalQuery(request.query),
    headers.map(([name, value]) => `${name}:${value}\n`).join(''),
    names,
    digest(request.body),
  ].join('\n');
  const text = ['AWS4-HMAC-SHA256', stamp, scope, digest(canonical)].join('\n');
  let key = utf8ToBytes(`AWS4${keys.secretKey}`);
  for (const part of scope.split('/')) key = hmac(sha256, key, utf8ToBytes(part));
  const signature = bytesToHex(hmac(sha256, key, utf8ToBytes(text)));
  const rest = Object.fromEntries(headers.filter(([name]) => name !== 'host'));
  return {
    ...rest,
    authorization: `AWS4-HMAC-SHA256 Credential=${keys.accessKey}/${scope}, SignedHeaders=${names}, Signature=${signature}`,
  };
}
