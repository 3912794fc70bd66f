import { appendFile, mkdir, open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { parseJournalLine } from "./journal-lines.js";
import type { Receipt, RunEvent } from "./run-event.js";

/** One run of the queue, as read from its journal. */
export interface QueuedRun {
  readonly key: string;
  readonly path: string;
  readonly events: readonly RunEvent[];
  /** Number of events that need not be sent again. */
  readonly settled: number;
  /** MLflow's id of the run, once it is known. */
  readonly runId: string | undefined;
  readonly problems: readonly string[];
  /** Time of the last entry, in milliseconds since 1970. */
  readonly modifiedAt: number;
}

/** Returns the path of a run's journal. */
export function journalPath(queueFolder: string, key: string): string {
  return join(queueFolder, `${key}.jsonl`);
}

/** Returns the folder of a run's snapshots, which exists until its journal is closed. */
export function snapshotFolder(queueFolder: string, key: string): string {
  return join(queueFolder, `${key}.files`);
}

/** Writes one line at the end of a journal. */
export async function appendToJournal(path: string, entry: RunEvent | Receipt): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await appendFile(path, `${JSON.stringify(entry)}\n`);
}

/** Ends a line that a killed process left unfinished, so that what follows stands on a line of its own. */
export async function repairJournal(path: string): Promise<void> {
  const handle = await open(path, "r+");
  try {
    const { size } = await handle.stat();
    if (size === 0) return;
    const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, size - 1);
    if (buffer[0] !== 0x0a) await handle.write("\n", size);
  } finally {
    await handle.close();
  }
}

/** Reads a journal. An unfinished line is passed over: its entry was never acknowledged to the caller. */
export async function readJournal(path: string, key: string): Promise<QueuedRun> {
  const events: RunEvent[] = [];
  const problems: string[] = [];
  let settled = 0;
  let runId: string | undefined;
  for (const [i, line] of (await readFile(path, "utf8")).split("\n").entries()) {
    const entry = parseJournalLine(line, { action: `read line ${i + 1} of "${path}"` });
    if (entry === undefined) continue;
    if ("type" in entry) {
      events.push(entry);
      continue;
    }
    settled = Math.max(settled, entry.settled);
    runId = entry.runId ?? runId;
    if (entry.problem !== undefined) problems.push(entry.problem);
  }
  return { key, path, events, settled, runId, problems, modifiedAt: (await stat(path)).mtimeMs };
}

/** Returns the runs that still have something to send, or whose end is not known; parents before their children. */
export async function readQueue(queueFolder: string): Promise<QueuedRun[]> {
  const names = await readdir(queueFolder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  const runs: QueuedRun[] = [];
  for (const name of names.sort()) {
    const key = /^([^.]+)\.jsonl$/.exec(name)?.[1];
    if (key !== undefined) runs.push(await readJournal(join(queueFolder, name), key));
  }
  return parentsFirst(runs.filter(({ events: [first] }) => first?.type === "start" || first?.type === "unreadable"));
}

/**
 * Takes a journal out of the queue, with the artifacts kept for it: deletes it, or keeps it as `<key>.problems.jsonl`
 * if an event was dropped.
 */
export async function closeJournal(path: string, hasProblems: boolean): Promise<void> {
  if (hasProblems) await rename(path, path.replace(/\.jsonl$/, ".problems.jsonl"));
  else await rm(path, { force: true });
  await rm(path.replace(/\.jsonl$/, ".files"), { recursive: true, force: true });
}

function parentsFirst(runs: readonly QueuedRun[]): QueuedRun[] {
  const byKey = new Map(runs.map((run) => [run.key, run]));
  const depth = (run: QueuedRun | undefined): number => {
    const start = run?.events[0];
    return start?.type === "start" && start.parent !== undefined ? 1 + depth(byKey.get(start.parent)) : 0;
  };
  return [...runs].sort((a, b) => depth(a) - depth(b) || startOf(a) - startOf(b));
}

function startOf({ events: [start] }: QueuedRun): number {
  return start?.type === "start" ? start.startTime : 0;
}
