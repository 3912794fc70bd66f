import type { TrackingAuth } from "./request.js";

/**
 * Returns the credentials that MLflow's own clients would take from these settings: user name and password if both are
 * there, else the token, else none.
 */
export function authOf({
  username,
  password,
  token,
}: {
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  readonly token?: string | undefined;
}): TrackingAuth | undefined {
  if (username !== undefined && password !== undefined) return { kind: "basic", username, password };
  return token === undefined ? undefined : { kind: "bearer", token };
}
