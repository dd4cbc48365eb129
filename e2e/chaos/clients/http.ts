import { TransportError } from '../../../frontend/src/app/domain/conversations/engine/transport';

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed JSON; expectations say what it must be. */
  readonly body: ReturnType<typeof JSON.parse>;
}

export interface HttpOptions {
  readonly method?: string;
  readonly token?: string | null;
  readonly cookie?: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  readonly signal?: AbortSignal;
}

/** No browser waits longer for its own server; a request that hangs is given up, and its connection with it. */
const GIVE_UP_MS = 15_000;

/** One request. Without an answer it rejects with the retryable error `offline`; every answer counts as one. */
export async function request(url: string, options: HttpOptions = {}): Promise<HttpAnswer> {
  const { method = 'GET', token, cookie, body, headers, signal } = options;
  const isForm = body instanceof FormData;
  const given = AbortSignal.timeout(GIVE_UP_MS);
  try {
    const answer = await fetch(url, {
      method,
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(cookie && { cookie }),
        ...(body !== undefined && !isForm && { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined || isForm ? body : JSON.stringify(body),
      signal: signal ? AbortSignal.any([signal, given]) : given,
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, body: text ? JSON.parse(text) : undefined };
  } catch {
    throw new TransportError('offline', true);
  }
}

/** A sign-in that ran out, too many requests and whatever is the server's trouble pass; everything else is a verdict. */
const isPassing = (status: number): boolean => status >= 500 || [401, 408, 429].includes(status);

/** The answer's body, or the refusal as the engine knows it. */
export function granted({ status, headers, body }: HttpAnswer): HttpAnswer['body'] {
  if (status < 400) return body;
  const retryAfter = headers.get('retry-after');
  throw new TransportError(
    codeOf(body?.code ?? `status-${status}`),
    isPassing(status),
    retryAfter === null ? undefined : Number(retryAfter) * 1_000,
    body?.requestId,
  );
}

const codeOf = (code: string): string => (code === 'validation-failed' ? 'validation' : code.replaceAll('-', '_'));
