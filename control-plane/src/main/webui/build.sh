#!/bin/sh
# Maven's way to the console: `build.sh build DIR` builds it into DIR, `build.sh check` lints and tests it.
#
# Node is the one tool that Maven cannot bring along. Without it the control plane is built all the same, with its
# REST API and without the console, and one loud line says so.
set -eu
cd "$(dirname "$0")"

if ! command -v npm >/dev/null 2>&1; then
    echo "[WARNING] NO CONSOLE: npm is not on the PATH. Install Node 20.19 or newer (Debian: apt-get install nodejs npm) and build again; -Dspillway.console.skip silences this."
    exit 0
fi
if ! node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)'; then
    echo "[WARNING] NO CONSOLE: Node $(node --version) is too old. Install Node 20.19 or newer and build again; -Dspillway.console.skip silences this."
    exit 0
fi

# Installs only when the lock file changed since the last time.
lock=$(cksum <package-lock.json)
if [ "$(cat node_modules/.installed 2>/dev/null)" != "$lock" ]; then
    npm ci --ignore-scripts --no-audit --no-fund --loglevel=error || {
        echo "[ERROR] npm ci failed: is the npm registry reachable? Java alone builds with -Dspillway.console.skip."
        exit 1
    }
    echo "$lock" >node_modules/.installed
fi

case "$1" in
    build)
        # index.html is written last; nothing to do when no source is younger.
        if [ -f "$2/index.html" ] &&
            [ -z "$(find . -path ./node_modules -prune -o -type f -newer "$2/index.html" -print)" ]; then
            exit 0
        fi
        SPILLWAY_CONSOLE_OUT="$2" npm run --silent build -- --logLevel warn
        ;;
    check)
        npm run --silent lint
        npm run --silent test
        ;;
    *)
        echo "usage: build.sh build DIR | check" >&2
        exit 2
        ;;
esac
