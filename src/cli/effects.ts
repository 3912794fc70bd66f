/** Effects of a command. The bin passes real ones, tests pass fakes. */
export interface Effects {
  /** Results, on standard output. */
  readonly out: (text: string) => void;
  /** Progress and remarks, on standard error. */
  readonly err: (text: string) => void;
  readonly now: () => Date;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** True if standard error is a terminal that can rewrite a line. */
  readonly isTerminal: boolean;
  /** Runs a program with this process's streams; resolves to its exit code. */
  readonly spawnInherited: (program: string, args: readonly string[]) => Promise<number>;
  /** Aborted when the user interrupts. */
  readonly signal: AbortSignal;
}
