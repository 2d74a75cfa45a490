#!/bin/bash
# Keeps one machine of a lab: mounts its disk, connects its cable, boots it, and boots it again
# after a reboot. It ends when the machine is powered off.
#
# Everything is made inside a mount namespace of this process (and, for the network, of the
# machine's own), and nothing of it spreads to the computer's. So nothing can stay behind once the
# processes are gone: not even when they are all killed at once.
set -euo pipefail

if [ "${1:-}" != inside ]; then
  echo "$$" > "$LAB_KEEPER_CGROUP/cgroup.procs"
  exec unshare --mount --propagation slave bash "$0" inside
fi

# The lock was inherited so that it could not be free before this process was in its cgroup.
exec 3>&-
cd "$LAB_DIR"
# Opened before /run is covered: the switch's network namespace.
exec 7< "/proc/$LAB_SWITCH_PID/ns/net"

on_switch() { nsenter --net=/proc/self/fd/7 ip "$@"; }

mount_disk() {
  mkdir -p disk root
  if [ ! -e disk.img ]; then
    truncate --size="$LAB_DISK_SIZE" disk.img.part
    mkfs.ext4 -q -F -E lazy_itable_init=1,lazy_journal_init=1,nodiscard disk.img.part
    mv disk.img.part disk.img
  fi
  # A disk of its own: when it is full, it is this machine's alone.
  mount -o loop disk.img disk
  mkdir -p disk/upper disk/work
  mount -t overlay lab -o "lowerdir=$LAB_IMAGE,upperdir=disk/upper,workdir=disk/work" root
}

# What makes this machine different from the others; only at its first boot.
personalise() {
  [ ! -e disk/personalised ] || return 0
  tar -C personal -c . | tar -C root -x --no-overwrite-dir --numeric-owner
  if [ -n "${LAB_USER:-}" ]; then make_user; fi
  touch disk/personalised
}

make_user() {
  chroot root useradd --create-home --shell /bin/bash "$LAB_USER"
  chroot root install -d -m 700 -o "$LAB_USER" -g "$LAB_USER" "/home/$LAB_USER/.ssh"
  chroot root install -m 600 -o "$LAB_USER" -g "$LAB_USER" \
    /root/.ssh/authorized_keys "/home/$LAB_USER/.ssh/authorized_keys"
  if [ "$LAB_ROLE" = node ]; then rm root/root/.ssh/authorized_keys; fi
  if [ -e password ]; then
    chroot root chpasswd < password
    rm password
  fi
}

cable_out() { on_switch link delete dev "$LAB_PORT" 2> /dev/null || true; }

# In the machine's new network namespace: nothing of the last boot is in it.
cable_in() {
  on_switch link add name "$LAB_PORT" type veth peer name eth0 address "$LAB_MAC" netns "$BASHPID"
  on_switch link set dev "$LAB_PORT" master "$LAB_BRIDGE" up
  if [ -e unplugged ]; then on_switch link set dev "$LAB_PORT" down; fi
  exec 7<&-
  ip link set dev lo up
  ip address add "$LAB_ADDRESS" brd + dev eth0
  ip link set dev eth0 up
  ip route add default via "$LAB_GATEWAY"
  # Debian's default; a new namespace would inherit the host's choice. Not every kernel has it.
  { echo cubic > /proc/sys/net/ipv4/tcp_congestion_control; } 2> /dev/null || true
}

# Never CAP_SYS_TIME or CAP_SYS_MODULE: the clock and the kernel are the host's.
boot() {
  cable_in
  for cgroup in $LAB_CGROUPS; do echo "$BASHPID" > "$cgroup/cgroup.procs"; done
  local what=(--boot)
  if [ "$LAB_ROLE" = client ]; then
    what=(--as-pid2 /bin/sh -c 'mkdir -p /run/sshd && exec /usr/sbin/sshd -D')
  fi
  exec env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    SYSTEMD_NSPAWN_API_VFS_WRITABLE=network SYSTEMD_NSPAWN_UNIFIED_HIERARCHY=1 \
    systemd-nspawn --quiet --directory="$LAB_DIR/root" --machine="$LAB_ID" \
    --hostname="$LAB_MACHINE" --network-namespace-path=/proc/self/ns/net \
    --register=no --keep-unit --settings=no --resolv-conf=off --timezone=off --link-journal=no \
    --capability=CAP_NET_ADMIN,CAP_NET_RAW,CAP_IPC_LOCK --console=pipe \
    --bind-ro="$LAB_PACKAGES:$LAB_PACKAGES_MOUNT" "${what[@]}" < /dev/null
}

# nspawn keeps locks and sockets in /run: nothing of them may show on the host.
mount -t tmpfs -o mode=755 lab /run
mount_disk
personalise
export -f boot cable_in on_switch
while :; do
  cable_out
  code=0
  unshare --net bash -euc boot || code=$?
  cable_out
  # 133: rebooted from inside. Anything else: powered off, or killed.
  [ "$code" = 133 ] || exit "$code"
done
