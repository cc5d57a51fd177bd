#!/usr/bin/env bash
# Keeps the FHIR endpoint of this container's IRIS at the DebugMode that the mounted ConfigMap wishes, and
# closes it when break-glass expires, whether anybody runs Pulumi or not.
#
#   endpoint-settings.sh reset   before IRIS starts: forgets what was in force
#   endpoint-settings.sh start   once IRIS has started: watches in the background, returns at once
#   endpoint-settings.sh watch   watches in the foreground
#   endpoint-settings.sh ready   succeeds while what is in force is known, and watched
#
# The wish is one line, one of:
#
#   smart debugMode=0
#   breakGlass debugMode=7 until=2026-09-30T12:00:00Z afterwards=0
#
# Whatever is not exactly that, or is absent, closes the endpoint: DebugMode 0.
#
# Environment:
#   ACCESS_WISH      the mounted file that holds the wish
#   SETTINGS_STATE   a writable directory; in it, `in-force` is there and fresh while all is well
#   SETTINGS_LOG     where `start` sends its log; by default the container's own
#   FHIR_BASE_PATH   the endpoint, /intersystems/fhir/r5
#   IRIS_NAMESPACE   the IRIS namespace that the endpoint is installed in
set -uo pipefail
export LC_ALL=C

# Time between two looks, in seconds. This polls because inotify's tools are not part of the image, and
# because the expiry is an event of the clock, which no file tells.
readonly PAUSE=5
# How long IRIS may take to answer, in seconds.
readonly PATIENCE=30

readonly OPEN=7
readonly CLOSED=0
readonly SMART='^smart debugMode=([0-6])$'
readonly BREAK_GLASS="^breakGlass debugMode=$OPEN until=([0-9]{4}(-[0-9]{2}){2}T[0-9]{2}(:[0-9]{2}){2}Z) afterwards=([0-6])\$"

now() {
  date -u +%Y-%m-%dT%H:%M:%SZ
}

log() {
  printf '%s endpoint-settings: %s\n' "$(now)" "$1"
}

# Sets `wanted`, the DebugMode to be in force now, and `why`.
decide() {
  local wish=''
  wanted=$CLOSED
  [[ -r $ACCESS_WISH ]] && wish=$(<"$ACCESS_WISH")
  if [[ $wish =~ $SMART ]]; then
    wanted=${BASH_REMATCH[1]}
    why='the access mode is smart'
  elif [[ $wish =~ $BREAK_GLASS ]]; then
    local until=${BASH_REMATCH[1]} afterwards=${BASH_REMATCH[4]}
    # Times of this one form are in the order of their letters.
    if [[ $(now) < $until ]]; then
      wanted=$OPEN
      why="the access mode is breakGlass until $until"
    else
      wanted=$afterwards
      why="breakGlass expired at $until"
    fi
  elif [[ -z $wish ]]; then
    why='no access mode is set'
  else
    why='the access mode is not valid'
  fi
}

# Has IRIS set a DebugMode; on failure, `fault` says why. IRIS's own words are not logged, but for its error
# codes.
apply() {
  local output status
  output=$(FHIR_DEBUG_MODE=$1 timeout "$PATIENCE" iris session iris -U "$IRIS_NAMESPACE" \
    <"$(dirname -- "${BASH_SOURCE[0]}")/set-debug-mode.txt" 2>&1)
  status=$?
  # A session reports success even where a command in it fails: what IRIS reads back is what counts.
  [[ $output == *"DEBUG-MODE-IN-FORCE=$1;"* ]] && return 0
  fault="iris exited with $status $(grep -oE '<[A-Z][A-Z ]+>' <<<"$output" | sort -u | tr '\n' ' ')"
  return 1
}

watch() {
  local state=$SETTINGS_STATE/in-force in_force='' wanted why fault
  log "watching $ACCESS_WISH for $FHIR_BASE_PATH"
  while :; do
    decide
    if [[ $wanted == "$in_force" ]]; then
      touch "$state"
    elif apply "$wanted"; then
      in_force=$wanted
      touch "$state"
      log "DebugMode $wanted is in force: $why"
    else
      # Nobody knows now what is in force. Where the endpoint may be open against the wish, the pod takes no
      # more requests; where only opening it failed, it goes on as it was.
      in_force=''
      if [[ $wanted == "$OPEN" && -e $state ]]; then touch "$state"; else rm -f "$state"; fi
      log "DebugMode $wanted could not be set, retrying in $PAUSE s: $why; ${fault% }"
    fi
    sleep "$PAUSE"
  done
}

start() {
  local log=${SETTINGS_LOG:-/proc/1/fd/1}
  [[ -w $log ]] || log=/dev/null
  setsid "$BASH" "${BASH_SOURCE[0]}" watch </dev/null >"$log" 2>&1 &
}

case ${1:-} in
  reset) rm -f "$SETTINGS_STATE/in-force" ;;
  start) start ;;
  watch) watch ;;
  # Older than 2 minutes: whoever watched is gone.
  ready) [[ -n $(find "$SETTINGS_STATE/in-force" -mmin -2 2>/dev/null) ]] ;;
  *)
    printf 'usage: %s reset|start|watch|ready\n' "$0" >&2
    exit 2
    ;;
esac
