# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by check: a Slurm of one node on this machine, out of one folder: munge, controller, node.
# It needs root, and neither systemd, control groups, a mail program, /sys nor a host name that
# resolves; of a Slurm or munge that is installed here neither files nor daemons are touched.

port_free() { # PORT
  ! grep -qi ":$(printf %04X "$1") 0*:0* 0A" /proc/net/tcp /proc/net/tcp6 2>/dev/null
}

# Why it cannot be begun, of what its daemons say.
slurm_why() { # FOLDER
  why=$(sed -n 's/^.*\(error\|fatal\|Error\): *//p' "$1/slurmd.log" "$1/slurmctld.log" "$1/munge/log" 2>/dev/null |
    grep -v 'Could not open .* state file\|NOTE: ' | head -n 3 | tr '\n' ';')
  echo "${why:-nothing is said of it}"
}

# Without control groups none is used, and yet slurmd looks for them unless it is told which kind:
# until 23.02 v1, of which nothing is asked then; later that there are none.
slurmd_begin() { # FOLDER
  for kind in cgroup/v1 disabled; do
    echo "CgroupPlugin=$kind" >"$1/cgroup.conf"
    ! slurmd || return 0
  done
  return 1
}

# Sets SLURM_CONF.  CPUS may be more than there are: tasks then share them.
slurm_begin() { # FOLDER CPUS
  mkdir -p "$1/state" "$1/spool"
  mkdir -m 700 "$1/munge"
  head -c 128 /dev/urandom >"$1/munge/key"
  chmod 400 "$1/munge/key"
  port=$((20000 + $$ % 20000))
  while ! port_free "$port" || ! port_free $((port + 1)); do port=$((port + 2)); done
  slurm_conf "$1" "$2" "$port" >"$1/slurm.conf"
  export SLURM_CONF="$1/slurm.conf"
  unset SBATCH_PARTITION SBATCH_ACCOUNT SLURM_CLUSTERS
  munged --force --key-file="$1/munge/key" --socket="$1/munge.socket" --pid-file="$1/munge/pid" \
    --seed-file="$1/munge/seed" --log-file="$1/munge/log" && slurmctld && slurmd_begin "$1" || return 1
  for _ in $(seq 100); do
    [ "$(sinfo -h -o %T 2>/dev/null)" != idle ] || return 0
    sleep 0.3
  done
  return 1
}

# What is queued again may begin when the credential of its first try has expired: 120 s unless
# cred_expire says otherwise.  linuxproc and task/none do without control groups.
slurm_conf() { # FOLDER CPUS PORT
  host=$(uname -n)
  cat <<END
ClusterName=plenary
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$3
SlurmdPort=$(($3 + 1))
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
CredType=cred/munge
AuthInfo=socket=$1/munge.socket,cred_expire=15
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
StateSaveLocation=$1/state
SlurmdSpoolDir=$1/spool
SlurmctldPidFile=$1/slurmctld.pid
SlurmdPidFile=$1/slurmd.pid
SlurmctldLogFile=$1/slurmctld.log
SlurmdLogFile=$1/slurmd.log
SchedulerType=sched/builtin
SchedulerParameters=sched_interval=2,batch_sched_delay=1
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SlurmdParameters=config_overrides
ReturnToService=2
SlurmctldTimeout=60
SlurmdTimeout=60
KillWait=5
MinJobAge=3600
MailProg=/bin/true
NodeName=$host NodeAddr=127.0.0.1 CPUs=$2 State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
END
}

# Ends what slurm_begin began, also where it came half of the way.
slurm_end() { # FOLDER
  [ -e "$1/slurm.conf" ] || return 0
  if [ -e "$1/slurmctld.pid" ]; then
    timeout 10 scancel --user="$(id -un)" 2>/dev/null
    for _ in $(seq 50); do
      [ -n "$(timeout 10 squeue -h -t running,completing 2>/dev/null)" ] || break
      sleep 0.2
    done
  fi
  for file in slurmd.pid slurmctld.pid munge/pid; do
    pid=$(cat "$1/$file" 2>/dev/null) || continue
    kill "$pid" 2>/dev/null || continue
    for _ in $(seq 50); do
      kill -0 "$pid" 2>/dev/null || break
      sleep 0.2
    done
    kill -9 "$pid" 2>/dev/null
  done
}
