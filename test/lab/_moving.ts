import type { ProbeSummary, Sample } from '../../source/model/index.ts';
import { type Clients, DOMAINS, startClients } from './_clients.ts';
import { onNode } from './_lab.ts';

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
export function startMoveLoad(lab: string, ratePerSecond = 200): Promise<Clients<MoveLoad>> {
  return startClients(lab, '_move-load.ts', ['10.0.4.99', DOMAINS[0], `${ratePerSecond}`]);
}
