# SPDX-License-Identifier: GPL-3.0-or-later
"""Bundles the modules that ENTRY imports into OUT, and writes the list of them to DEPFILE,
so that a change to any of them, and to no other, builds it again.

Usage: bundle.py ESBUILD ENTRY OUT DEPFILE"""
import json
import os
import subprocess
import sys


def main(esbuild, entry, out, depfile):
    # From the modules' own folder: the names that esbuild leaves in comments are then the same
    # wherever that lies.
    folder, meta = os.path.dirname(entry), os.path.abspath(depfile) + '.json'
    subprocess.run([esbuild, os.path.basename(entry), '--bundle', '--format=iife',
                    '--target=es2020', '--charset=utf8', '--log-level=warning',
                    '--banner:js=// SPDX-License-Identifier: GPL-3.0-or-later',
                    '--outfile=' + os.path.abspath(out), '--metafile=' + meta],
                   check=True, cwd=folder)
    with open(meta, encoding='utf-8') as file:
        names = sorted(json.load(file)['inputs'])
    os.remove(meta)
    paths = [os.path.abspath(os.path.join(folder, name)).replace(' ', '\\ ') for name in names]
    with open(depfile, 'w', encoding='utf-8') as file:
        file.write('%s: %s\n' % (out, ' '.join(paths)))


main(*sys.argv[1:])
