import { TrackingError, type TrackingFailure } from "./errors.js";
import { type FailedAttempt, isTransient, parseRetryAfter, type RetryPolicy, withRetries } from "./retry.js";

/** Credentials: a user name and password, or a token. */
export type TrackingAuth =
  | { readonly kind: "basic"; readonly username: string; readonly password: string }
  | { readonly kind: "bearer"; readonly token: string };

/** One request. */
export interface Call {
  /** The action named in errors: "create experiment "demo"". */
  readonly action: string;
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Below `/api/2.0/mlflow/`, or from the server's root if it begins with a slash. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | readonly string[] | undefined>>;
  readonly body?: object;
  /** Bytes in place of a JSON body. */
  readonly content?: Blob;
  /** False if doing it twice differs from doing it once; defaults to true. */
  readonly repeatable?: boolean;
}

/** The server at an address. A gate that asks for credentials counts as MLflow: the next request shows its error. */
export type Answerer = "MLflow" | "something else" | "nothing";

/** Sends requests; made by {@link createTransport}. */
export interface Transport {
  /** The server's address, without credentials and without a slash at its end. */
  readonly trackingUri: string;
  readonly policy: RetryPolicy;
  /** Sends and reads a JSON answer. */
  json<T>(call: Call): Promise<T>;
  /** Sends and hands the answer to `read`, which is called again when its connection breaks. */
  read<T>(call: Call, read: (response: Response) => Promise<T>): Promise<T>;
  /** Finds out which server answers at the address; never throws, tries once. */
  probe(): Promise<Answerer>;
}

/** Options of a transport. */
export interface TransportOptions extends RetryPolicy {
  readonly trackingUri: string;
  readonly auth: TrackingAuth | undefined;
  readonly fetch: typeof globalThis.fetch;
  readonly now: () => number;
  readonly timeoutMs: number;
  readonly transferTimeoutMs: number;
  readonly signal: AbortSignal | undefined;
}

const REACH_TIMEOUT_MS = 3000;

/** Creates a transport to one server. */
export function createTransport(options: TransportOptions): Transport {
  const { fetch, now, timeoutMs, transferTimeoutMs, signal } = options;
  const { trackingUri, authorization } = parseAddress(options.trackingUri, options.auth);
  const policy: RetryPolicy = { retries: options.retries, sleep: options.sleep, random: options.random };

  async function attempt<T>(
    call: Call,
    timeout: number,
    read: (response: Response) => Promise<T>,
  ): Promise<{ value: T } | FailedAttempt> {
    const timer = AbortSignal.timeout(timeout);
    let response: Response | undefined;
    try {
      response = await fetch(urlOf(trackingUri, call), {
        method: call.method,
        headers: {
          ...(authorization === undefined ? {} : { authorization }),
          ...(call.body === undefined ? {} : { "content-type": "application/json" }),
          ...(call.content === undefined ? {} : { "content-type": "application/octet-stream" }),
        },
        ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
        ...(call.content === undefined ? {} : { body: call.content }),
        signal: signal === undefined ? timer : AbortSignal.any([timer, signal]),
      });
      if (response.ok) return { value: await read(response) };
      const error = refusal(call, response.status, await response.text());
      return { error, retryAfterMs: parseRetryAfter(response.headers.get("retry-after"), now()) };
    } catch (cause) {
      if (cause instanceof TrackingError || signal?.aborted || isOurs(cause)) throw cause;
      return { error: loss(call, trackingUri, timer.aborted ? timeout : undefined, cause) };
    }
  }

  function send<T>(call: Call, timeout: number, read: (response: Response) => Promise<T>): Promise<T> {
    return withRetries(() => attempt(call, timeout, read), { ...policy, repeatable: call.repeatable ?? true });
  }

  return {
    trackingUri,
    policy,
    json: <T>(call: Call) =>
      send(call, call.content === undefined ? timeoutMs : transferTimeoutMs, (response) => readJson<T>(call, response)),
    read: (call, read) => send(call, transferTimeoutMs, read),
    probe: async () => {
      const ask = async (path: string, expected: RegExp): Promise<Answerer> => {
        const response = await fetch(trackingUri + path, {
          headers: authorization === undefined ? {} : { authorization },
          signal: AbortSignal.timeout(REACH_TIMEOUT_MS),
        });
        const text = await response.text();
        if (response.status >= 500) return "nothing";
        const isGate = response.status === 401 || response.status === 403;
        return isGate || (response.ok && expected.test(text)) ? "MLflow" : "something else";
      };
      try {
        const health = await ask("/health", /^OK\s*$/);
        return health === "MLflow" ? await ask("/version", /^\d+\.\d+\S*\s*$/) : health;
      } catch {
        return "nothing";
      }
    },
  };
}

