#!/bin/bash
#| Takes the NIC of this node down and brings it back, with nobody there to help: its own SSH may go over it. | 把本机的网卡断开再恢复，全程无人协助：登录本机的 SSH 可能就走这块网卡。
#| What the kernel forgets with the link is recorded before and put back afterwards: routes, global IPv6 | 链路断开时内核会丢掉的东西事先记录、事后补回：路由、全局 IPv6 地址、
#| addresses, permanent neighbours. The VIP is keepalived's and is never put back. | 永久邻居表项。VIP 归 Keepalived 管，绝不补回。
# ADDRESS VIP may | record | fault MICROSECONDS | restore | whole | broken | happened
address=$1 vip=$2 verb=$3
#| A folder of its own: what another drill clears away must not take this with it. | 使用单独的目录：别的演练清理时不会把它一起删掉。
folder=/run/iam-ha-drill-node-unplugged
record=$folder/record
kinds='addresses routes rules neighbours'

nic_of_address() {
  local nic
  read -r _ nic _ < <(ip -4 -o addr show to "$address/32")
  echo "$nic"
}
if [ -e "$record/nic" ]; then nic=$(<"$record/nic"); else nic=$(nic_of_address); fi
link=/sys/class/net/$nic

now() {
  local at=${EPOCHREALTIME:-$(date +%s.%6N)}
  echo "${at/,/.}"
}

#| One entry a line, as `ip` takes it again. | 每行一条，格式可直接交还给 ip。
addresses() {
  ip -o addr show dev "$nic" |
    sed -nE 's/^[0-9]+: +[^ ]+ +(inet6?) (.*)\\ .*$/\1 \2/p' |
    sed -E 's/ (tentative|optimistic|dadfailed|secondary|nodad)//g' | grep -vF " $vip/"
}
routes() {
  local family
  for family in -4 -6; do
    ip "$family" -o route show table all dev "$nic" |
      sed -E "s/^/$family /; s/ (linkdown|dead)\>//g; s/ +$//" | grep -v ' table local '
  done
}
rules() {
  local family
  for family in -4 -6; do ip "$family" rule show | sed -E "s/^/$family /; s/:[[:space:]]+/ /"; done
}
neighbours() { ip neigh show dev "$nic" nud permanent | sed -nE 's/^([^ ]+) .*lladdr ([^ ]+).*$/\1 \2/p'; }

#| `put add KIND ENTRY` makes an entry, `put del` removes it. | put add 类别 条目：添加；put del：删除。
put() {
  local do=$1 kind=$2 label
  # shellcheck disable=SC2086
  set -- $3
  case $kind in
    addresses)
      if [ "$1" = inet ]; then
        label=${!#}
        ip addr "$do" "${@:2:$#-2}" dev "$nic" label "$label"
      else
        ip addr "$do" "${@:2}" dev "$nic" nodad
      fi ;;
    routes) ip "$1" route "$do" "${@:2}" dev "$nic" ;;
    rules) ip "$1" rule "$do" pref "$2" "${@:3}" ;;
    neighbours) ip neigh "$do" "$1" lladdr "$2" nud permanent dev "$nic" ;;
  esac
}

missing() { comm -23 <(sort "$record/$1") <("$1" | sort); }

#| What the kernel makes by itself comes with the link or the addresses. | 内核自己生成的条目会随链路或地址自动回来。
is_kernels() { [[ $1 == *' proto kernel'* || $1 == 'inet6 fe80:'* ]]; }

put_back() {
  local kind entry
  #| A route may need another one before it. | 一条路由可能依赖另一条。
  for kind in addresses routes routes rules neighbours; do
    while read -r entry; do
      is_kernels "$entry" || put add "$kind" "$entry"
    done < <(missing "$kind")
  done 2>/dev/null
}

is_same() {
  local kind
  for kind in $kinds; do
    diff "$record/$kind" <("$kind") >/dev/null || diff <(sort "$record/$kind") <("$kind" | sort) || return 1
  done
}

is_up() { (($(<"$link/flags") & 1)); }

no() { echo "$@"; exit 0; }

