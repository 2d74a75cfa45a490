#!/bin/bash
#| keepalived calls this when its state changes; the word is in keepalived.conf. | keepalived 状态变化时调用；参数写在 keepalived.conf 中。
case "${1-}" in
  MASTER) event=notify_master ;;
  BACKUP) event=notify_backup ;;
  FAULT) event=notify_fault ;;
  STOP) event=notify_stop ;;
  *) exit 1 ;;
esac
printf '[%(%Y-%m-%d %H:%M:%S)T] %s\n' -1 "$event" >>/var/log/keepalived.log

#| Whoever has the VIP has it on lo, too, and for 2 s longer: keepalived takes it off the interface in an instant, | 持有 VIP 的节点在 lo 上也有该地址，并多保留 2 秒：keepalived 会瞬间把它从网卡上移除，
#| and what was being answered just then would be cut. Nobody is told by ARP of an address on lo (arp_ignore). | 正在应答的请求会因此中断。lo 上的地址不会通过 ARP 对外应答（arp_ignore）。
vip={{vip}}
holds() { ip -4 -o addr show dev {{interface}} | grep -qF " $vip/"; }
on_lo() { ip -4 -o addr show dev lo | grep -qF " $vip/"; }
briefly() { on_lo && ip addr change "$vip/32" dev lo valid_lft 2 preferred_lft 2; }
{
  case $event in
    notify_master)
      holds && ip addr replace "$vip/32" dev lo
      holds || briefly
      ;;
    notify_fault)
      #| An nginx that hangs answers nobody; one that stops says so first (nginx_stopping.sh). | 挂起的 nginx 不会应答；正在停止的 nginx 会先行告知（nginx_stopping.sh）。
      state=0
      read -r state </run/iam-ha/nginx
      if [[ $state == 1 ]]; then briefly; else ip addr del "$vip/32" dev lo; fi
      ;;
    *)
      #| move-vip keeps it for as long as it needs. | move-vip 按需自行保留该地址。
      [[ -e {{moving}} ]] || briefly
      ;;
  esac
} 2>/dev/null
{{alert}}
