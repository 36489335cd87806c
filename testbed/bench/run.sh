#!/usr/bin/env bash
# CPU time per request and per stream event of the router, its whole pipeline on, against nginx that only forwards.
#
#   testbed/bench/run.sh [ROUNDS]        results on stdout as a markdown table, raw figures in target/bench
#
# Rounds alternate, so that a noisy machine hits both alike. Needs a C compiler; nginx is taken from Debian's archive
# into target/bench when it is not installed. Environment: SECONDS_EACH=8 WARM_UP=200000 PORT_BASE=21000
set -euo pipefail
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
work=$home/testbed/target/bench
rounds=${1:-5} each=${SECONDS_EACH:-8} warm_up=${WARM_UP:-200000} base=${PORT_BASE:-21000}
upstream_port=$((base + 100)) upstream_ports=8 nginx_port=$((base + 50))
state=$work/state
started=()

fail() { printf 'bench: %s\n' "$*" >&2; exit 1; }
say() { printf 'bench: %s\n' "$*" >&2; }

clean_up() {
  [ -f "$state/processes" ] && "$home/spillway" down --purge --state-dir "$state" >/dev/null 2>&1 || true
  for pid in "${started[@]}"; do kill "$pid" 2>/dev/null || true; done
}
trap clean_up EXIT

find_nginx() {
  command -v nginx && return
  [ -x "$work/nginx/usr/sbin/nginx" ] && { echo "$work/nginx/usr/sbin/nginx"; return; }
  command -v apt-get >/dev/null || fail "nginx is missing; install it"
  say "fetching nginx from Debian's archive"
  (cd "$work" && apt-get download -qq nginx >/dev/null && dpkg-deb -x nginx_*.deb nginx) \
    || fail "nginx cannot be fetched; install it (apt-get update && apt-get install nginx-light)"
  echo "$work/nginx/usr/sbin/nginx"
}

build_tools() {
  command -v cc >/dev/null || fail "a C compiler is missing; install it (apt-get install gcc libc6-dev)"
  cc -O2 -o "$work/load" "$home/testbed/bench/load.c"
  cc -O2 -o "$work/upstream" "$home/testbed/bench/upstream.c"
}

