import type { CatalogueArea } from '../catalogue.ts';

/** reverse-proxy and load-balancer. */
export const proxy = {
  messages: {
    'check-nginx-config': {
      en: '{node}: nginx accepts its configuration',
      zh: '{node}：nginx 接受其配置',
    },
    'check-nginx-page': { en: '{node}: nginx answers', zh: '{node}：nginx 有应答' },
    'check-nginx-health': {
      en: '{node}: {domain} answers through nginx',
      zh: '{node}：{domain} 经 nginx 应答',
    },
    'check-balance': {
      en: '{node}: requests for {domain} are spread over all backends',
      zh: '{node}：{domain} 的请求平均分给所有后端',
    },
    silent: { en: '{command}: no complaint', zh: '{command}：没有任何提示' },
    'answered-ok': { en: '{domain} answered ok', zh: '{domain} 应答正常' },
    'spread-evenly': {
      en: '{requests} requests: {counts}',
      zh: '{requests} 个请求：{counts}',
    },
    'spread-with-others': {
      en: '{requests} requests: {counts}; {others} of other clients took turns in between',
      zh: '{requests} 个请求：{counts}；期间其他客户端有 {others} 个请求参与轮询',
    },
    'not-measured': { en: 'not measured: {why}', zh: '未能测量：{why}' },
  },
  problems: {
    'foreign-site': {
      title: {
        en: "{node}: {file} is somebody else's, and has {what} already",
        zh: '{node}：{file} 不是我们写的，其中已有 {what}',
      },
      cause: {
        en: 'It was there before: set up by hand, or by another tool. nginx does not serve one name from two places, and the file may hold other sites: it is not yet taken over, also not with --adopt. Nothing has been touched.',
        zh: '它早已存在：可能是手工配置的，或由其他工具写入。Nginx 不能在两处配置同一个名字，而该文件里可能还有其他站点：目前还不能接管它，加 --adopt 也不行。什么都没有改动。',
      },
      next: {
        en: [
          'On {node}: nginx -T | grep -n -e server_name -e upstream',
          'Take {what} out of {file}, then on {node}: nginx -t && systemctl reload nginx',
          'Then the same command again.',
        ],
        zh: [
          '在 {node} 上执行：nginx -T | grep -n -e server_name -e upstream',
          '从 {file} 中去掉 {what}，然后在 {node} 上执行：nginx -t && systemctl reload nginx',
          '再运行同一条命令。',
        ],
      },
    },
    'nginx-config-refused': {
      title: {
        en: '{node}: nginx refuses its configuration',
        zh: '{node}：nginx 不接受其配置',
      },
      cause: {
        en: 'Likely because a file under /etc/nginx was edited. The running nginx still uses the old configuration; its next reload or restart will fail.',
        zh: '可能是 /etc/nginx 下的某个文件被改动。正在运行的 nginx 仍使用旧配置，但下次重新加载或重启会失败。',
      },
      next: {
        en: ['On {node}: nginx -t', 'Correct the line that it names.'],
        zh: ['在 {node} 上执行：nginx -t', '改正它指出的那一行。'],
      },
    },
    'nginx-config-warns': {
      title: {
        en: '{node}: nginx accepts its configuration, with a warning',
        zh: '{node}：nginx 接受其配置，但有警告',
      },
      cause: {
        en: 'Likely because two files say something about the same name. nginx ignores one of them.',
        zh: '可能是两个文件对同一名称作了配置，nginx 忽略其中之一。',
      },
      next: { en: ['On {node}: nginx -t'], zh: ['在 {node} 上执行：nginx -t'] },
    },
    'nginx-not-running': {
      title: { en: '{node}: nginx is not running', zh: '{node}：nginx 未运行' },
      cause: {
        en: 'Somebody stopped it, or it cannot start. The VIP moves to, or stays on, a node whose nginx runs.',
        zh: '可能被人停止，或无法启动。VIP 会漂移到（或留在）nginx 正常的节点上。',
      },
      next: {
        en: ['On {node}: nginx -t; systemctl start nginx', 'iam-ha-wizard apply starts it too.'],
        zh: [
          '在 {node} 上执行：nginx -t; systemctl start nginx',
          'iam-ha-wizard apply 也会启动它。',
        ],
      },
    },
    'nginx-hangs': {
      title: {
        en: '{node}: nginx runs, but does not answer its own static page ({status})',
        zh: '{node}：nginx 在运行，但没有应答自己的静态页面（{status}）',
      },
      cause: {
        en: 'Likely because it hangs, the machine is overloaded, or another program has its port 80. keepalived sees the same and gives the VIP away.',
        zh: '可能是 nginx 挂起、主机过载，或 80 端口属于其他程序。keepalived 会发现并让出 VIP。',
      },
      next: {
        en: ["On {node}: ss -ltnp 'sport = :80'", 'On {node}: systemctl restart nginx'],
        zh: [
          "在 {node} 上执行：ss -ltnp 'sport = :80'",
          '在 {node} 上执行：systemctl restart nginx',
        ],
      },
    },
    'nginx-no-answer': {
      title: {
        en: '{node}: nginx does not answer for {domain}',
        zh: '{node}：nginx 对 {domain} 没有应答',
      },
      cause: {
        en: 'Likely because nginx does not run, hangs, or its port 80 is used by something else.',
        zh: '可能是 nginx 未运行、挂起，或 80 端口被其他程序占用。',
      },
      next: {
        en: ['On {node}: systemctl status nginx', "On {node}: ss -ltnp 'sport = :80'"],
        zh: [
          '在 {node} 上执行：systemctl status nginx',
          "在 {node} 上执行：ss -ltnp 'sport = :80'",
        ],
      },
    },
    'nginx-bad-answer': {
      title: {
        en: '{node}: {domain}/healthz answered {status} through nginx, not {"status":"ok"}',
        zh: '{node}：经 nginx 访问 {domain}/healthz 得到 {status}，而不是 {"status":"ok"}',
      },
      cause: {
        en: 'Likely because no backend on port {port} answers (502), or another virtual host has taken the name.',
        zh: '可能是 {port} 端口的后端都没有应答（502），或者别的虚拟主机占用了该域名。',
      },
      next: {
        en: [
          "On {node}: curl -i -H 'Host: {domain}' http://127.0.0.1/healthz",
          'On {node}: curl -i http://127.0.0.1:{port}/healthz',
          'On {node}: nginx -T | grep -n server_name',
        ],
        zh: [
          "在 {node} 上执行：curl -i -H 'Host: {domain}' http://127.0.0.1/healthz",
          '在 {node} 上执行：curl -i http://127.0.0.1:{port}/healthz',
          '在 {node} 上执行：nginx -T | grep -n server_name',
        ],
      },
    },
    'name-elsewhere': {
      title: {
        en: '{node}: {domain} means {address} there, not 127.0.0.1',
        zh: '{node}：{domain} 在该节点上指向 {address}，而不是 127.0.0.1',
      },
      cause: {
        en: 'Likely because another line of /etc/hosts comes first. Clients are not affected; programs on {node} that use the name go elsewhere.',
        zh: '可能是 /etc/hosts 中另有一行排在前面。客户端不受影响；但 {node} 上使用该域名的程序会访问别处。',
      },
      next: {
        en: ['On {node}: getent hosts {domain}', 'On {node}: grep -n {domain} /etc/hosts'],
        zh: [
          '在 {node} 上执行：getent hosts {domain}',
          '在 {node} 上执行：grep -n {domain} /etc/hosts',
        ],
      },
    },
    'backend-gets-nothing': {
      title: {
        en: '{node}: of {requests} requests for {domain}, {backend} got none',
        zh: '{node}：{domain} 的 {requests} 个请求中，{backend} 一个也没有收到',
      },
      cause: {
        en: 'Answered by: {counts}. Likely because nginx cannot reach that backend (a firewall, or it listens on 127.0.0.1 only), so it is left out.',
        zh: '应答者：{counts}。可能是 nginx 连不上该后端（防火墙，或后端只监听 127.0.0.1），因而不再使用它。',
      },
      next: {
        en: ['On {node}: tail /var/log/nginx/iam-*.error.log', 'On {backend}: ss -ltnp'],
        zh: [
          '在 {node} 上执行：tail /var/log/nginx/iam-*.error.log',
          '在 {backend} 上执行：ss -ltnp',
        ],
      },
    },
    'spread-unevenly': {
      title: {
        en: '{node}: {requests} requests for {domain} are spread unevenly: {counts}',
        zh: '{node}：{domain} 的 {requests} 个请求分配不均：{counts}',
      },
      cause: {
        en: 'Likely because a backend failed a moment ago, or because the upstream was edited.',
        zh: '可能是某个后端刚刚失败过，或 upstream 被改动。',
      },
      next: {
        en: ['Wait 10 s and check again.', 'On {node}: nginx -T | grep -A 9 upstream'],
        zh: ['等待 10 秒后重新检查。', '在 {node} 上执行：nginx -T | grep -A 9 upstream'],
      },
    },
  },
} as const satisfies CatalogueArea;
