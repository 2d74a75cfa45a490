import { createHash } from 'node:crypto';
import { type Content, content, type Secret, SHARE_UNIT } from '../../model/index.ts';
import { quote } from '../../model/shell.ts';
import {
  type Arrival,
  BAD_PART,
  type Form,
  finishSnippet,
  partOf,
  withNames,
} from './upload-scripts.ts';

/** What a line must carry at least, or the time is up: bytes a second. */
const SLOWEST = 100_000;
/** A peer that sends nothing for so long has stopped. */
const QUIET_SECONDS = 10;

/** One file on its way from a node to another. */
export interface Passing {
  readonly file: Pick<Arrival, 'to' | 'sha256'>;
  /** The whole file, or what has arrived of the compressed one. */
  readonly form: Form;
  /** Of the file in that form. */
  readonly bytes: number;
  /** Where it is handed out, and to whom. */
  readonly port: number;
  readonly giver: string;
  readonly taker: string;
  /** What the taker must say first; of this passing alone. */
  readonly word: Secret;
}

/**
 * Hands the file to the taker, until {@link unshareScript} or until its time is up, whatever becomes
 * of us: systemd ends the unit, and with it the listener. Nothing is written to the node; the word is
 * known there by its hash only. The word holds everywhere; where the kernel filters by unit (not in
 * a container), strangers do not even get a connection. What is handed out is compressed on the way:
 * it may be a slow line. Needs nothing but systemd, bash, coreutils and gzip.
 */
export function shareScript(passing: Passing): Content {
  const { bytes, giver, taker, port } = passing;
  const seconds = 60 + Math.ceil(bytes / SLOWEST);
  const properties = [
    `RuntimeMaxSec=${seconds}`,
    'IPAddressDeny=any',
    `IPAddressAllow=${taker} ${giver}`,
    'ProtectSystem=strict',
    'ProtectHome=yes',
    'PrivateDevices=yes',
    'NoNewPrivileges=yes',
    'CapabilityBoundingSet=',
    'Nice=10',
  ].map((one) => `--property=${quote(one)}`);
  const listen = `systemd-socket-activate --accept --inetd --listen=${giver}:${port}`;
  // systemd replaces $NAME in a command line; it takes $$ for a dollar
  const serve = quote(serveScript(passing).replaceAll('$', '$$$$'));
  return [
    `systemctl stop ${SHARE_UNIT}.service 2>/dev/null
systemctl reset-failed ${SHARE_UNIT}.service 2>/dev/null
systemd-run --quiet --collect --unit=${SHARE_UNIT} --description='A file for ${taker}' ${properties.join(' ')} \\
  ${listen} /bin/bash --norc --noprofile -c ${serve} || exit 1
for try in {1..50}; do
  state=$(systemctl show ${SHARE_UNIT}.service --property=ActiveState --value)
  [[ $state == active ]] || break
  if (: </dev/tcp/${giver}/${port}) 2>/dev/null; then exit 0; fi
  sleep 0.1
done
echo 'nothing listens at ${giver}:${port}' >&2
systemctl stop ${SHARE_UNIT}.service 2>/dev/null
exit 1
`,
  ];
}

/** What answers a connection: `WORD OFFSET`, then the file from there. */
function serveScript({ file, form, word }: Passing): string {
  const hash = createHash('sha256').update(word.reveal()).digest('hex');
  const path = form === 'packed' ? partOf(file, 'packed') : file.to;
  const compress = form === 'packed' ? '' : ' | gzip -1c';
  return `PATH=/usr/bin:/bin
read -r -t 10 word from || exit 1
[[ $(printf %s "$word" | sha256sum) == ${hash}* && $from =~ ^[0-9]+$ ]] || exit 1
tail -c +$((from + 1)) -- ${quote(path)}${compress}`;
}

export function unshareScript(): Content {
  return [`systemctl stop ${SHARE_UNIT}.service 2>/dev/null\nexit 0\n`];
}

/**
 * Fetches the file from its peer, and goes on where an interrupted one left. Prints how many bytes
 * there are, as they come. Ends when nobody listens any more (its stdin ends), and when the peer
 * has sent nothing for a while: a connection that is dropped on the way says nothing.
 */
export function fetchScript(passing: Passing, arrival: Arrival): Content {
  const { form, bytes, giver, port, word } = passing;
  const unpack = form === 'packed' ? 'cat' : 'gzip -dc';
  return withNames(
    arrival,
    content`umask 077
part=$${form}
${form === 'packed' ? 'rm -f -- "$part"' : 'detach "$part"'}
size() { stat -c %s -- "$part" 2>/dev/null || echo 0; }
have=$(size) quiet=$SECONDS
( exec 3<>/dev/tcp/${giver}/${port} && printf '%s %s\\n' ${word} "$have" >&3 && exec ${unpack} <&3 >>"$part" ) & job=$!
give_up() { kill -KILL $job; wait $job; } 2>/dev/null
while kill -0 $job 2>/dev/null; do
  read -r -t 0.1 _
  [ $? -gt 128 ] || { give_up; exit 1; }
  now=$(size)
  if [ "$now" != "$have" ]; then have=$now quiet=$SECONDS; echo "$have"; fi
  if [ "$have" -gt ${bytes} ]; then give_up; rm -f -- "$part"; exit ${BAD_PART}; fi
  if [ $((SECONDS - quiet)) -ge ${QUIET_SECONDS} ]; then
    give_up
    echo 'nothing came from ${giver}:${port} for ${QUIET_SECONDS} seconds' >&2
    exit 1
  fi
done
wait $job
${form === 'packed' ? 'exit 0\n' : finishSnippet(arrival, bytes)}`,
  );
}
