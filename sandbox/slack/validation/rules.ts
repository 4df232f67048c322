import { asString, isJson, spelled } from '../json.ts';

/** A small language for describing JSON; the tables of blocks, elements and views are written in it. */

type Surface = 'message' | 'modal' | 'home';

export interface Report {
  readonly surface: Surface;
  /** `pointer` is a JSON pointer, e.g. `/blocks/0/text`. */
  add(message: string, pointer: string): void;
}

export type Rule = (value: unknown, at: string, report: Report) => void;

/** Slack's wording of one problem. */
export function problemLine(message: string, pointer: string): string {
  return `[ERROR] ${message} [json-pointer:${pointer === '' ? '/' : pointer}]`;
}

export const anything: Rule = () => undefined;

export const bool: Rule = (value, at, report) => {
  if (typeof value !== 'boolean') report.add('must be a boolean', at);
};

export function string(limits: { min?: number; max?: number; oneOf?: string[]; pattern?: RegExp } = {}): Rule {
  const { min = 0, max = Number.POSITIVE_INFINITY, oneOf, pattern } = limits;
  return (value, at, report) => {
    if (typeof value !== 'string') return report.add('must be a string', at);
    if (value.length < min) return report.add(`must be more than ${min - 1} characters`, at);
    if (value.length > max) return report.add(`must be less than ${max + 1} characters`, at);
    if (oneOf && !oneOf.includes(value)) return report.add(`must be one of: ${oneOf.join(', ')}`, at);
    if (pattern && !pattern.test(value)) return report.add(`does not match ${pattern.source}`, at);
  };
}

export function integer(min: number, max: number): Rule {
  return (value, at, report) => {
    if (!Number.isInteger(value)) return report.add('must be an integer', at);
    if (Number(value) < min || Number(value) > max) report.add(`must be between ${min} and ${max}`, at);
  };
}

/** A number, or its text. */
export const numeric: Rule = (value, at, report) => {
  if (!/^-?\d+(\.\d+)?$/.test(spelled(value))) report.add('must be a number', at);
};

export function list(item: Rule, limits: { min?: number; max?: number } = {}): Rule {
  const { min = 0, max = Number.POSITIVE_INFINITY } = limits;
  return (value, at, report) => {
    if (!Array.isArray(value)) return report.add('must be an array', at);
    if (value.length < min) report.add(`no fewer than ${min} items allowed`, at);
    if (value.length > max) report.add(`no more than ${max} items allowed`, at);
    value.forEach((entry, index) => {
      item(entry, `${at}/${index}`, report);
    });
  };
}

export interface Fields {
  required?: { [name: string]: Rule };
  optional?: { [name: string]: Rule };
  /** Accepts properties that the tables do not know: for blocks whose documentation still changes. */
  open?: boolean;
}

/** An object with these properties, and no others unless `open`. */
export function object({ required = {}, optional = {}, open = false }: Fields): Rule {
  return (value, at, report) => {
    if (!isJson(value)) return report.add('must be an object', at);
    for (const name of Object.keys(required)) {
      if (value[name] === undefined || value[name] === null) report.add(`missing required field: ${name}`, at);
    }
    for (const [name, inner] of Object.entries(value)) {
      if (inner === undefined || inner === null) continue;
      const rule = Object.hasOwn(required, name)
        ? required[name]
        : Object.hasOwn(optional, name)
          ? optional[name]
          : undefined;
      if (rule) rule(inner, `${at}/${name}`, report);
      else if (!open) report.add(`invalid additional property: ${name}`, at);
    }
  };
}

export interface Kind extends Fields {
  surfaces?: Surface[];
  /** Rules between properties. */
  also?: Rule;
}

/** An object whose `type` names one of the kinds, allowed on the surface at hand. */
export function kinds(what: string, table: { [type: string]: Kind }, allowed?: string[]): Rule {
  return (value, at, report) => {
    if (!isJson(value)) return report.add(`${what} must be an object`, at);
    const type = asString(value.type);
    const kind = Object.hasOwn(table, type) ? table[type] : undefined;
    if (!kind) return report.add(`unsupported type: ${type || spelled(value.type)}`, `${at}/type`);
    if (allowed && !allowed.includes(type)) return report.add(`unsupported type: ${type}`, `${at}/type`);
    if (kind.surfaces && !kind.surfaces.includes(report.surface)) {
      return report.add(`unsupported type in a ${report.surface}: ${type}`, `${at}/type`);
    }
    object({ ...kind, required: { type: anything, ...kind.required } })(value, at, report);
    kind.also?.(value, at, report);
  };
}

/** Runs rules one after the other. */
export function all(...rules: Rule[]): Rule {
  return (value, at, report) => {
    for (const rule of rules) rule(value, at, report);
  };
}
