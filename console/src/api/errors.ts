import { parseXml } from './xml';

/** A failure as the server tells it: AWS's code and words, and what Stepwell says beside them. */
export class ApiError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly status: number,
    readonly detail = '',
    readonly requestId = '',
  ) {
    super(message);
    this.name = 'ApiError';
  }
}

/** The server gave no answer at all. */
export class NoAnswer extends Error {
  constructor(reason: unknown) {
    super(`${location.origin} does not answer; is the server running? (${asError(reason).message})`);
    this.name = 'No answer';
  }
}

/** What was asked for is not there, where the server says so by an answer that is empty. */
export class NotFound extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'Not found';
  }
}

export function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function parsed(text: string): Record<string, unknown> {
  if (text.startsWith('<')) {
    const error = parseXml(text).at('Error')?.fields();
    return { __type: error?.['Code'], message: error?.['Message'] };
  }
  try {
    return record(JSON.parse(text));
  } catch {
    return {};
  }
}

export async function errorOf(response: Response): Promise<ApiError> {
  const text = await response.text();
  const body = parsed(text);
  const code = response.headers.get('x-amzn-errortype') ?? String(body['__type'] ?? `HTTP ${response.status}`);
  const message = body['message'] ?? body['Message'] ?? body['errorMessage'] ?? text.slice(0, 300);
  return new ApiError(
    code.split('#').pop()?.split(':')[0] ?? code,
    String(message),
    response.status,
    response.headers.get('x-stepwell-detail') ?? '',
    response.headers.get('x-amzn-requestid') ?? '',
  );
}
