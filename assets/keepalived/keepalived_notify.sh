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
{{alert}}
