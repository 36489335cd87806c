#!/bin/bash
# Starts one server in a session of its own and returns once it has shown who it is.
#
# Reads ID, PORT, NONCE, RUN_DIR, COMMAND (one quoted shell line), WAIT_FOR_BOOT, SECONDS_LEFT and
# PROCESS_FILE from the environment. Leaves RUN_DIR/ID.pid ("PID START-TIME") and RUN_DIR/ID.log.
# Fails, and leaves no process behind, when the port is somebody else's or the server ends.
set -euo pipefail

log="$RUN_DIR/$ID.log"
pid_file="$RUN_DIR/$ID.pid"
pid=

fail() {
  echo "$ID: $1" >&2
  exit 1
}

# Field 22 of the stat file, counted from behind the name, which may hold blanks.
start_time() {
  local stat
  stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
  # shellcheck disable=SC2086 # split on purpose
  set -- ${stat##*) }
  [ "$1" != Z ] && echo "${20}"
}

stop() {
  local victim=$1 started=$2
  [ "$(start_time "$victim" || true)" = "$started" ] || return 0
  kill -TERM -- "-$victim" 2>/dev/null || true
  for _ in $(seq 50); do
    [ "$(start_time "$victim" || true)" = "$started" ] || return 0
    sleep 0.1
  done
  kill -KILL -- "-$victim" 2>/dev/null || true
}

# Terraform runs no destroy provisioner for what failed to start, so this script cleans up itself.
clean_up() {
  if [ -n "$pid" ]; then
    stop "$pid" "${started:-}"
    rm -f "$pid_file"
  fi
}

listening() {
  (exec 3<>"/dev/tcp/127.0.0.1/$PORT") 2>/dev/null
}

# Status line, headers and body of GET /version; empty when nothing answers.
version() {
  (
    exec 3<>"/dev/tcp/127.0.0.1/$PORT" || exit 0
    printf 'GET /version HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n' >&3
    timeout 2 cat <&3
  ) 2>/dev/null || true
}

mkdir -p "$RUN_DIR"
if [ -f "$pid_file" ]; then # of a run that was cut off
  read -r old_pid old_start <"$pid_file"
  stop "$old_pid" "$old_start"
  rm -f "$pid_file"
fi
if listening; then
  fail "port $PORT is taken by something else; end it or choose another first_port"
fi

trap clean_up EXIT
trap 'exit 1' INT TERM
eval "set -- $COMMAND"
setsid "$@" --port "$PORT" --nonce "$NONCE" >>"$log" 2>&1 </dev/null &
pid=$!
started=$(start_time "$pid") || fail "ended at once: $(tail -n 1 "$log")"
printf '%s %s\n' "$pid" "$started" >"$pid_file.next"
mv "$pid_file.next" "$pid_file"
if [ -n "$PROCESS_FILE" ]; then
  printf 'server %s %s\n' "$pid" "$started" >>"$PROCESS_FILE"
fi

deadline=$((SECONDS + SECONDS_LEFT))
while [ "$SECONDS" -lt "$deadline" ]; do
  if [ "$(start_time "$pid" || true)" != "$started" ]; then
    fail "ended before it was ready: $(tail -n 1 "$log")"
  fi
  answer=$(version)
  case $answer in
    *'"instance"'*"\"$NONCE\""*) trap - EXIT; exit 0 ;;
    'HTTP/1.1 503'* | 'HTTP/1.0 503'*) [ "$WAIT_FOR_BOOT" = true ] || { trap - EXIT; exit 0; } ;;
    HTTP/*) fail "port $PORT is taken by something else: what answers there is not this server" ;;
  esac
  sleep 0.1
done
fail "did not show its identity in time; see $log"
