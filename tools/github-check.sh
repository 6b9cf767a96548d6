#!/usr/bin/env bash
# The one step of action.yml that does something: checks, annotates, and leaves patch, report, page
# and the review's JSON in a folder. Needs no token and posts nothing, so it may run on forks.
# In: REPAIR_PATHS, REPAIR_CHANGED_SINCE, REPAIR_CONFIG, REPAIR_BASE (commit of a pull request's base).
# Out: `found` (true or false) and `folder`, in the file that GITHUB_OUTPUT names.
set -euo pipefail

folder="${RUNNER_TEMP:-/tmp}/repair"
rm -rf "$folder"
mkdir -p "$folder"
read -r -d '' -a paths <<<"${REPAIR_PATHS:-.}" || true
common=(--quiet --no-color)
[ -z "${REPAIR_CONFIG:-}" ] || common+=(--config "$REPAIR_CONFIG")
since=()
[ -z "${REPAIR_CHANGED_SINCE:-}" ] || since=(--changed-since "$REPAIR_CHANGED_SINCE")

# A path that begins with a minus is a path: what follows -- is no option.
status=0
repair check "${common[@]}" "${since[@]}" --format github -- "${paths[@]}" || status=$?
if [ "$status" -gt 1 ]; then
  exit "$status"
fi
if [ "$status" -eq 1 ]; then
  found=true
  repair check "${common[@]}" "${since[@]}" --format json -- "${paths[@]}" >"$folder/repair.jsonl" || true
  repair clean "${common[@]}" --patch "$folder/repair.patch" --html "$folder/repair.html" -- "${paths[@]}" >/dev/null
  if [ -n "${REPAIR_BASE:-}" ] && git diff "$REPAIR_BASE...HEAD" >"$folder/pr.diff"; then
    repair github-suggestions --report "$folder/repair.jsonl" --diff "$folder/pr.diff" \
      --prefix "$(git rev-parse --show-prefix)" >"$folder/review.json"
  fi
else
  found=false
fi
{
  echo "found=$found"
  echo "folder=$folder"
} >>"${GITHUB_OUTPUT:-/dev/stdout}"
