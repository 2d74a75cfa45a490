import { type Ipv4Address, quote } from '../model/index.ts';

export interface NodeRequest {
  readonly address: Ipv4Address | string;
  readonly port: number;
  /** The Host header. */
  readonly host: string;
  readonly path: string;
  readonly seconds: number;
}

export interface NodeAnswer {
  /** 0 when there was no answer in time. */
  readonly status: number;
  readonly body: string;
}

/**
 * A script that makes one GET with nothing but bash: bare servers have no curl.
 * Prints `status CODE` and the body; CODE is 0 without an answer.
 */
export function requestScript(request: NodeRequest): string {
  const words = [request.address, String(request.port), request.host, request.path].map(quote);
  return `timeout -k 1 ${request.seconds} bash -s -- ${words.join(' ')} <<'IAMHA_REQUEST' || echo 'status 0'
exec 3<>"/dev/tcp/$1/$2" || exit 1
printf 'GET %s HTTP/1.0\\r\\nHost: %s\\r\\nUser-Agent: iam-ha-wizard\\r\\n\\r\\n' "$4" "$3" >&3
IFS=' ' read -r _ code _ <&3 || exit 1
while IFS= read -r line <&3 && [ "$line" != $'\\r' ]; do :; done
printf 'status %s\\n' "$code"
cat <&3
IAMHA_REQUEST
`;
}

/** Reads what {@link requestScript} printed. */
export function readAnswer(stdout: string): NodeAnswer {
  const match = /^status (\d+)\n?/m.exec(stdout);
  if (!match) return { status: 0, body: '' };
  return { status: Number(match[1]), body: stdout.slice(match.index + match[0].length).trim() };
}

/** IAM's answer to /healthz. */
export function isHealthy(answer: { readonly status: number; readonly body: string }): boolean {
  return answer.status === 200 && /"status"\s*:\s*"ok"/.test(answer.body);
}
