#!/bin/bash
#| Exit 0 only if this nginx answers its own static page within the limit: 0.4 s. | 仅当本机 nginx 在时限（0.4 秒）内应答其静态页面时退出码为 0。
#| The limit is around everything: a full accept queue blocks the connection, not the answer. | 时限包住整个过程：accept 队列满时阻塞的是连接，而不是应答。
[ "${1-}" ] || exec timeout -s KILL "${LIMIT:-0.4}" "$0" run
exec 3<>/dev/tcp/127.0.0.1/80 || exit 1
printf 'GET /nginx-health HTTP/1.0\r\nHost: keepalived.local\r\n\r\n' >&3 || exit 1
IFS= read -r line <&3 || exit 1
[[ $line == HTTP/1.?\ 200* ]] || exit 1
