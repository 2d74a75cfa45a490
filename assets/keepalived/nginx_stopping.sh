#!/bin/sh
#| nginx is about to stop, or has died. If it is still alive the VIP, which its holder has on lo, too, stays there | nginx 即将停止，或已经崩溃。若 nginx 仍在运行，持有者在 lo 上的 VIP
#| for a moment, so that nobody who still comes here is refused while the peer takes over. | 会短暂保留，使对端接管期间仍到达本机的请求不被拒绝。
vip={{vip}}
nic={{interface}}
holds() { ip -4 -o addr show dev "$nic" | grep -qF " $vip/"; }

if kill -0 "$(cat /run/nginx.pid 2>/dev/null)" 2>/dev/null && holds; then
  ip addr replace "$vip/32" dev lo && kept=1
else
  ip addr del "$vip/32" dev lo 2>/dev/null
fi
#| keepalived sees this at once and goes to FAULT. | keepalived 立即发现，并进入 FAULT 状态。
echo 1 >/run/iam-ha/nginx
i=0
while [ "$i" -lt 25 ] && holds; do
  sleep 0.02
  i=$((i + 1))
done
if [ "${kept-}" ]; then
  sleep 0.3
  ip addr del "$vip/32" dev lo 2>/dev/null
fi
exit 0
