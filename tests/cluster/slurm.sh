#!/usr/bin/env bash
# A study on a real Slurm of two nodes on this machine: an array of shards, one node and one task killed in mid-run, what is missing
# submitted again, the parts merged, and every file compared with that of one long batch.
#
#   tests/cluster/slurm.sh [PROGRAM]
#
# Needs root on Debian or Ubuntu and installs slurm-wlm and munge. All daemons listen on the loopback interface only and are ended at
# the end. Takes about two minutes.
set -euo pipefail
here=$(cd "$(dirname "$0")/../.." && pwd)
canvass=$(realpath "${1:-$here/target/release/canvass}")
[ -x "$canvass" ] || { echo "build the program first: cargo build --release"; exit 2; }
[ "$(id -u)" = 0 ] || { echo "this needs root, to install and start Slurm"; exit 2; }

if ! { command -v slurmctld && command -v slurmd && command -v munged; } >/dev/null; then
    apt-get update -qq
    # Another installation may be under way: a fresh machine updates itself.
    DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -y -qq --no-install-recommends slurm-wlm munge >/dev/null
fi

desk=$(mktemp -d)
end() {
    code=$?
    [ "$code" = 0 ] || tail -n 15 "$desk"/slurm/log/* "$desk"/study/*.log 2>/dev/null || true
    # Only what was started here.
    [ -z "${job:-}" ] || { scancel "$job" && sleep 2; } 2>/dev/null || true
    for file in "$desk"/slurm/*.pid "$desk"/munge/munged.pid; do
        [ -s "$file" ] && kill "$(cat "$file")" 2>/dev/null || true
    done
    sleep 1
    rm -rf "$desk"
    exit "$code"
}
trap end EXIT

say() { printf '%4ds  %s\n' "$SECONDS" "$*"; }
must() { "$@" || { echo "this does not hold: $*"; exit 1; }; }

# ---- two nodes ---------------------------------------------------------------------------------------------------------

mkdir -p "$desk"/slurm/{state,log,spool.n1,spool.n2} "$desk"/munge
chmod 755 "$desk"
host=$(hostname)
cat > "$desk/slurm/slurm.conf" <<CONF
ClusterName=canvass
SlurmctldHost=$host(127.0.0.1)
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
CredType=cred/munge
# The default keeps a killed task waiting for two minutes.
AuthInfo=socket=$desk/munge/socket,cred_expire=5
CommunicationParameters=NoCtldInAddrAny,NoInAddrAny
MpiDefault=none
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
ReturnToService=2
SlurmctldPort=16817
SlurmctldPidFile=$desk/slurm/slurmctld.pid
SlurmdPidFile=$desk/slurm/slurmd.%n.pid
SlurmdSpoolDir=$desk/slurm/spool.%n
StateSaveLocation=$desk/slurm/state
SlurmctldLogFile=$desk/slurm/log/slurmctld.log
SlurmdLogFile=$desk/slurm/log/slurmd.%n.log
SlurmdTimeout=10
KillWait=5
JobRequeue=1
SlurmdParameters=config_overrides
SchedulerParameters=bf_interval=1,sched_interval=1,batch_sched_delay=0,sched_min_interval=0
NodeName=n1 NodeHostname=$host NodeAddr=127.0.0.1 Port=16818 CPUs=2 RealMemory=500 State=UNKNOWN
NodeName=n2 NodeHostname=$host NodeAddr=127.0.0.1 Port=16819 CPUs=2 RealMemory=500 State=UNKNOWN
PartitionName=debug Nodes=ALL Default=YES MaxTime=INFINITE State=UP
CONF
export SLURM_CONF=$desk/slurm/slurm.conf

dd if=/dev/urandom of="$desk/munge/key" bs=1024 count=1 status=none
chown -R munge: "$desk/munge"
chmod 600 "$desk/munge/key"
chmod 755 "$desk/munge"
su -s /bin/sh munge -c "exec $(command -v munged) --key-file=$desk/munge/key --socket=$desk/munge/socket \
    --pid-file=$desk/munge/munged.pid --log-file=$desk/munge/log --seed-file=$desk/munge/seed"
slurmctld
slurmd -N n1
slurmd -N n2
idle() { [ "$(sinfo -h -N -o %T | grep -c '^idle$')" = "$1" ]; }
for _ in $(seq 120); do idle 2 && break; sleep 0.25; done
must idle 2
say "two nodes are idle"

# ---- one long batch, and the same in shards ----------------------------------------------------------------------------

cd "$desk"
scenario=$here/scenarios/starter-results-site.toml
runs=${RUNS:-160000}
"$canvass" batch "$scenario" --runs "$runs" -q -o one >/dev/null || [ $? = 3 ]
say "one long batch is made"
"$canvass" shard plan "$scenario" --runs "$runs" --shards 8 -o study -q
script=$("$canvass" shard sbatch study)
job=$(sbatch --parsable --cpus-per-task=1 <<<"$script")

running() { squeue -h -t R -j "$job" -o '%i %N' 2>/dev/null; }
for _ in $(seq 240); do [ "$(running | wc -l)" -ge 3 ] && running | grep -q ' n2$' && running | grep -q ' n1$' && break; sleep 0.1; done

# The processes of one task: those whose environment has its job's number.
processes_of() {
    local environ
    for environ in $(grep -lsz "^SLURM_JOB_ID=$1\$" /proc/[0-9]*/environ || true); do
        if [ "$(readlink "${environ%environ}exe")" = "$canvass" ]; then basename "${environ%/environ}"; fi
    done
}
task=$(squeue -h -t R -j "$job" -o '%A %N' | awk '$2 == "n1" { print $1; exit }')
victims=$(processes_of "$task")
must [ -n "$victims" ]
kill -9 $victims
say "a task on n1 is killed"

