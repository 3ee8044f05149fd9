/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What the shared library exports: functions marked PLN_API and nothing else
 *  (checked by tests/symbols). */
#pragma once
#if defined(__GNUC__) && !defined(__wasm__)
#define PLN_API __attribute__((visibility("default")))
#else
#define PLN_API
#endif
