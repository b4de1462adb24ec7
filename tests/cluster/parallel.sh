#!/usr/bin/env bash
# A study with GNU parallel on this machine: one task is killed and made again; every file is compared with that of one long batch.
#
#   tests/cluster/parallel.sh [PROGRAM]
#
# Needs GNU parallel (apt-get install parallel), which it installs if it may.
set -euo pipefail
here=$(cd "$(dirname "$0")/../.." && pwd)
canvass=$(realpath "${1:-$here/target/release/canvass}")
[ -x "$canvass" ] || { echo "build the program first: cargo build --release"; exit 2; }
if ! command -v parallel >/dev/null; then
    apt-get update -qq
    # Another installation may be under way: a fresh machine updates itself.
    DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -y -qq --no-install-recommends parallel >/dev/null
fi

desk=$(mktemp -d)
trap 'rm -rf "$desk"' EXIT
cd "$desk"
scenario=$here/scenarios/starter-results-site.toml
runs=${RUNS:-40000}
"$canvass" batch "$scenario" --runs "$runs" -q -o one >/dev/null || [ $? = 3 ]
"$canvass" shard plan "$scenario" --runs "$runs" --shards 8 -o study -q

# Shard 5 kills itself the first time.
cat >task <<TASK
#!/bin/sh
if [ "\$1" = 5 ] && mkdir killed 2>/dev/null; then
    "$canvass" shard run study 5 -q --threads 1 & sleep 0.05; kill -9 \$!; wait \$!; exit \$?
fi
exec "$canvass" shard run study "\$1" -q --threads 1
TASK
chmod +x task
"$canvass" shard missing study --each | parallel --will-cite -j2 --retries 3 ./task {}
[ -d killed ]
[ -z "$("$canvass" shard missing study)" ]
"$canvass" shard merge study -q -o merged >/dev/null || [ $? = 3 ]
(cd one && sha256sum -- *) >one.sums
(cd merged && sha256sum -- *) >merged.sums
cmp one.sums merged.sums
cat merged.sums
echo "all files are the same as those of one long batch"
