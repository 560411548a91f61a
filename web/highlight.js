// SPDX-License-Identifier: GPL-3.0-or-later
// Matched words in a text. The server is asked to mark them with control characters, which no
// product text holds, and they become <mark> elements here: no text from a document is ever read as
// HTML.

export const MARK_START = "\u0002";
export const MARK_END = "\u0003";

/** What to add to a request's parameters. */
export const HIGHLIGHT_TAGS = { highlight_start_tag: MARK_START, highlight_end_tag: MARK_END };

/** The marked text as nodes: text and <mark> elements. */
export function markedText(text) {
  const nodes = [];
  for (const [index, part] of String(text).split(MARK_START).entries()) {
    if (index === 0) {
      nodes.push(document.createTextNode(part));
      continue;
    }
    const [matched, rest = ""] = part.split(MARK_END);
    const mark = document.createElement("mark");
    mark.textContent = matched;
    nodes.push(mark, document.createTextNode(rest));
  }
  return nodes;
}

/** A hit's whole field with the marks in it, undefined where nothing in it matched. */
export function markedValue(hit, field) {
  const highlight = hit.highlight?.[field];
  return highlight?.value ?? highlight?.snippet;
}

/** A hit's field with its matches marked, or plain where nothing in it matched. */
export function highlightedField(hit, field) {
  return markedText(markedValue(hit, field) ?? hit.document[field] ?? "");
}
