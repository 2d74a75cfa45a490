import test from 'ava';
import { cgroupPath, mainHierarchy, parseHierarchies } from '../../source/lab/cgroups.ts';

const V1_AND_UNIFIED = `22 27 0:21 / /proc rw,relatime - proc proc rw
30 29 0:25 / /sys/fs/cgroup/cpu rw,relatime shared:9 - cgroup cgroup rw,cpu,cpuacct
31 29 0:26 / /sys/fs/cgroup/cpuset rw,relatime - cgroup cgroup rw,cpuset
32 29 0:33 / /sys/fs/cgroup/systemd rw,relatime - cgroup cgroup rw,xattr,name=systemd
33 29 0:34 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw
33 29 0:34 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw
40 29 0:40 / /mnt/with\\040space rw - cgroup cgroup rw,pids
`;

test('every hierarchy once, v1 by its controllers', (t) => {
  t.deepEqual(parseHierarchies(V1_AND_UNIFIED), [
    { mountPoint: '/sys/fs/cgroup/cpu', kind: 'cpu,cpuacct' },
    { mountPoint: '/sys/fs/cgroup/cpuset', kind: 'cpuset' },
    { mountPoint: '/sys/fs/cgroup/systemd', kind: 'name=systemd' },
    { mountPoint: '/sys/fs/cgroup/unified', kind: 'unified' },
    { mountPoint: '/mnt/with space', kind: 'pids' },
  ]);
});

test('the main hierarchy is the unified one, else the one named systemd, else none', (t) => {
  const all = parseHierarchies(V1_AND_UNIFIED);
  t.is(mainHierarchy(all)?.kind, 'unified');
  t.is(mainHierarchy(all.filter((one) => one.kind !== 'unified'))?.kind, 'name=systemd');
  t.is(mainHierarchy(all.slice(0, 2)), undefined);
});

test('a host with cgroup v2 alone', (t) => {
  const text = '26 23 0:24 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate\n';
  const [only] = parseHierarchies(text);
  t.deepEqual(only, { mountPoint: '/sys/fs/cgroup', kind: 'unified' });
  t.is(
    cgroupPath(only!, 'demo', 'iam-1', 'machine'),
    '/sys/fs/cgroup/iam-ha-wizard-lab/demo/iam-1/machine',
  );
});
