/**
 * Kind of a failed request: refused by the server (`rejected`), not received (`unavailable`), or possibly received
 * (`ambiguous`: the connection broke after sending).
 */
export type TrackingFailure = "rejected" | "unavailable" | "ambiguous";

/** Details of a failed request. */
export interface TrackingErrorDetails {
  readonly kind: TrackingFailure;
  /** Method and path, for example `POST runs/create`. */
  readonly endpoint: string;
  /** HTTP status, if an answer came. */
  readonly status?: number | undefined;
  /** MLflow's `error_code`, for example `RESOURCE_DOES_NOT_EXIST`. */
  readonly code?: string | undefined;
  readonly cause?: unknown;
}

/** A request to the tracking server that failed. */
export class TrackingError extends Error {
  override readonly name = "TrackingError";
  readonly kind: TrackingFailure;
  readonly endpoint: string;
  readonly status: number | undefined;
  readonly code: string | undefined;

  constructor(message: string, { kind, endpoint, status, code, cause }: TrackingErrorDetails) {
    super(message, cause === undefined ? undefined : { cause });
    this.kind = kind;
    this.endpoint = endpoint;
    this.status = status;
    this.code = code;
  }
}

/** Returns true if the error is MLflow's answer with this `error_code`. */
export function hasCode(error: unknown, code: string): boolean {
  return error instanceof TrackingError && error.code === code;
}

/** Returns true if the server was out of reach or refused the caller, so that the same request may succeed later. */
export function isLoss(error: unknown): boolean {
  return error instanceof TrackingError && (error.kind !== "rejected" || error.status === 401 || error.status === 403);
}
