#!/usr/bin/env bash
# What action.yml runs: reads the action's inputs from INPUT_*, installs coopctl, and runs it.
#
# COOPCTL_COMMAND names a coopctl that is already there; nothing is installed then, and nothing is fetched.
# Written for bash 3.2 as well, which macOS has: no mapfile, and no array that may be empty is expanded.
set -euo pipefail

output() {
    if [ -n "${GITHUB_OUTPUT:-}" ]; then
        printf '%s=%s\n' "$1" "$2" >>"$GITHUB_OUTPUT"
    fi
}

ended=
finish() { # whatever keeps the script from getting to its end, nothing was judged
    if [ -z "$ended" ]; then
        output exit-code 2
        exit 2
    fi
}
trap finish EXIT

refuse() { # what is wrong, the value it is about
    local shown
    shown=$(printf '%q' "$2") # in one line
    printf '::error title=coopctl::%s, not %s\n' "$1" "${shown//%/%25}" >&2
    exit 2
}

one_of() { # name, value, what it may be
    local allowed
    for allowed in "${@:3}"; do
        if [ "$2" = "$allowed" ]; then
            return
        fi
    done
    refuse "$1 has to be one of$(printf ' %q' "${@:3}")" "$2"
}

# The inputs

command=${INPUT_COMMAND:-both}
one_of command "$command" lint check both
fail_on_lint=${INPUT_FAIL_ON_LINT:-}
one_of fail-on-lint "$fail_on_lint" "" error warning info
fail_on=${INPUT_FAIL_ON:-}
one_of fail-on "$fail_on" "" breach warn
on_missing=${INPUT_ON_MISSING:-}
one_of on-missing "$on_missing" "" warn breach ignore
strict=${INPUT_STRICT:-false}
one_of strict "$strict" true false
as_of=${INPUT_AS_OF:-}
if [ -n "$as_of" ] && ! [[ "$as_of" =~ ^[0-9]{4}-[0-9]{2}-[0-9]{2}$ ]]; then
    refuse "as-of has to be a date such as 2026-06-30" "$as_of"
fi
sarif_file=${INPUT_SARIF_FILE:-}
case $sarif_file in
    *[[:cntrl:]]*) refuse "sarif-file has to be the name of one file" "$sarif_file" ;;
    "" | *.sarif | *.json) ;;
    *) refuse "sarif-file has to end in .sarif or .json" "$sarif_file" ;;
esac
if [ -n "$sarif_file" ] && [ "$command" = check ]; then
    refuse "sarif-file is written by lint: command has to be lint or both" "$command"
fi

lines=()
while IFS= read -r line || [ -n "$line" ]; do
    line=${line#"${line%%[![:space:]]*}"}
    line=${line%"${line##*[![:space:]]}"}
    if [ -n "$line" ]; then
        lines+=("$line")
    fi
done <<<"${INPUT_PATHS:-}"
if [ ${#lines[@]} -eq 0 ]; then
    lines=(.)
fi
paths=("${lines[@]}")
if [ ${#lines[@]} -eq 1 ]; then
    read -r -a paths <<<"${lines[0]}"
fi
for path in "${paths[@]}"; do
    if [ "$path" = - ]; then
        refuse "paths have to be files or folders: there is no standard input here" "$path"
    fi
done

# coopctl, in an environment of its own. `-I` keeps python from importing what lies in the folder that is looked at.

coopctl=${COOPCTL_COMMAND:-}
if [ -z "$coopctl" ]; then
    here=${GITHUB_ACTION_PATH:?}
    python=${PYTHON_PATH:-python3}
    environment=$(mktemp -d "${RUNNER_TEMP:?}/coopctl-XXXXXX")
    echo "::group::Install coopctl"
    "$python" -I -m venv "$environment"
    programs=$environment/bin
    if [ -d "$environment/Scripts" ]; then # Windows
        programs=$environment/Scripts
    fi
    pip=("$programs/python" -I -m pip --disable-pip-version-check install --quiet --constraint "$here/constraints.txt")
    "${pip[@]}" hatchling
    "${pip[@]}" --no-build-isolation "$here"
    echo "::endgroup::"
    coopctl=$programs/coopctl
fi

# The commands. Findings of the first do not keep the second from running, and the worse code counts. GitHub shows ten
# annotations of a kind per step: the verdicts come first.

worst=0
run() {
    local code=0
    printf '== coopctl %s\n' "$1"
    "$coopctl" "$@" -- "${paths[@]}" </dev/null || code=$?
    if [ "$code" -gt 1 ]; then # 3 is a bug in coopctl; nothing was judged then, either
        code=2
    fi
    if [ "$code" -gt "$worst" ]; then
        worst=$code
    fi
}

if [ "$command" != lint ]; then
    options=(check)
    if [ -n "$as_of" ]; then options+=("--as-of=$as_of"); fi
    if [ -n "$fail_on" ]; then options+=("--fail-on=$fail_on"); fi
    if [ -n "$on_missing" ]; then options+=("--on-missing=$on_missing"); fi
    if [ "$strict" = true ]; then options+=(--strict); fi
    run "${options[@]}"
fi
if [ "$command" != check ]; then
    options=(lint)
    if [ -n "$as_of" ]; then options+=("--as-of=$as_of"); fi
    if [ -n "$fail_on_lint" ]; then options+=("--fail-on=$fail_on_lint"); fi
    if [ -n "$sarif_file" ]; then
        rm -f -- "$sarif_file" # an older one is not to be taken for this one
        options+=("--output-format=sarif=$sarif_file")
    fi
    run "${options[@]}"
fi

output exit-code "$worst"
if [ -n "$sarif_file" ] && [ -f "$sarif_file" ]; then
    output sarif-file "$sarif_file"
fi
ended=yes
exit "$worst"
