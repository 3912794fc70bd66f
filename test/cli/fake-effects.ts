import type { Effects } from "../../src/cli/effects.js";

/** Effects that write down what is done to them. */
export interface FakeEffects extends Effects {
  readonly said: { out: string; err: string; spawned: string[][] };
}

/** Effects without a terminal, at noon of the first day of 2026, in an empty environment. */
export function fakeEffects(changes: Partial<Effects> = {}): FakeEffects {
  const said = { out: "", err: "", spawned: [] as string[][] };
  return {
    said,
    out: (text) => {
      said.out += text;
    },
    err: (text) => {
      said.err += text;
    },
    now: () => new Date("2026-01-01T12:00:00Z"),
    env: {},
    cwd: "/nowhere",
    isTerminal: false,
    spawnInherited: async (program, args) => {
      said.spawned.push([program, ...args]);
      return 0;
    },
    signal: new AbortController().signal,
    ...changes,
  };
}
