import { pause } from "./pause.js";
import { startableThreads } from "./startable-threads.js";
import { threadAllowance } from "./thread-allowance.js";

/** One for the process: its libraries share the limits of the system. */
const allowedThreads = threadAllowance({
  startable: startableThreads,
  pause: () => pause(300),
  warn: (line) => console.warn(line),
});

/**
 * Creates a function to be called before a library starts threads, with their number. It limits the library to one where
 * so many cannot start, since OpenMP would end the whole process; otherwise to the most wanted so far, as loading a
 * model takes all cores.
 *
 * @param setLimit Sets the most threads that the library uses, whatever its parameters say.
 */
export function limitedThreads(setLimit: (threads: number) => void): (wanted: number) => void {
  let running = 0;
  return (wanted) => {
    const allowed = allowedThreads(Math.max(running, wanted), { running });
    if (allowed !== running) setLimit(allowed);
    running = allowed;
  };
}
