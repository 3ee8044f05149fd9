# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes OUT, a C file that holds the parts of a page: style sheets, scripts, the kernel as
base64, and the policies that allow these and nothing else, by their SHA-256.

Usage: embed.py OUT SCRIPT DOCUMENT WORKER KERNEL KIT_STYLE STYLE...
The texts stand in the page as they are, so none may hold what ends or comments out its
element; that is checked here, once, and not for every page."""
import base64
import hashlib
import sys

PAGE = ("default-src 'none'; script-src '%s' 'wasm-unsafe-eval'; style-src '%s'; worker-src blob:; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'")
DOCUMENT = ("default-src 'none'; script-src '%s'; style-src '%s'; img-src data: blob:; "
            "base-uri 'none'; form-action 'none'")
KIT = "default-src 'none'; style-src '%s'; img-src data:; base-uri 'none'; form-action 'none'"
FORBIDDEN = ('</script', '<!--', '</style', '\r', '\0')


def read(name):
    with open(name, encoding='utf-8', newline='') as file:
        text = file.read()
    for mark in FORBIDDEN:
        if mark in text.lower():
            sys.exit('%s: holds %r, which a page cannot' % (name, mark))
    return text


def hashed(text):
    digest = hashlib.sha256(text.encode('utf-8')).digest()
    return 'sha256-' + base64.b64encode(digest).decode('ascii')


def literal(text):
    """A C string a line; octal escapes have three digits and so take in none that follow."""
    lines = []
    for line in text.splitlines(keepends=True) or ['']:
        code = ''
        for byte in line.encode('utf-8'):
            char = chr(byte)
            if char == '\n':
                code += '\\n'
            elif char in '"\\':
                code += '\\' + char
            elif 32 <= byte < 127 and char != '?': # trigraphs
                code += char
            else:
                code += '\\%03o' % byte
        lines.append('  "%s"' % code)
    return '\n'.join(lines)


def main(out, script, document, worker, kernel, kit_style, *styles):
    with open(kernel, 'rb') as file:
        wasm = base64.b64encode(file.read()).decode('ascii')
    style, kit = ''.join(read(name) for name in styles), read(kit_style)
    code, drawing = read(script), read(document)
    parts = {
        'pln_page_style': style,
        'pln_page_script': code,
        'pln_page_worker': read(worker),
        'pln_page_kernel': wasm,
        'pln_page_policy': PAGE % (hashed(code), hashed(style)),
        'pln_document_script': drawing,
        'pln_document_policy': DOCUMENT % (hashed(drawing), hashed(style)),
        'pln_kit_style': kit,
        'pln_kit_policy': KIT % hashed(kit),
    }
    with open(out, 'w', encoding='ascii') as file:
        file.write('/* SPDX-License-Identifier: GPL-3.0-or-later */\n'
                   '/* Written by sim/page/embed.py. */\n'
                   '#include "plenary/page_parts.h"\n\n'
                   '#pragma GCC diagnostic ignored "-Woverlength-strings"\n')
        for name, text in parts.items():
            file.write('\nconst char %s[] =\n%s;\n' % (name, literal(text)))


main(*sys.argv[1:])
