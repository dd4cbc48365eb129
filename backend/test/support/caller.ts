/** What came back; `body` is untyped, like all parsed JSON: expectations say what it must be. */
export interface Answer<Body = ReturnType<typeof JSON.parse>> {
  status: number;
  /** The media type without its parameters. */
  type: string;
  headers: Record<string, string>;
  body: Body;
}

type Headers = Record<string, string>;

/** One who speaks to the API over HTTP, signed in or not. */
export class Caller {
  constructor(
    private readonly origin: () => string,
    private readonly ownHeaders: Headers = {},
  ) {}

  get(path: string, headers?: Headers): Promise<Answer> {
    return this.send('GET', path, undefined, headers);
  }

  post(path: string, body?: unknown, headers?: Headers): Promise<Answer> {
    return this.send('POST', path, body, headers);
  }

  put(path: string, body?: unknown, headers?: Headers): Promise<Answer> {
    return this.send('PUT', path, body, headers);
  }

  patch(path: string, body?: unknown, headers?: Headers): Promise<Answer> {
    return this.send('PATCH', path, body, headers);
  }

  delete(path: string, body?: unknown, headers?: Headers): Promise<Answer> {
    return this.send('DELETE', path, body, headers);
  }

  /** Plain objects go as JSON, forms as multipart, texts, bytes and streams as they are. */
  async send(method: string, path: string, body?: unknown, headers: Headers = {}): Promise<Answer> {
    const isRaw = typeof body === 'string' || body instanceof Uint8Array || body instanceof ReadableStream;
    const isJson = body !== undefined && !isRaw && !(body instanceof FormData);
    const response = await fetch(`${this.origin()}${path}`, {
      method,
      headers: { ...(isJson && { 'content-type': 'application/json' }), ...this.ownHeaders, ...headers },
      body: isJson ? JSON.stringify(body) : (body as RequestInit['body']),
      redirect: 'manual',
      ...(body instanceof ReadableStream && { duplex: 'half' }),
    });
    return answerOf(response);
  }
}

async function answerOf(response: Response): Promise<Answer> {
  const type = (response.headers.get('content-type') ?? '').split(';')[0];
  const bytes = Buffer.from(await response.arrayBuffer());
  return {
    status: response.status,
    type,
    headers: Object.fromEntries(response.headers),
    body: bodyOf(type, bytes),
  };
}

function bodyOf(type: string, bytes: Buffer): Answer['body'] {
  if (!bytes.length) return undefined;
  if (/[/+]json$/.test(type)) return JSON.parse(bytes.toString());
  return type.startsWith('text/') ? bytes.toString() : bytes;
}