function parseAddress(address: string, auth: TrackingAuth | undefined) {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    const shown = address.replace(/\/\/[^/@]*@/, "//");
    throw new RangeError(
      `Cannot reach MLflow at "${shown}": expected the URL of a server, such as http://127.0.0.1:5000`,
    );
  }
  const fromUrl: TrackingAuth | undefined = url.username
    ? { kind: "basic", username: decodeURIComponent(url.username), password: decodeURIComponent(url.password) }
    : undefined;
  const used = auth ?? fromUrl;
  return {
    trackingUri: (url.origin + url.pathname).replace(/\/+$/, ""),
    authorization:
      used === undefined
        ? undefined
        : used.kind === "bearer"
          ? `Bearer ${used.token}`
          : `Basic ${Buffer.from(`${used.username}:${used.password}`).toString("base64")}`,
  };
}

function urlOf(trackingUri: string, { path, query = {} }: Call): string {
  const pairs = Object.entries(query).flatMap(([key, value]) =>
    value === undefined ? [] : [value].flat().map((item): [string, string] => [key, String(item)]),
  );
  const text = new URLSearchParams(pairs).toString();
  return trackingUri + (path.startsWith("/") ? path : `/api/2.0/mlflow/${path}`) + (text && `?${text}`);
}

async function readJson<T>(call: Call, response: Response): Promise<T> {
  const text = await response.text();
  try {
    return (text === "" ? {} : JSON.parse(text)) as T;
  } catch (cause) {
    throw new TrackingError(
      `Cannot ${call.action}: ${endpointOf(call)} answered with something other than JSON; expected an MLflow server`,
      { kind: "rejected", endpoint: endpointOf(call), status: response.status, cause },
    );
  }
}

function refusal(call: Call, status: number, text: string): TrackingError {
  const { error_code: code, message } = parseError(text);
  const endpoint = endpointOf(call);
  // 429 and 503 are given before any work is done; after the others the work may have been done.
  const kind: TrackingFailure = !isTransient(status)
    ? "rejected"
    : [429, 503].includes(status)
      ? "unavailable"
      : "ambiguous";
  const need =
    status === 401
      ? "; use valid credentials: a user name and password, or a token"
      : status === 403
        ? "; use an account with the permission"
        : "";
  const what = [status, code, status === 401 ? undefined : message].filter(Boolean).join(" ");
  return new TrackingError(`Cannot ${call.action}: ${endpoint} answered ${what}${need}`, {
    kind,
    endpoint,
    status,
    code,
  });
}

function parseError(text: string): { error_code?: string; message?: string } {
  try {
    const parsed = JSON.parse(text) as { error_code?: unknown; message?: unknown } | null;
    return {
      ...(typeof parsed?.error_code === "string" ? { error_code: parsed.error_code } : {}),
      ...(typeof parsed?.message === "string" ? { message: firstLine(parsed.message) } : {}),
    };
  } catch {
    return { message: firstLine(text.replace(/<[^>]*>/g, " ")) };
  }
}

function firstLine(text: string): string {
  return (text.trim().split("\n")[0] ?? "").slice(0, 400).replace(/\.$/, "");
}

/** Connection errors that come before a request is sent. */
const NOT_SENT = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);

function loss(call: Call, trackingUri: string, timeout: number | undefined, thrown: unknown): TrackingError {
  const code = codeOf(thrown);
  const kind = code !== undefined && NOT_SENT.has(code) ? "unavailable" : "ambiguous";
  const what =
    timeout !== undefined
      ? `did not answer within ${timeout / 1000} s`
      : kind === "unavailable"
        ? `does not answer (${code})`
        : `broke the connection (${code ?? (thrown instanceof Error ? thrown.message : String(thrown))})`;
  return new TrackingError(`Cannot ${call.action}: ${trackingUri} ${what}; start an MLflow server`, {
    kind,
    endpoint: endpointOf(call),
    cause: thrown,
  });
}

/** Returns the system's code of a failed fetch. */
function codeOf(thrown: unknown): string | undefined {
  const cause = thrown instanceof Error ? thrown.cause : undefined;
  return cause instanceof Error && "code" in cause && typeof cause.code === "string" ? cause.code : undefined;
}

/** True for what `read` met on our own disk, which no other attempt betters. */
function isOurs(thrown: unknown): boolean {
  return thrown instanceof Error && "syscall" in thrown;
}

function endpointOf({ method, path }: Call): string {
  return `${method} ${path}`;
}
