import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

/** A loopback HTTP server that does what a test says. */
export interface StubServer {
  readonly url: string;
  /** `METHOD path` of each request, in order. */
  readonly requests: string[];
  close(): Promise<void>;
}

/**
 * Starts a stub that says it is MLflow when it is asked, unless `isMlflow` is false; `answer` gets each other request
 * with its body and its number, from 0.
 */
export async function startStubServer(
  answer: (request: IncomingMessage, response: ServerResponse, body: string, index: number) => void,
  { isMlflow = true } = {},
): Promise<StubServer> {
  const requests: string[] = [];
  const server = createServer(async (request, response) => {
    if (isMlflow && request.url === "/health") return void response.end("OK");
    if (isMlflow && request.url === "/version") return void response.end("3.17.2");
    const index = requests.push(`${request.method} ${request.url?.split("?")[0]}`) - 1;
    let body = "";
    for await (const chunk of request) body += String(chunk);
    answer(request, response, body, index);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("Cannot find the stub's port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** Answers with JSON. */
export function sendJson(
  response: ServerResponse,
  status: number,
  value: unknown,
  headers: Record<string, string> = {},
) {
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(value));
}
