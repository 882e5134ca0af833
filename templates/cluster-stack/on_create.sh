#!/usr/bin/env bash
# Lifecycle script of every node: runs as root when a node is created and again when its image is replaced.
#
# Puts the data of containerd and kubelet on the group's EBS volume, mounted at /opt/sagemaker, so that container
# images and pod scratch space do not fill the root volume. A node without that volume is left as it is. Nothing
# is downloaded. The script always exits 0: a node that keeps its data on the root volume works, while a non-zero
# status would make the whole instance group fail. Safe to run again at any time.

set -uo pipefail

readonly VOLUME=/opt/sagemaker
readonly LOG=/var/log/provision/on_create.log
readonly WAIT_SECONDS=30

log() { printf '%s %s\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$*"; }

# The volume is attached while the node boots, so it may come a little later than this script.
wait_for_volume() {
    local waited=0
    until mountpoint -q "$VOLUME"; do
        (( waited >= WAIT_SECONDS )) && return 1
        sleep 5
        waited=$(( waited + 5 ))
    done
}

has_room_for() {
    local needed available
    needed=$(du -sk -- "$1" 2>/dev/null | cut -f1)
    available=$(df --output=avail -k -- "$VOLUME" | tail -n 1)
    (( ${available:-0} > ${needed:-0} ))
}

# A mount unit, unlike a plain bind mount, is there again after a reboot and before both services start.
write_mount_unit() {
    local source=$1 target=$2 unit=$3
    cat > "/etc/systemd/system/$unit" <<UNIT
[Unit]
Description=$target on $VOLUME
RequiresMountsFor=$VOLUME
Before=containerd.service kubelet.service

[Mount]
What=$source
Where=$target
Type=none
Options=bind

[Install]
WantedBy=multi-user.target
UNIT
}

relocate() {
    local target=$1
    local source="$VOLUME/${target##*/}" unit
    unit=$(systemd-escape --path --suffix=mount "$target") || return 1

    if mountpoint -q "$target"; then
        log "$target is already on $VOLUME"
        return 0
    fi
    mkdir -p "$target"
    if ! has_room_for "$target"; then
        log "$VOLUME has no room for $target; leaving it in place"
        return 1
    fi
    # Without the mount unit the root volume is new, so data left here belongs to an earlier image.
    [[ -e "/etc/systemd/system/$unit" ]] || rm -rf -- "$source"
    mkdir -p "$source"
    cp -a -- "$target/." "$source/" || return 1
    write_mount_unit "$source" "$target" "$unit" || return 1
    systemctl daemon-reload
    systemctl enable --now "$unit" || return 1
    log "$target is now on $VOLUME"
}

main() {
    log "on_create.sh starts on $(hostname)"
    if ! wait_for_volume; then
        log "$VOLUME is not mounted; containerd and kubelet stay on the root volume"
        return 0
    fi

    local service running=()
    for service in kubelet containerd; do
        systemctl is-active --quiet "$service" && running+=("$service")
    done
    for service in "${running[@]+"${running[@]}"}"; do
        systemctl stop "$service" || log "could not stop $service"
    done
    relocate /var/lib/containerd || log "containerd stays on the root volume"
    relocate /var/lib/kubelet || log "kubelet stays on the root volume"
    # Started in the opposite order: kubelet needs containerd.
    local index
    for (( index = ${#running[@]} - 1; index >= 0; index-- )); do
        systemctl start "${running[index]}" || log "could not start ${running[index]}"
    done
}

mkdir -p "${LOG%/*}"
main 2>&1 | tee -a "$LOG"
log "on_create.sh ends" | tee -a "$LOG"
exit 0
