/**
 * JSON for a button's value or a view's private metadata. Slack hands texts of an app back with `&`, `<` and `>` as
 * entities, and does not document in which places. Full-width signs stand for these three, so that a name comes back
 * as it was wherever it went, and takes no more room; a full-width sign of the name itself is written as an escape.
 */
const standIns: Readonly<Record<string, string>> = { '&': '\uff06', '<': '\uff1c', '>': '\uff1e' };
const signs = Object.fromEntries(Object.entries(standIns).map(([sign, standIn]) => [standIn, sign]));

export function writeJson(value: unknown): string {
  return JSON.stringify(value)
    .replace(/[\uff06\uff1c\uff1e]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16)}`)
    .replace(/[&<>]/g, (sign) => standIns[sign] ?? sign);
}

/** What `writeJson` wrote; its shape is not checked. Throws on anything that is no JSON. */
export function readJson(text: string): unknown {
  return JSON.parse(text.replace(/[\uff06\uff1c\uff1e]/g, (standIn) => signs[standIn] ?? standIn));
}
