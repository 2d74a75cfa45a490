import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { operatorEntry } from '../../source/lab/index.ts';
import type { ProbeSummary, Sample } from '../../source/model/index.ts';
import { DOMAINS } from './_clients.ts';
import { onNode, until } from './_lab.ts';

/** What clients saw while the VIP was moved; see `_move-load.ts`. */
export interface MoveLoad {
  /** New connections, and the first of those that were not well. */
  readonly fresh: ProbeSummary & { readonly bad: readonly Sample[] };
  /** Requests whose answer takes 300 ms. */
  readonly slow: {
    readonly sent: number;
    readonly lost: readonly string[];
    readonly fastestMs: number;
    readonly slowestMs: number;
  };
  /** Connections that are kept alive. */
  readonly kept: {
    readonly asked: number;
    readonly closed: number;
    readonly lost: readonly string[];
  };
}

/** A site of its own beside ours, whose answer comes in four pieces 100 ms apart. */
export function serveSlowly(lab: string, node: string): void {
  onNode(
    lab,
    node,
    `head -c 16000 /dev/zero >/srv/slow
cat >/etc/nginx/conf.d/slow.conf <<'X'
server {
    listen 80;
    server_name slow.test;
    location = /slow { root /srv; sendfile_max_chunk 4000; limit_rate 40000; }
}
X
nginx -t -q && systemctl reload nginx`,
  );
}

/** Clients at the VIP from now on, until `end` is called. */
export async function startMoveLoad(
  lab: string,
  ratePerSecond = 200,
): Promise<{ readonly end: () => Promise<MoveLoad> }> {
  const program = fileURLToPath(new URL('_move-load.ts', import.meta.url));
  const words = ['--import=tsx', program, '10.0.4.99', DOMAINS[0], `${ratePerSecond}`];
  const { argv, env } = operatorEntry(lab, [process.execPath, ...words], process.env);
  const [command = '', ...rest] = argv;
  const child = spawn(command, rest, { env, stdio: ['pipe', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const closed = new Promise((resolve) => child.on('close', resolve));
  await until('clients are answered', () => said.startsWith('ready\n'), 60);
  return {
    end: async () => {
      child.stdin.end();
      await closed;
      return JSON.parse(said.slice('ready\n'.length)) as MoveLoad;
    },
  };
}
