import type { CatalogueArea } from '../catalogue.ts';

/** The operator's certificate: as its files are, as nginx serves it, as clients see it. */
export const tls = {
  messages: {
    'check-tls-certificate': {
      en: 'the certificate is good for a while yet',
      zh: '证书在有效期内，且未临近到期',
    },
    'tls-certificate-good': {
      en: '{subject}: until {expires}, {days} days',
      zh: '{subject}：有效期至 {expires}，还有 {days} 天',
    },
    'check-tls-health': {
      en: '{domain} answers over TLS on {node}, with your certificate',
      zh: '{node} 上 {domain} 经 TLS 应答，且使用您的证书',
    },
    'check-vip-tls': {
      en: '{domain} answers over TLS through {vip}, with your certificate',
      zh: '{domain} 经 {vip} 以 TLS 应答，且使用您的证书',
    },
    'check-public-tls': {
      en: '{domain} answers over TLS through the public address, with your certificate',
      zh: '{domain} 经公网IP以 TLS 应答，且使用您的证书',
    },
    'tls-answered': {
      en: '{domain} answers over TLS at {place}, with your certificate (until {expires})',
      zh: '{domain} 经 {place} 以 TLS 应答，使用您的证书（有效期至 {expires}）',
    },
  },
  problems: {
    'tls-no-certificate': {
      title: {
        en: '{found} holds no certificate in PEM',
        zh: '{found} 中没有 PEM 格式的证书',
      },
      cause: {
        en: 'Such a file has a part between BEGIN CERTIFICATE and END CERTIFICATE. Likely because it is in another form (DER, PKCS#12), or the two paths are exchanged.',
        zh: '这种文件中应有 BEGIN CERTIFICATE 与 END CERTIFICATE 之间的内容。可能是其他格式（DER、PKCS#12），或两个路径写反了。',
      },
      next: {
        en: [
          'Look at it: openssl x509 -noout -subject -in {found}',
          'From PKCS#12: openssl pkcs12 -in FILE.p12 -nokeys -out fullchain.pem',
        ],
        zh: [
          '查看：openssl x509 -noout -subject -in {found}',
          '从 PKCS#12 转换：openssl pkcs12 -in FILE.p12 -nokeys -out fullchain.pem',
        ],
      },
    },
    'tls-no-key': {
      title: {
        en: '{found} holds no private key in PEM that can be read',
        zh: '{found} 中没有可读取的 PEM 格式私钥',
      },
      cause: {
        en: 'Such a file has a part between BEGIN PRIVATE KEY and END PRIVATE KEY. Likely because it is in another form, damaged, or the two paths are exchanged.',
        zh: '这种文件中应有 BEGIN PRIVATE KEY 与 END PRIVATE KEY 之间的内容。可能是其他格式、已损坏，或两个路径写反了。',
      },
      next: {
        en: ['Look whether it can be read: openssl pkey -noout -in {found}'],
        zh: ['检查能否读取：openssl pkey -noout -in {found}'],
      },
    },
    'tls-key-encrypted': {
      title: {
        en: '{found}: the key is encrypted',
        zh: '{found}：私钥已加密',
      },
      cause: {
        en: 'nginx would ask for its password at every start, and nobody is there to type it.',
        zh: 'nginx 每次启动都要输入密码，而那时没有人能输入。',
      },
      next: {
        en: ['Name one without a password: umask 077; openssl pkey -in {found} -out key.pem'],
        zh: ['换成没有密码的私钥：umask 077; openssl pkey -in {found} -out key.pem'],
      },
    },
    'tls-key-mismatch': {
      title: {
        en: '{found} is not the key of the certificate',
        zh: '{found} 不是该证书的私钥',
      },
      cause: {
        en: 'They belong to different certificates; after a renewal, one file may be the old one. Or the certificate does not come first in its file, before those of its authority: nginx takes the first.',
        zh: '两者不属于同一证书；续期之后，其中一个可能仍是旧文件。也可能证书文件中排在最前的不是服务器证书，而是签发机构的证书：nginx 只认第一个。',
      },
      next: {
        en: [
          'Compare: openssl x509 -noout -pubkey -in CERTIFICATE and openssl pkey -pubout -in {found}',
        ],
        zh: ['对比：openssl x509 -noout -pubkey -in 证书 与 openssl pkey -pubout -in {found}'],
      },
    },
    'tls-domain-missing': {
      title: {
        en: 'The certificate does not cover {domain}',
        zh: '证书不包含 {domain}',
      },
      cause: {
        en: 'Its alternative names are: {names}. A wildcard stands for one part of a name only. Clients would refuse it.',
        zh: '证书中的备用名称（SAN）：{names}。通配符只代表一级名称。客户端会拒绝该证书。',
      },
      next: {
        en: ['Have one issued for both names of domains:, or for a wildcard that covers them.'],
        zh: ['申请同时包含 domains: 中两个域名的证书，或能覆盖它们的通配符证书。'],
      },
    },
    'tls-expired': {
      title: {
        en: 'The certificate has expired on {expires}',
        zh: '证书已于 {expires} 过期',
      },
      cause: {
        en: 'Clients refuse it.',
        zh: '客户端会拒绝该证书。',
      },
      next: {
        en: ['Renew it, put it where the old one is, then: iam-ha-wizard apply'],
        zh: ['续期并替换旧文件，然后执行：iam-ha-wizard apply'],
      },
    },
    'tls-not-yet-valid': {
      title: {
        en: 'The certificate is not valid before {begins}',
        zh: '证书从 {begins} 起才有效',
      },
      cause: {
        en: 'Clients would refuse it until then. Likely because the clock of this computer is slow.',
        zh: '在此之前客户端会拒绝。可能是本机时钟偏慢。',
      },
      next: {
        en: ['Look at the clock: date -u', 'Or use the certificate from that day on.'],
        zh: ['检查时钟：date -u', '或从那天起再使用该证书。'],
      },
    },
    'tls-expires-soon': {
      title: {
        en: 'The certificate expires in {days} days, on {expires}',
        zh: '证书将在 {days} 天后（{expires}）过期',
      },
      cause: {
        en: 'Whatever renews it should have done so by now; nothing on the nodes does.',
        zh: '自动续期此时应已完成；节点上没有负责续期的程序。',
      },
      next: {
        en: ['Renew it, put it where the old one is, then: iam-ha-wizard apply'],
        zh: ['续期并替换旧文件，然后执行：iam-ha-wizard apply'],
      },
    },
    'tls-no-answer': {
      title: {
        en: 'Nobody answers over TLS at {place}, port 443: {domain}',
        zh: '{place} 的 443 端口无应答：{domain}',
      },
      cause: {
        en: 'Without TLS it answers. Likely because nginx has not loaded its configuration, or a firewall or security group has 80 open and not 443.',
        zh: '不使用 TLS 时有应答。可能是 nginx 尚未加载配置，或防火墙、安全组只放通了 80 而没有放通 443。',
      },
      next: {
        en: [
          'On a node: ss -tlnp sport = :443',
          'On a node: nginx -T | grep -n 443',
          'iam-ha-wizard apply --stage reverse-proxy',
        ],
        zh: [
          '在节点上执行：ss -tlnp sport = :443',
          '在节点上执行：nginx -T | grep -n 443',
          'iam-ha-wizard apply --stage reverse-proxy',
        ],
      },
    },
    'tls-no-handshake': {
      title: {
        en: 'Somebody listens at {place}, port 443, and speaks no TLS for {domain} ({reason})',
        zh: '{place} 的 443 端口有程序监听，但无法为 {domain} 完成 TLS 握手（{reason}）',
      },
      cause: {
        en: 'Likely because it is another program, or something in between that refuses the name.',
        zh: '可能是其他程序，或中间设备拒绝了该域名。',
      },
      next: {
        en: [
          'On a node: ss -tlnp sport = :443',
          'openssl s_client -connect {place}:443 -servername {domain} </dev/null',
        ],
        zh: [
          '在节点上执行：ss -tlnp sport = :443',
          'openssl s_client -connect {place}:443 -servername {domain} </dev/null',
        ],
      },
    },
    'tls-other-certificate': {
      title: {
        en: '{place} shows another certificate for {domain}: {subject}, until {expires}',
        zh: '{place} 为 {domain} 出示的是另一张证书：{subject}，有效期至 {expires}',
      },
      cause: {
        en: 'Likely because a renewed one has not been applied yet, another site of nginx has the name, or something in between ends TLS itself.',
        zh: '可能是续期的证书尚未应用，nginx 中另有站点使用该域名，或中间设备自行终止了 TLS。',
      },
      next: {
        en: [
          'iam-ha-wizard apply --stage reverse-proxy',
          'On a node: nginx -T | grep -n -e server_name -e ssl_certificate',
        ],
        zh: [
          'iam-ha-wizard apply --stage reverse-proxy',
          '在节点上执行：nginx -T | grep -n -e server_name -e ssl_certificate',
        ],
      },
    },
    'tls-bad-answer': {
      title: {
        en: '{domain} answers {status} over TLS at {place}',
        zh: '{domain} 经 {place} 以 TLS 应答 {status}',
      },
      cause: {
        en: 'The certificate is the right one; what is behind it is not IAM, or is not well.',
        zh: '证书正确，但其后的不是 IAM，或 IAM 异常。',
      },
      next: {
        en: ['curl -v --resolve {domain}:443:{place} https://{domain}/healthz'],
        zh: ['curl -v --resolve {domain}:443:{place} https://{domain}/healthz'],
      },
    },
    'logins-not-seen-encrypted': {
      title: {
        en: 'Whether logins are encrypted on the Internet is not known',
        zh: '不清楚登录信息在公网上是否加密',
      },
      cause: {
        en: 'nginx serves TLS, but the cluster file names no public address where that could be seen.',
        zh: 'nginx 提供了 TLS，但集群文件中没有写公网IP，无法从外部验证。',
      },
      next: {
        en: [
          'Write the address into the cluster file: cloud: { provider: console, eip: { existing: ADDRESS } }',
        ],
        zh: ['将公网IP写入集群文件：cloud: { provider: console, eip: { existing: 公网IP } }'],
      },
    },
  },
} as const satisfies CatalogueArea;
