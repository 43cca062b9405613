/** A server on 127.0.0.1 that gives one file in the ways, good and bad, that servers do. */
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What the server does with one request. */
export type Behaviour = (content: Uint8Array, request: IncomingMessage, response: ServerResponse) => void;

export interface FileServer extends AsyncDisposable {
  /** Address of the served folder, ending in a slash. */
  readonly url: string;
  /** Of each request so far: its path, and its Range header or "". */
  readonly requests: readonly { readonly path: string; readonly range: string }[];
}

/**
 * Serves `files` by their path. Request number i gets behaviour number i; the last behaviour serves all that follow.
 */
export async function serveFiles(
  files: Readonly<Record<string, Uint8Array>>,
  behaviours: readonly [Behaviour, ...Behaviour[]],
): Promise<FileServer> {
  const requests: { path: string; range: string }[] = [];
  const server: Server = createServer((request, response) => {
    const path = request.url ?? "";
    const behave = behaviours[requests.length] ?? behaviours.at(-1);
    requests.push({ path, range: request.headers.range ?? "" });
    const content = files[path];
    if (content === undefined) response.writeHead(404).end("nothing here");
    else behave?.(content, request, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** The first byte that was asked for. */
function startOf(request: IncomingMessage): number {
  return Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? 0);
}

/** Serves the file, or the part that is asked for. */
export const serve: Behaviour = (content, request, response) => {
  send(content, request, response, content.length);
};

/** Promises the whole and closes the connection after so many bytes. */
export function cutAfter(bytes: number): Behaviour {
  return (content, request, response) => {
    send(content, request, response, startOf(request) + bytes);
  };
}

function send(content: Uint8Array, request: IncomingMessage, response: ServerResponse, to: number): void {
  const from = startOf(request);
  const headers = { "content-length": content.length - from };
  if (request.headers.range === undefined) response.writeHead(200, headers);
  else
    response.writeHead(206, { ...headers, "content-range": `bytes ${from}-${content.length - 1}/${content.length}` });
  if (to >= content.length) response.end(content.subarray(from));
  // Not at once: the other side may throw away what it has not read yet.
  else response.write(content.subarray(from, to), () => setTimeout(() => response.destroy(), 15));
}

/** Serves the whole file whatever part is asked for, and is cut off after so many bytes if that is given. */
export function ignoreRange(bytes = Infinity): Behaviour {
  return (content, request, response) => {
    delete request.headers.range;
    send(content, request, response, bytes);
  };
}

/** Refuses to serve parts. */
export const refuseRange: Behaviour = (content, request, response) => {
  if (request.headers.range === undefined) serve(content, request, response);
  else response.writeHead(416, { "content-range": `bytes */${content.length}` }).end();
};

/** Serves the file's beginning as if it were the part that is asked for. */
export const wrongPart: Behaviour = (content, _, response) => {
  response.writeHead(206, { "content-range": `bytes 0-9/${content.length}` }).end(content.subarray(0, 10));
};

/** Serves as many bytes, but others. */
export const otherBytes: Behaviour = (content, request, response) => {
  send(
    content.map((byte) => byte ^ 1),
    request,
    response,
    content.length,
  );
};

/** Serves the file and more. */
export const tooLong: Behaviour = (content, _, response) => {
  response.writeHead(200).end(new Uint8Array([...content, ...content]));
};

/** Sends so many bytes and then nothing, without ending. */
export function hangAfter(bytes: number): Behaviour {
  return (content, request, response) => {
    const from = startOf(request);
    const range = { "content-range": `bytes ${from}-${content.length - 1}/${content.length}` };
    response.writeHead(request.headers.range === undefined ? 200 : 206, range);
    response.write(content.subarray(from, from + bytes));
  };
}

/** Takes the request and never answers. */
export const hang: Behaviour = () => undefined;

/** Answers with nothing but a status. */
export function status(code: number): Behaviour {
  return (_, __, response) => {
    response.writeHead(code).end("an explanation in HTML");
  };
}
