import type { AppError } from '../core/errors.ts';
import { isChoice } from '../core/model/fields.ts';
import type { FieldIssue } from '../core/tasks/checked.ts';
import { maskPhonesIn } from '../core/text/phone-mask.ts';
import { cleaned, oneLine } from '../core/text/printable.ts';
import type { Catalogue } from './en.ts';
import { escapeMarkup, inertMarkup } from './escape.ts';

/** The longest quotation of another system's words, in characters; longer ones are cut, never dropped. */
const quotedLength = 400;

/**
 * One or two sentences for an error: what happened and how to fix it. The platform's own words are quoted verbatim,
 * but masked and escaped: the result is ready for markup and must not be escaped again.
 */
export function errorSentence(t: Catalogue, error: AppError): string {
  const { details } = error;
  return t.errors[error.code]({
    words: error.code === 'chat_failed' ? slackWords(error) : platformWords(t, error),
    status: details.status ?? null,
    waitMs: details.retryAfterMs ?? null,
    maybeSent: details.maybeSent ?? false,
    fileKind: details.fileKind ?? null,
    fileTrouble: details.fileTrouble ?? null,
    limit: details.limit ?? null,
    connection: details.connection ?? null,
    hours: details.hours ?? null,
  });
}

/** What is wrong with one field and how to fix it. Contains no text from the platform. */
export function issueSentence(t: Catalogue, issue: FieldIssue): string {
  const label = t.fields[issue.field].label;
  switch (issue.code) {
    case 'required':
      return isChoice(issue.field) ? t.issues.requiredChoice(label) : t.issues.requiredText(label);
    case 'too_long':
      return t.issues.tooLong(issue.max);
    case 'not_a_whole_number':
      return t.issues.notAWholeNumber;
    case 'out_of_range':
      return t.issues.outOfRange(issue.min, issue.max);
    case 'over_line':
      return t.issues.overLine(issue.max);
    case 'not_available':
      return t.issues.notAvailable(label);
  }
}

function slackWords(error: AppError): string | null {
  const { chatError: code, neededScope: scope } = error.details;
  if (code === undefined) return null;
  const named = scope === undefined ? code : `${code}: ${scope}`;
  return `\`${escapeMarkup(named).replaceAll('`', '')}\``;
}

/** The platform's sentence, followed by its refusals of single fields, if any. */
function platformWords(t: Catalogue, error: AppError): string | null {
  const { platformMessage, fields } = error.details;
  const said = [platformMessage, ...Object.values(fields ?? {}).flat()].map((text) => text?.trim() ?? '');
  const distinct = [...new Set(said.filter((text) => text !== ''))];
  if (distinct.length === 0) return null;
  const whole = oneLine(cleaned(distinct.join(' ')));
  const cut = [...whole].length > quotedLength ? `${[...whole].slice(0, quotedLength).join('')}…` : whole;
  return t.units.quote(inertMarkup(maskPhonesIn(cut)));
}
