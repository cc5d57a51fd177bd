#!/usr/bin/env bash
# Keeps the FHIR endpoint of this container's IRIS at the DebugMode that the mounted ConfigMap declares, and
# closes it when break-glass expires, whether or not Pulumi runs.
#
#   endpoint-settings.sh reset   before IRIS starts: forgets what was in force
#   endpoint-settings.sh start   once IRIS has started: watches in the background, returns at once
#   endpoint-settings.sh watch   watches in the foreground
#   endpoint-settings.sh ready   succeeds while the mode in force is known and watched
#
# The access mode is one line, one of:
#
#   smart debugMode=0
#   breakGlass debugMode=7 until=2026-09-30T12:00:00Z afterwards=0
#
# Any other content, or none, closes the endpoint: DebugMode 0.
#
# Environment:
#   ACCESS_MODE_FILE the mounted file with the access mode
#   SETTINGS_STATE   a writable directory; in it, `in-force` is there and fresh while all is well
#   SETTINGS_LOG     where `start` sends its log; by default the container's own
#   FHIR_BASE_PATH   the endpoint, /intersystems/fhir/r5
#   IRIS_NAMESPACE   the IRIS namespace that the endpoint is installed in
#   OAUTH_CLIENT_NAME, OAUTH_ISSUER   the OAuth 2.0 client that the endpoint verifies tokens with, and its issuer; the
#                    endpoint's own settings where they are not set
set -uo pipefail
export LC_ALL=C

# Time between two checks, in seconds. This polls because inotify's tools are not part of the image, and
# because the expiry is an event of the clock, not of a file.
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
  local mode=''
  wanted=$CLOSED
  [[ -r $ACCESS_MODE_FILE ]] && mode=$(<"$ACCESS_MODE_FILE")
  if [[ $mode =~ $SMART ]]; then
    wanted=${BASH_REMATCH[1]}
    why='the access mode is smart'
  elif [[ $mode =~ $BREAK_GLASS ]]; then
    local until=${BASH_REMATCH[1]} afterwards=${BASH_REMATCH[4]}
    # Times of this format sort as text.
    if [[ $(now) < $until ]]; then
      wanted=$OPEN
      why="the access mode is breakGlass until $until"
    else
      wanted=$afterwards
      why="breakGlass expired at $until"
    fi
  elif [[ -z $mode ]]; then
    why='no access mode is set'
  else
    why='the access mode is not valid'
  fi
}

# Runs a script of ObjectScript in IRIS, until it reads back what it has set; on failure, `fault` says why. Of IRIS's
# output, only error codes are logged.
session() {
  local script=$1 expected=$2 output status
  output=$(timeout "$PATIENCE" iris session iris -U "$IRIS_NAMESPACE" \
    <"$(dirname -- "${BASH_SOURCE[0]}")/$script" 2>&1)
  status=$?
  # A session reports success even where a command in it fails: what IRIS reads back is what counts.
  [[ $output == *"$expected;"* ]] && return 0
  fault="iris exited with $status $(grep -oE '<[A-Z][A-Z ]+>' <<<"$output" | sort -u | tr '\n' ' ')"
  return 1
}

# Sets a DebugMode.
apply() {
  FHIR_DEBUG_MODE=$1 session set-debug-mode.txt "DEBUG-MODE-IN-FORCE=$1"
}

# Sets the OAuth 2.0 client, once. Until it is set, an endpoint that SMART protects denies every token.
apply_client() {
  [[ -z ${OAUTH_CLIENT_NAME:-} || $client == "$OAUTH_CLIENT_NAME" ]] && return 0
  if session set-oauth-client.txt "OAUTH-CLIENT-IN-FORCE=$OAUTH_CLIENT_NAME"; then
    client=$OAUTH_CLIENT_NAME
    log "OAuth client $client of $OAUTH_ISSUER is in force"
  else
    log "OAuth client $OAUTH_CLIENT_NAME could not be set, retrying in $PAUSE s: ${fault% }"
  fi
}

watch() {
  local state=$SETTINGS_STATE/in-force in_force='' client='' wanted why fault
  log "watching $ACCESS_MODE_FILE for $FHIR_BASE_PATH"
  while :; do
    decide
    if [[ $wanted == "$in_force" ]]; then
      touch "$state"
    elif apply "$wanted"; then
      in_force=$wanted
      touch "$state"
      log "DebugMode $wanted is in force: $why"
    else
      # It is unknown now which mode is in force. Where the endpoint may be open although it should be closed, the
      # pod becomes unready; where only opening it failed, it stays as it was.
      in_force=''
      if [[ $wanted == "$OPEN" && -e $state ]]; then touch "$state"; else rm -f "$state"; fi
      log "DebugMode $wanted could not be set, retrying in $PAUSE s: $why; ${fault% }"
    fi
    apply_client
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
  # Older than 2 minutes: the watching process has ended.
  ready) [[ -n $(find "$SETTINGS_STATE/in-force" -mmin -2 2>/dev/null) ]] ;;
  *)
    printf 'usage: %s reset|start|watch|ready\n' "$0" >&2
    exit 2
    ;;
esac
