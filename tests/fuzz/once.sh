#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs TARGET once over each file that its fuzzer starts from.
# Usage: tests/fuzz/once.sh TARGET KIND
set -eu
corpus=$(mktemp -d)
trap 'rm -rf "$corpus"' EXIT
"$(dirname "$0")/bundle.sh" "$corpus"
"$1" "$corpus/$2"/*