on_n2=$(squeue -h -t R -j "$job" -o '%A %N' | awk '$2 == "n2" { print $1 }')
must [ -n "$on_n2" ]
kill -9 "$(cat slurm/slurmd.n2.pid)"
rm slurm/slurmd.n2.pid
for task in $on_n2; do
    for victim in $(processes_of "$task"); do
        # Its step goes down with it, as the whole node would.
        step=$(ps -o ppid= -p "$victim" | tr -d ' ')
        keeper=$(ps -o ppid= -p "$step" | tr -d ' ')
        kill -9 "$keeper" "$step" "$victim" 2>/dev/null || true
    done
done
say "node n2 is killed with $(wc -w <<<"$on_n2") tasks"

must [ -n "$("$canvass" shard missing study)" ]
if "$canvass" shard merge study -q -o merged 2>refusal; then echo "merged with shards missing"; exit 1; fi
must grep -q 'to be run' refusal

# ---- submit what is missing until nothing is ---------------------------------------------------------------------------

# The tasks of a lost node come back by themselves; a task that was killed leaves a hole in the array, of which nobody says a word.
waited() { for _ in $(seq "$1"); do [ -z "$(squeue -h -j "$2" -t PD,R,CG 2>/dev/null)" ] && return; sleep 1; done; }
waited 45 "$job"
scancel "$job" 2>/dev/null || true
rounds=0
while missing=$("$canvass" shard missing study) && [ -n "$missing" ]; do
    rounds=$((rounds + 1))
    must [ "$rounds" -le 5 ]
    say "submitting again: $missing"
    script=$("$canvass" shard sbatch study)
    waited 60 "$(sbatch --parsable <<<"$script")"
done
must [ "$rounds" -ge 1 ]
say "every shard has its part"

"$canvass" shard verify study --sample 20
"$canvass" shard merge study -q -o merged >/dev/null || [ $? = 3 ]
(cd one && sha256sum -- *) >one.sums
(cd merged && sha256sum -- *) >merged.sums
must cmp one.sums merged.sums
cat merged.sums
say "all files are the same as those of one long batch"
