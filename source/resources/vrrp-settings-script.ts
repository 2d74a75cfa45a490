import { settingsInAdvert } from '../cluster/index.ts';
import { type Content, content, quote, quoteContent, restoreLabel } from '../model/index.ts';
import { ASIDE_UNIT, holdsVip } from '../platforms/holds-vip.ts';
import { listenFunction } from '../platforms/vrrp-listen.ts';
import type { VrrpSettingsOptions } from './vrrp-settings.ts';

/** What a standby keeps while its keepalived is stopped; only root reads it, and a reboot ends it. */
export const ASIDE = '/run/iam-ha-standby';

/** Longer than it takes to reload the holder and to write the standby's file, over any line. */
const ASIDE_SECONDS = 60;
/** A lost advert, and one more. */
const LISTEN_SECONDS = 4;

/** keepalived reads the file that is to come; nothing else happens. */
export function aheadScript(options: VrrpSettingsOptions): Content {
  return content`${stagedScript(options)}
rm -rf ${ASIDE}
`;
}

/** Tests, arms the timer, and stops keepalived, unless the VIP has come here meanwhile. */
export function asideScript(options: VrrpSettingsOptions): Content {
  return content`systemctl stop ${ASIDE_UNIT}.timer ${ASIDE_UNIT}.service 2>/dev/null
systemctl reset-failed ${ASIDE_UNIT}.timer ${ASIDE_UNIT}.service 2>/dev/null
${stagedScript(options)}
${holdsVip(options.vip)}if holds; then
  rm -rf ${ASIDE}
  echo '@problem changed-meanwhile' >&2
  exit 13
fi
printf '%s\\n' ${quoteContent(settingsInAdvert(options.settings))} >${ASIDE}/settings
cat >${ASIDE}/start <<'IAMHA_START'
${startScript(options)}IAMHA_START
systemd-run --quiet --unit=${ASIDE_UNIT} --on-active=${ASIDE_SECONDS} --timer-property=AccuracySec=100ms \\
  /bin/bash ${ASIDE}/start || exit
systemctl stop keepalived
`;
}

function stagedScript({ file }: VrrpSettingsOptions): Content {
  return content`export LC_ALL=C
umask 077
mkdir -p ${ASIDE} && printf '%s' ${quoteContent(file.content)} >${ASIDE}/keepalived.conf || exit
said=$(timeout 20 keepalived -t -f ${ASIDE}/keepalived.conf </dev/null 2>&1)
code=$?
if ((code)) || [[ $said ]]; then
  rm -rf ${ASIDE}
  printf '%s\\n@problem config-test-failed\\n' "$said" >&2
  exit 10
fi`;
}

/**
 * What the timer does: by then the holder may have reloaded or not, and only what it sends tells.
 * A standby that started with the other settings would take the VIP beside it.
 */
function startScript({ address, peers, file }: VrrpSettingsOptions): string {
  const path = quote(file.path);
  return `${listenFunction({ me: address, peers, seconds: LISTEN_SECONDS })}if ! systemctl is-active --quiet keepalived; then
  if [[ "$(listen)" == "$(<${ASIDE}/settings)" ]]; then
    install -o ${quote(file.owner.split(':')[0] ?? 'root')} -g ${quote(file.owner.split(':')[1] ?? 'root')} -m ${quote(file.mode)} ${ASIDE}/keepalived.conf ${path}
    ${restoreLabel(path)}
  fi
  systemctl start keepalived
fi
rm -rf ${ASIDE}
exit
`;
}
