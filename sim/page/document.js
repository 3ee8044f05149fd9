// SPDX-License-Identifier: GPL-3.0-or-later
// The script of a page without a laboratory: it draws the document's charts.
import { drawDocument } from './document_charts.js';

drawDocument(document.getElementById('document'));
