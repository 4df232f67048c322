import type { ReactNode } from 'react';
import { asJson, asString, plainText } from '../../json.ts';
import { InlineNodes } from '../mrkdwn/InlineNodes.tsx';
import { Mrkdwn } from '../mrkdwn/Mrkdwn.tsx';
import type { Inline } from '../mrkdwn/parse.ts';

/** A `plain_text` object: only `:emoji:` codes are interpreted, and only if it asks for that. */
export function PlainText({ value }: { value: unknown }): ReactNode {
  const text = plainText(value);
  if (asJson(value).emoji === false) return text;
  const nodes: Inline[] = [];
  for (const piece of text.split(/(:[a-z0-9_+'-]*[a-z+-][a-z0-9_+'-]*:)/i)) {
    if (/^:[^:\s]+:$/.test(piece)) nodes.push({ kind: 'emoji', name: piece.slice(1, -1) });
    else if (piece !== '') nodes.push({ kind: 'text', text: piece });
  }
  return <InlineNodes nodes={nodes} />;
}

/** A text object of either kind. */
export function TextObject({ value }: { value: unknown }): ReactNode {
  return asJson(value).type === 'mrkdwn' ? <Mrkdwn text={asString(asJson(value).text)} /> : <PlainText value={value} />;
}
