// A program on a terminal of its own, for measurements: what it writes, and when.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Past this something is wrong, and not slow. */
const PATIENCE_MS = 20_000;

const quote = (word) => `'${word.replaceAll("'", `'\\''`)}'`;

/**
 * Starts `argv` on an 80×24 terminal, by `script` and `setpriv` of util-linux.
 *
 * @returns what a person would do and see: `seen` resolves with the milliseconds since the start when
 *   the text written since the last `press` matches; `ended` with those of the end
 */
export function onTerminal(argv, env = process.env) {
  const started = performance.now();
  // with CI in its environment, even an empty one, Ink draws only its last frame
  const { CI: _, ...rest } = env;
  const command = `stty rows 24 cols 80; exec ${argv.map(quote).join(' ')}`;
  // whatever ends us, its terminal goes away and with it the program
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', 'script', '-qfec', command, '/dev/null'], {
    env: { ...rest, TERM: 'xterm-256color', SHELL: '/bin/sh' },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  let fresh = '';
  let look = () => {};
  child.stdout.setEncoding('utf8').on('data', (text) => {
    fresh += text;
    look();
  });
  const ended = new Promise((resolve) => {
    child.on('close', () => resolve(performance.now() - started));
  });
  return {
    /** Seconds of processor that the program has had, all its threads together. */
    processorSeconds() {
      const [pid] = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').split(
        ' ',
      );
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /, '')
        .split(' ');
      // user and system time, in ticks of 10 ms: proc(5)
      return (Number(fields[11]) + Number(fields[12])) / 100;
    },
    ended,
    seen: (pattern) =>
      new Promise((resolve, reject) => {
        const fail = (why) => reject(new Error(`${why} ${pattern}:\n${JSON.stringify(fresh)}`));
        const late = setTimeout(fail, PATIENCE_MS, 'not seen in time:');
        look = () => {
          if (!pattern.test(fresh)) return;
          clearTimeout(late);
          look = () => {};
          resolve(performance.now() - started);
        };
        ended.then(() => fail('it ended before'));
        look();
      }),
    press(keys) {
      fresh = '';
      child.stdin.write(keys);
      return performance.now() - started;
    },
    /** The terminal goes away, as when a window is closed. */
    close() {
      child.kill('SIGKILL');
      return ended;
    },
  };
}

export function median(numbers) {
  return percentile(numbers, 50);
}

export function percentile(numbers, percent) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil((sorted.length * percent) / 100) - 1)];
}
