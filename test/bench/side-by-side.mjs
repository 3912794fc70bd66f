// What the benchmarks share: a side runs in a process of its own and prints one JSON object.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";

/**
 * Runs one side to its end, and follows its peak memory.
 *
 * @template Figures
 * @param {readonly string[]} command The program and its arguments.
 * @param {NodeJS.ProcessEnv} [env] Variables beside those of this process.
 * @returns {Promise<Figures & { wall: number, peak: number }>} What it printed, its seconds as a process, its MiB.
 */
export function runSide([program, ...args], env = {}) {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(program, args, { stdio: ["ignore", "pipe", "inherit"], env: { ...process.env, ...env } });
    let output = "";
    let peak = 0;
    const watch = setInterval(() => {
      try {
        const status = readFileSync(`/proc/${child.pid}/status`, "utf8");
        peak = Math.max(peak, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
      } catch {
        // Gone already, or a system without /proc: the peak stays what it was.
      }
    }, 20);
    child.stdout.on("data", (chunk) => (output += chunk));
    child.on("error", reject);
    child.on("close", (code) => {
      clearInterval(watch);
      const wall = (performance.now() - started) / 1000;
      if (code === 0) resolve({ ...JSON.parse(output), wall, peak });
      else reject(new Error(`Cannot measure: "${[program, ...args].join(" ").slice(0, 200)}" ended with code ${code}`));
    });
  });
}

/** @param {readonly number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * A whole number from 1, as an argument gives it.
 *
 * @param {string} value
 */
export function wholeNumber(value) {
  if (/^[1-9]\d*$/.test(value)) return Number(value);
  throw new RangeError(`Cannot measure: "${value}" was passed; expected a whole number, at least 1`);
}

/** @param {number} value Seconds. */
export function showSeconds(value) {
  return value < 0.1 ? `${(1000 * value).toPrecision(3)} ms` : `${value.toFixed(2)} s`;
}

/**
 * Throws unless both sides found the same.
 *
 * @param {Readonly<Record<string, number>>} ours
 * @param {Readonly<Record<string, number>>} theirs
 * @param {{ within?: number }} [options] Largest relative difference.
 */
export function requireAgreement(ours, theirs, { within = 1e-9 } = {}) {
  for (const name of Object.keys(ours)) {
    if (Math.abs(ours[name] - theirs[name]) <= within * Math.abs(theirs[name])) continue;
    throw new Error(`Cannot compare: ${name} is ${ours[name]} here and ${theirs[name]} there; expected equal figures`);
  }
}
