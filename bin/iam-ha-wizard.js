#!/usr/bin/env node
// Only words that every Node since 10 can read: an old one is told so instead of failing on a newer word.
const version = process.versions.node.split('.').map(Number);
if (version[0] < 20 || (version[0] === 20 && version[1] < 19)) {
  console.error(
    'iam-ha-wizard needs Node.js 20.19 or newer; this is ' +
      process.version +
      '. / iam-ha-wizard 需要 Node.js 20.19 或更高版本，当前为 ' +
      process.version +
      '。',
  );
  process.exit(64);
}
import('./launch.js');