#| The first reason why it is not known that all of it would come back; nothing if it is known. | 打印第一个“无法保证全部恢复”的理由；可以保证则什么也不打印。
may() {
  local tool name other kind entry said
  for tool in systemd-run setsid ip sed comm diff; do command -v "$tool" >/dev/null || no tool "$tool"; done
  [ -n "$nic" ] && is_up || no no-nic "$address"
  for name in NetworkManager connman wicked dhcpcd netctl ifplugd; do
    systemctl --quiet is-active "$name" && no manager "$name"
  done
  for other in /proc/[0-9]*/comm; do
    read -r name 2>/dev/null <"$other" || continue
    case $name in dhclient | dhcpcd | udhcpc | pump) no manager "$name" ;; esac
  done
  for other in "$link"/upper_* "$link"/lower_* "$link"/master "$link"/bridge "$link"/bonding; do
    [ -e "$other" ] && no stacked "$nic" "${other##*/}"
  done
  while read -r _ other _; do
    case $other in *"@$nic:") no stacked "$nic" "${other%%@*}" ;; esac
  done < <(ip -o link show)
  while read -r _ other _; do no stacked "$nic" "${other%%[@:]*}"; done < <(ip -o link show type wireguard 2>/dev/null)
  ip -o addr show dev "$nic" | grep -q ' dynamic' && no dynamic "$nic"
  routes | grep -qE ' expires | proto (dhcp|ra) ' && no dynamic "$nic"
  { ip route show table all; ip -6 route show table all; } | grep -qE "nexthop .*dev $nic |nhid" && no entry multipath
  #| Rules stay when a link goes down: they are only looked at afterwards. | 策略路由规则不随链路断开而丢失：只在事后核对。
  for kind in addresses routes neighbours; do
    while read -r entry; do
      is_kernels "$entry" && continue
      #| Made once more it must be refused as there already: then the record says all that there is. | 再添加一次必须报“已存在”：这说明记录是完整的。
      if said=$(put add "$kind" "$entry" 2>&1); then put del "$kind" "$entry"; no entry "$entry"; fi
      grep -qiE 'exists|already' <<<"$said" || no entry "$entry"
    done < <("$kind")
  done
}

take_record() {
  rm -rf "$record"
  mkdir -p "$record" || exit
  local kind
  for kind in $kinds; do "$kind" >"$record/$kind" || [ "$kind" = neighbours ] || exit; done
  echo "$nic" >"$record/nic"
}

#| At a time that the caller has already told as the fault's. | 到点才断开：调用者已把这个时刻报告为故障时刻。
fault() {
  local at left
  at=$(now)
  left=$(($1 - ${at/./}))
  ((left > 0)) && sleep "$(printf '0.%06d' "$left")"
  ip link set dev "$nic" down && now >"$record/down"
}

restore() {
  local try
  until is_up || ip link set dev "$nic" up; do sleep 1; done
  now >"$record/up"
  for try in {1..50}; do [ "$(<"$link/carrier")" = 1 ] && break; sleep 0.1; done 2>/dev/null
  #| Its own manager first. | 先让系统自己的网络管理程序来恢复。
  if systemctl --quiet is-active systemd-networkd; then
    for try in {1..50}; do is_same >/dev/null && break; sleep 0.1; done
  fi
  for try in {1..20}; do
    put_back
    is_same >/dev/null && break
    sleep 0.5
  done
  now >"$record/done"
  #| Kept for a while for who wants to read it. | 留一会儿，供人查看。
  sleep 120
  rm -rf "$folder"
}

case $verb in
  may) may ;;
  record) take_record ;;
  fault) fault "$4" ;;
  restore) restore; exit ;;
  #| Nothing was broken, or all of it is back. | 要么什么都没断，要么全部恢复了。
  whole) [ ! -e "$record/down" ] || { [ -e "$record/done" ] && is_same; } ;;
  broken) [ -e "$record/down" ] ;;
  happened)
    down=$(<"$record/down") up=$(<"$record/up") || exit
    ((${up%.*} - ${down%.*} >= 1)) ;;
  *) exit 64 ;;
esac
