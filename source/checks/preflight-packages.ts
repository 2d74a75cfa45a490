import {
  type Check,
  failed,
  type Measured,
  message,
  type NodeFacts,
  passed,
  problem,
  quote,
  type Verdict,
} from '../model/index.ts';
import type { Platform } from '../platforms/index.ts';
import { exited, notMeasured, onNode } from './on-node.ts';
import { factCheck } from './preflight-host.ts';

/**
 * A simulated installation: with the lists that are there, or, where they are old or missing (a
 * fresh machine), with lists fetched into a folder of its own. Nothing of the node's is changed.
 */
const APT = `export LC_ALL=C DEBIAN_FRONTEND=noninteractive
simulate() { apt-get -s -qq --no-install-recommends "$@" >/dev/null; }
simulate install "\${names[@]}" 2>/dev/null && { echo ok; exit 0; }
folder=$(mktemp -d /var/tmp/iam-ha-sources.XXXXXX) || exit 1
trap 'rm -rf "$folder"' EXIT
mkdir -p "$folder/lists/partial" "$folder/cache/archives/partial"
there=(-o "Dir::State::lists=$folder/lists" -o "Dir::Cache=$folder/cache" -o APT::Sandbox::User=root)
timeout -k 1 40 apt-get -qq update "\${there[@]}" -o Acquire::Retries=0 -o Acquire::http::Timeout=10 -o Acquire::https::Timeout=10 >/dev/null
simulate "\${there[@]}" install "\${names[@]}" && echo ok
`;

const DNF = `export LC_ALL=C
said=$(timeout -k 1 45 "$manager" -q list "\${names[@]}")
for name in "\${names[@]}"; do
  grep -q "^$name\\." <<<"$said" || { echo "no package $name" >&2; exit 1; }
done
echo ok
`;

/** The package sources answer and have what will be installed on this node. */
export function packagesCheck(
  facts: NodeFacts,
  platform: Platform,
  needed: readonly string[],
): Check {
  const { node } = facts;
  const id = `package-sources/${node}`;
  const title = message('check-package-sources', { node });
  const missing = needed.filter((name) => !(name in facts.packages));
  if (missing.length === 0) {
    return factCheck(id, node, title, passed(message('packages-there')));
  }
  const head = `names=(${missing.map(quote).join(' ')}) manager=${platform.packageManager}\n`;
  const script = head + (platform.packageManager === 'apt' ? APT : DNF);
  return {
    id,
    node,
    title,
    measurements: [onNode(node, script, 50_000)],
    judge: ([measured]) => judge(facts, missing, measured),
    deadlineMs: 0,
    // a package manager writes its lists, and believes no list from the future
    explainedBy: [`disk/${node}`, 'clock'],
    seeForYourself:
      platform.packageManager === 'apt'
        ? `apt-get update && apt-get -s install ${missing.join(' ')}`
        : `${platform.packageManager} list ${missing.join(' ')}`,
  };
}

function judge(
  { node }: NodeFacts,
  missing: readonly string[],
  measured: Measured | undefined,
): Verdict {
  const output = exited(measured);
  if (!output) return notMeasured(measured);
  const params = { packages: missing.join(', ') };
  if (output.stdout.trim() === 'ok') return passed(message('packages-available', params));
  return failed(problem('packages-unavailable', params, { node, detail: output.stderr.trim() }));
}
