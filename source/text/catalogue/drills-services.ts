import type { CatalogueArea } from '../catalogue.ts';

/** The drills behind nginx: daemons, backends, databases. */
export const drillsServices = {
  messages: {
    'drill-daemon-killed': { en: 'daemon killed', zh: '服务进程被杀' },
    'drill-backend-stopped': { en: 'one backend stopped', zh: '停止一个后端' },
    'drill-domain-backends-stopped': {
      en: 'all backends of a domain stopped',
      zh: '停止一个域名的全部后端',
    },
    'drill-databases-stopped': { en: 'databases stopped', zh: '数据库停止' },
    'drill-daemon-killed-description': {
      en: '{unit} on {victim} is killed (kill -9). Expected: the VIP stays on its node; {domain} loses no request at the VIP, because nginx asks the other backends; systemd starts the daemon again after {seconds} s, so it is away for {min}–{max} ms itself; no notify line anywhere. (A POST that the daemon had in hand would be lost: nginx may not send it twice.)',
      zh: '在 {victim} 上杀掉 {unit}（kill -9）。预期：VIP 不动；{domain} 经 VIP 不丢请求，因为 Nginx 会转向其他后端；systemd 在 {seconds} 秒后重新拉起服务，该服务自身中断 {min}–{max} 毫秒；任何节点都没有新增 notify 日志。（被杀进程正在处理的 POST 会丢失：Nginx 不能替它重发。）',
    },
    'drill-backend-stopped-description': {
      en: '{unit} stops on {victim}, under load. Expected: the VIP stays on {holder}; {domain} loses no request (outage 0 ms), because nginx asks the other backends; no notify line anywhere.',
      zh: '在有负载时停止 {victim} 上的 {unit}。预期：VIP 留在 {holder} 上；{domain} 不丢请求（中断 0 毫秒），因为 Nginx 会转向其他后端；任何节点都没有新增 notify 日志。',
    },
    'drill-domain-backends-stopped-description': {
      en: '{unit} stops on every node. Expected: {domain} is down for as long as that lasts and up to 5 s longer ({min}–{max} ms); {other} loses no request; the VIP stays on {holder}, because moving it would help nobody; no notify line anywhere.',
      zh: '在所有节点上停止 {unit}。预期：{domain} 在此期间不可用，恢复后最多再持续 5 秒（{min}–{max} 毫秒）；{other} 不丢请求；VIP 留在 {holder} 上，因为漂移也无济于事；任何节点都没有新增 notify 日志。',
    },
    'drill-databases-stopped-description': {
      en: 'MariaDB and Redis stop on {data}, the one node that has them. Expected: the VIP stays on {holder}, /healthz goes on answering 200 on both domains (outage 0 ms), and no notify line anywhere; but what needs the database fails on every node, {survivor} included:',
      zh: '停止 {data} 上的 MariaDB 和 Redis：只有这个节点有数据库。预期：VIP 留在 {holder} 上，两个域名的 /healthz 照样返回 200（中断 0 毫秒），任何节点都没有新增 notify 日志；但凡是需要数据库的调用，在所有节点上都会失败，{survivor} 也不例外：',
    },
    'drill-call-works': {
      en: 'still works: {call} → {expected}',
      zh: '仍然可用：{call} → {expected}',
    },
    'drill-call-fails': {
      en: 'does not work: {call} → {expected}',
      zh: '不可用：{call} → {expected}',
    },
    'drill-call-worked': {
      en: 'still works: {call} of {at}: {seen}',
      zh: '仍然可用：{call}（{at}）：{seen}',
    },
    'drill-call-failed': {
      en: 'does not work: {call} of {at}: {seen}',
      zh: '不可用：{call}（{at}）：{seen}',
    },
    'drill-call-surprised': {
      en: '{call} of {at}: {seen}, not {expected}',
      zh: '{call}（{at}）：{seen}，而不是 {expected}',
    },
    'drill-view-figures': {
      en: '{of}: outage {outage} ms (expected {predicted}); {late} late, {failed} failed of {sent}',
      zh: '{of}：中断 {outage} 毫秒（预期 {predicted}）；{sent} 个请求中迟到 {late} 个，失败 {failed} 个',
    },
    'report-calls': {
      en: 'What calls came to while the databases were stopped. A login that IAM refuses with “incorrect Username or Password” is refused for the right password, too: IAM cannot look it up, and does not say so.',
      zh: '数据库停止期间各调用的结果。注意：此时 IAM 对正确的密码也会返回 “incorrect Username or Password”：它查不到用户，却不说明原因。',
    },
    'report-column-call': { en: 'call', zh: '调用' },
    'report-column-asked': { en: 'asked', zh: '被调用者' },
    'report-column-expected': { en: 'expected', zh: '预期' },
    'report-column-seen': { en: 'seen', zh: '实际' },
    'report-column-works': { en: 'still works', zh: '仍然可用' },
    'report-no': { en: 'no', zh: '否' },
  },
  problems: {
    'drill-services-not-restored': {
      title: {
        en: '{node}: not whole again after the drill',
        zh: '{node}：演练之后没有完全恢复',
      },
      cause: {
        en: 'The services were started again, but one of them does not answer as before.',
        zh: '服务已经重新启动，但其中有的没有像之前那样应答。',
      },
      next: {
        en: ['iam-ha-wizard check', 'systemctl status mariadb iam-apiserver iam-authz-server'],
        zh: ['iam-ha-wizard check', 'systemctl status mariadb iam-apiserver iam-authz-server'],
      },
    },
    'drill-view-unexpected': {
      title: {
        en: '{of}: outage {found} ms ({late} late, {failed} failed); expected {min}–{max} ms',
        zh: '{of}：中断 {found} 毫秒（迟到 {late}，失败 {failed}）；预期 {min}–{max} 毫秒',
      },
      cause: {
        en: 'Likely because nginx did not turn to another backend, or a backend was slow to come back.',
        zh: '可能 Nginx 没有转向其他后端，或者后端恢复得太慢。',
      },
      next: {
        en: ['iam-ha-wizard check', 'tail /var/log/nginx/error.log'],
        zh: ['iam-ha-wizard check', 'tail /var/log/nginx/error.log'],
      },
    },
    'drill-call-unexpected': {
      title: {
        en: '{call} of {at}: expected {expected}, found {seen}',
        zh: '{call}（{at}）：预期 {expected}，实际 {seen}',
      },
      cause: {
        en: 'Likely because IAM is of another version than v1.6.2, or a database was started again meanwhile.',
        zh: '可能 IAM 不是 v1.6.2，或者期间有人重新启动了数据库。',
      },
      next: {
        en: ['iam-ha-wizard check', 'tail /var/log/iam/iam-apiserver.log'],
        zh: ['iam-ha-wizard check', 'tail /var/log/iam/iam-apiserver.log'],
      },
    },
  },
} as const satisfies CatalogueArea;