write_bodies() {
  local text=''
  while [ ${#text} -lt 900 ]; do text+='Explain step by step how a lock lifts a boat from the lower reach to the upper. '; done
  printf '{"model":"bench","max_tokens":64,"messages":[{"role":"user","content":"%s"}]}' "$text" >"$work/whole.json"
  printf '{"model":"bench","max_tokens":64,"stream":true,"messages":[{"role":"user","content":"%s"}]}' "$text" >"$work/stream.json"
}

start_nginx() {
  local binary servers=''
  binary=$(find_nginx)
  for i in $(seq 0 $((upstream_ports - 1))); do servers+="server 127.0.0.1:$((upstream_port + i)); "; done
  mkdir -p "$work/nginx-run"
  cat >"$work/nginx.conf" <<CONF
daemon off; pid $work/nginx-run/pid; error_log $work/nginx-run/error.log; worker_processes 1; user $(id -un);
events { worker_connections 8192; }
http {
  access_log off; keepalive_requests 100000000; client_body_buffer_size 64k; client_body_temp_path $work/nginx-run/body;
  proxy_temp_path $work/nginx-run/proxy; fastcgi_temp_path $work/nginx-run/f; uwsgi_temp_path $work/nginx-run/u; scgi_temp_path $work/nginx-run/s;
  upstream models { $servers keepalive 2048; keepalive_requests 100000000; }
  server {
    listen 127.0.0.1:$nginx_port backlog=4096;
    location / { proxy_pass http://models; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_buffering off; }
  }
}
CONF
  "$binary" -p "$work/nginx-run" -c "$work/nginx.conf" 2>"$work/nginx-run/start.log" &
  nginx=$!
  started+=("$nginx")
  wait_for "http://127.0.0.1:$nginx_port/health" "$work/nginx-run/start.log"
  worker=$(cat "/proc/$nginx/task/$nginx/children")
  worker=${worker// /}
}

wait_for() {
  for _ in $(seq 100); do curl -fs -o /dev/null "$1" && return; sleep 0.1; done
  fail "$1 does not answer; see $2"
}

start_upstream() {
  "$work/upstream" --port $upstream_port --ports $upstream_ports --events 50 --every 20 >/dev/null &
  started+=($!)
  wait_for "http://127.0.0.1:$upstream_port/health" "its output"
}

start_router() {
  rm -rf "$state"
  "$home/spillway" up --empty --detach --port-base "$base" --state-dir "$state" >&2
  for i in $(seq 0 $((upstream_ports - 1))); do
    "$home/spillway" endpoints add --environment onprem --url "http://127.0.0.1:$((upstream_port + i))" --state-dir "$state" >&2
  done
  key=$(cat "$state/api-key")
  router=$(tr -d '\n' <"$state/endpoints.json" | sed -n 's/.*"router"[^0-9]*\([0-9]*\).*/\1/p')
  say "router is process $router, nginx worker $worker"
  for _ in $(seq 100); do
    curl -fs -o /dev/null -H "Authorization: Bearer $key" -H 'Content-Type: application/json' -d @"$work/whole.json" "http://127.0.0.1:$base/v1/chat/completions" && return
    sleep 0.1
  done
  fail "the router does not serve the model 'bench'; see $state/logs/router.log"
}

# load NAME PORT PID BODY CONNECTIONS SECONDS [more options]
load() {
  local name=$1 port=$2 pid=$3 body=$4 connections=$5 seconds=$6
  shift 6
  "$work/load" --port "$port" --pid "$pid" --key "$key" --body "$work/$body.json" --connections "$connections" --seconds "$seconds" "$@" \
    | sed "s/^{/{\"target\":\"$name\",/"
}

warm_up() {
  say "warming the router up with $warm_up requests"
  local done=0 line
  while [ "$done" -lt "$warm_up" ]; do
    line=$(load router "$base" "$router" whole 16 10)
    done=$((done + $(sed 's/.*"requests":\([0-9]*\).*/\1/' <<<"$line")))
  done
  load router "$base" "$router" stream 100 15 >/dev/null
}

rounds() { # FILE BODY CONNECTIONS [more options]
  local file=$work/$1.jsonl body=$2 connections=$3
  shift 3
  : >"$file"
  for round in $(seq "$rounds"); do
    load nginx "$nginx_port" "$worker" "$body" "$connections" "$each" "$@" >>"$file"
    sleep 1
    load router "$base" "$router" "$body" "$connections" "$each" "$@" >>"$file"
    sleep 1
    say "$(basename "$file" .jsonl): round $round of $rounds"
  done
}

# row TITLE FILE FIELD: medians, ranges and the ratio of the medians
row() {
  awk -v title="$1" -v field="\"$3\":" '
    function median(a, n,   i, j, t) {
      for (i = 2; i <= n; i++) for (j = i; j > 1 && a[j] < a[j - 1]; j--) { t = a[j]; a[j] = a[j - 1]; a[j - 1] = t }
      return n % 2 ? a[(n + 1) / 2] : (a[n / 2] + a[n / 2 + 1]) / 2
    }
    { rest = substr($0, index($0, field) + length(field)); value = rest + 0
      if (/"target":"nginx"/) x[++nx] = value; else y[++ny] = value }
    END { mx = median(x, nx); my = median(y, ny)
      printf "| %s | %.1f (%.1f-%.1f) | %.1f (%.1f-%.1f) | %.2f |\n", title, mx, x[1], x[nx], my, y[1], y[ny], mx ? my / mx : 0 }
  ' "$work/$2.jsonl"
}

mkdir -p "$work"
build_tools
write_bodies
key=none
start_upstream
start_nginx
start_router
warm_up
rounds whole whole 16
rounds stream stream 100
rounds latency whole 16 --rate 500

failures=$(cat "$work"/{whole,stream,latency}.jsonl | sed 's/.*"failed":\([0-9]*\).*/\1/' | awk '{ n += $1 } END { print n + 0 }')
lost=$(awk '{ match($0, /"requests":[0-9]+/); r = substr($0, RSTART + 11, RLENGTH - 11); match($0, /"events":[0-9]+/); e = substr($0, RSTART + 9, RLENGTH - 9)
  n += r * 51 - e } END { print n + 0 }' "$work/stream.jsonl")
cat <<TABLE
$rounds alternating rounds of $each s; median (least-most); $(nproc) cores, $(uname -m); failed requests: $failures; lost events: $lost

| | nginx | Spillway router | ratio |
|---|---|---|---|
$(row "CPU per request, us (16 connections, 1 KB prompt, 0.6 KB answer)" whole cpu_us_per_request)
$(row "CPU per stream event, us (100 streams, 51 events 20 ms apart)" stream cpu_us_per_event)
$(row "time to first event, p50, us" stream p50_us)
$(row "latency at 500 requests/s, p50, us" latency p50_us)
$(row "latency at 500 requests/s, p99, us" latency p99_us)
$(row "requests/s, closed loop" whole rps)
$(row "busy cores of the machine, closed loop" whole busy_cores)
TABLE
[ "$failures" -eq 0 ] && [ "$lost" -eq 0 ]
