"use strict";

const { setTimeout: delay } = require("node:timers/promises");
const { completeModuleName } = require("./module-names.cjs");
const { endWhatIsOpen } = require("./shutdown.cjs");

/** Completes the kernel's replies to Jupyter's protocol where tslab omits fields. */
function hookMessages({ jupyter }, { home, withoutInterrupts, takeFailure, lastFailed, inOrder }) {
  const { JupyterHandlerImpl: Handler, ZmqServer: Server } = jupyter;
  const publishers = new WeakMap();

  wrap(Server.prototype, "handleExecute", function (original, socket, message) {
    const publish = (type, content) => {
      const reply = message.createReply();
      reply.header.msg_type = type;
      reply.content = content;
      reply.signAndSend(this.connInfo.key, this.iopub);
    };
    publishers.set(message.content, publish);
    return original(socket, message);
  });

  wrap(Handler.prototype, "handleExecute", async (original, request, ...writers) => {
    const reply = await original(request, ...writers);
    if (reply.status === "abort") return { ...reply, status: "aborted" };
    if (reply.status !== "error") return { ...reply, payload: [], user_expressions: {} };
    const unknown = { ename: "Error", evalue: "The kernel failed; see its log", traceback: [] };
    const failure = takeFailure() ?? unknown;
    publishers.get(request)?.("error", failure);
    return { ...reply, ...failure };
  });

  // After an error tslab drops requests for 200 ms, also of clients that asked to continue.
  wrap(Handler.prototype, "handleExecuteImpl", async function (original, request, writeStream, writeDisplay) {
    const queue = this.execQueue;
    const reset = Object.getPrototypeOf(queue).reset;
    queue.reset = (delay) => reset.call(queue, request.stop_on_error === false ? undefined : delay);
    // tslab says "busy" when a request arrives, and JupyterLab shows cells that waited as idle. The cell before is idle first.
    await new Promise(setImmediate);
    publishers.get(request)?.("status", { execution_state: "busy" });
    return original(request, inOrder(writeStream), writeDisplay);
  });

  wrap(Handler.prototype, "handleKernel", (original) => {
    const reply = original();
    const version = require("tslab").versions.typescript;
    return { status: "ok", ...reply, language_info: { ...reply.language_info, version } };
  });
  wrap(Handler.prototype, "handleShutdown", (original, request) => ({
    status: "ok",
    ...original(request),
    restart: request.restart === true,
  }));

  // An error here would count as a late error of a cell.
  const nothing = { status: "ok", metadata: {} };
  wrap(Handler.prototype, "handleInspect", (original, request) =>
    attempt(() => withoutInterrupts(() => original(request)), { ...nothing, found: false, data: {} }),
  );
  wrap(Handler.prototype, "handleComplete", (original, request) => {
    const cursor = { cursor_start: request.cursor_pos, cursor_end: request.cursor_pos };
    const complete = () => completeModuleName(request, { home }) ?? original(request);
    return attempt(() => withoutInterrupts(complete), { ...nothing, ...cursor, matches: [] });
  });

  // Open sockets and pools of cells would keep a closed kernel alive; Jupyter kills it after 2.5 s.
  wrap(Server.prototype, "close", (original) => {
    original();
    const settled = Promise.all([delay(200), endWhatIsOpen({ failed: lastFailed() })]);
    Promise.race([settled, delay(2000)]).finally(() => process.exit(0));
  });
}

/** Replaces a method by `around`, which receives the bound original before the method's arguments. */
function wrap(prototype, name, around) {
  const original = prototype[name];
  if (typeof original !== "function")
    throw new Error(`Cannot start the kernel: tslab has no method "${name}"; run npm run setup`);
  prototype[name] = function (...args) {
    return around.call(this, original.bind(this), ...args);
  };
}

function attempt(action, fallback) {
  try {
    return action();
  } catch {
    return fallback;
  }
}

module.exports = { hookMessages };
