import { execFile } from "node:child_process";

/**
 * Returns the commit that is checked out in `folder`, with `-dirty` if tracked files differ; nothing outside a
 * repository.
 */
export function gitCommit(folder: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const options = { cwd: folder, timeout: 10_000 };
    execFile("git", ["describe", "--always", "--abbrev=40", "--dirty", "--exclude=*"], options, (error, stdout) =>
      resolve(error ? undefined : stdout.trim() || undefined),
    );
  });
}
