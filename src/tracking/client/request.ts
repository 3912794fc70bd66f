import type { TSchema } from "typebox";
import { parseJson, type Static, Type } from "../../schema/index.js";
import { createDeadline, type Deadline } from "./deadline.js";
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
  /** Sends and reads a JSON answer, which is checked against a schema; defaults to any object. */
  json<S extends TSchema = typeof anyAnswer>(call: Call, schema?: S): Promise<Static<S>>;
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
  /** Longest time of one request, with its retries and the reading of its answer. */
  readonly timeoutMs: number;
  readonly transferTimeoutMs: number;
  readonly signal: AbortSignal | undefined;
}

const REACH_TIMEOUT_MS = 3000;

/** Slowest transfer of a file that is waited for. */
export const BYTES_PER_MS = 100;

/** An answer of which nothing is read. */
const anyAnswer = Type.Object({});

/** Reads an answer before the deadline of its request. */
type Reader<T> = (response: Response, deadline: Deadline) => Promise<T>;

/** Returns the same answer; `arrived` hears of the bytes so far. */
function metered(response: Response, arrived: (bytes: number) => void): Response {
  let bytes = 0;
  const meter = new TransformStream<Uint8Array, Uint8Array>({
    transform: (chunk, controller) => {
      bytes += chunk.byteLength;
      arrived(bytes);
      controller.enqueue(chunk);
    },
  });
  return new Response(response.body?.pipeThrough(meter), response);
}

/** Creates a transport to one server. */
export function createTransport(options: TransportOptions): Transport {
  const { fetch, now, timeoutMs, transferTimeoutMs, signal } = options;
  const { trackingUri, authorization } = parseAddress(options.trackingUri, options.auth);
  const policy: RetryPolicy = { retries: options.retries, sleep: options.sleep, random: options.random, timeoutMs };

  async function attempt<T>(
    call: Call,
    { timeout, left }: { timeout: number; left: number },
    read: Reader<T>,
  ): Promise<{ value: T } | FailedAttempt> {
    const timer = createDeadline(left, signal);
    try {
      const response = await fetch(urlOf(trackingUri, call), {
        method: call.method,
        headers: {
          ...(authorization === undefined ? {} : { authorization }),
          ...(call.body === undefined ? {} : { "content-type": "application/json" }),
          ...(call.content === undefined ? {} : { "content-type": "application/octet-stream" }),
        },
        ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
        ...(call.content === undefined ? {} : { body: call.content }),
        signal: timer.signal,
      });
      if (response.ok) return { value: await read(response, timer) };
      const error = refusal(call, response.status, await response.text());
      return { error, retryAfterMs: parseRetryAfter(response.headers.get("retry-after"), now()) };
    } catch (cause) {
      if (signal?.aborted) throw signal.reason;
      if (cause instanceof TrackingError || isOurs(cause)) throw cause;
      return { error: loss(call, trackingUri, timer.signal.aborted ? timeout : undefined, cause) };
    } finally {
      timer.stop();
    }
  }

  function send<T>(call: Call, timeout: number, read: Reader<T>): Promise<T> {
    return withRetries((left) => attempt(call, { timeout, left }, read), {
      ...policy,
      timeoutMs: timeout,
      repeatable: call.repeatable ?? true,
    });
  }

  /** A file may take longer, by its size. */
  function timeoutOf({ content }: Call): number {
    return content === undefined ? timeoutMs : Math.min(timeoutMs + content.size / BYTES_PER_MS, transferTimeoutMs);
  }

  return {
    trackingUri,
    policy,
    json: <S extends TSchema = typeof anyAnswer>(call: Call, schema: S = anyAnswer as unknown as S) =>
      send(call, timeoutOf(call), (response) => readJson(call, schema, response)),
    read: (call, read) =>
      send(call, timeoutMs, (response, { extend }) =>
        read(metered(response, (bytes) => extend(Math.min(bytes / BYTES_PER_MS, transferTimeoutMs - timeoutMs)))),
      ),
    probe: async () => {
      const ask = async (path: string, expected: RegExp): Promise<Answerer> => {
        const deadline = createDeadline(Math.min(REACH_TIMEOUT_MS, timeoutMs), signal);
        try {
          const headers = authorization === undefined ? {} : { authorization };
          const response = await fetch(trackingUri + path, { headers, signal: deadline.signal });
          const text = await response.text();
          if (response.status >= 500) return "nothing";
          const isGate = response.status === 401 || response.status === 403;
          return isGate || (response.ok && expected.test(text)) ? "MLflow" : "something else";
        } finally {
          deadline.stop();
        }
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

async function readJson<S extends TSchema>(call: Call, schema: S, response: Response): Promise<Static<S>> {
  const text = await response.text();
  const endpoint = endpointOf(call);
  try {
    return parseJson(schema, text === "" ? "{}" : text, { action: `read the answer of ${endpoint}`, where: "answer" });
  } catch (cause) {
    const what = isJson(text) ? "with unexpected content" : "with something other than JSON";
    // Whatever answered may not be MLflow: whether the request took effect is unknown.
    throw new TrackingError(`Cannot ${call.action}: ${endpoint} answered ${what}; expected an MLflow server`, {
      kind: "ambiguous",
      endpoint,
      status: response.status,
      cause,
    });
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
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

const errorAnswer = Type.Object({ error_code: Type.Optional(Type.String()), message: Type.Optional(Type.String()) });

function parseError(text: string): Static<typeof errorAnswer> {
  try {
    const { message, ...code } = parseJson(errorAnswer, text, { action: "read an error" });
    return message === undefined ? code : { ...code, message: firstLine(message) };
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
