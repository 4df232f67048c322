import { memo } from 'react';
import { Each } from './Each.tsx';
import { ParagraphView } from './ParagraphView.tsx';
import { parseMrkdwn } from './parse.ts';

/** mrkdwn text as an app or a person wrote it. */
export const Mrkdwn = memo(function Mrkdwn({ text }: { text: string }) {
  return (
    <div className="mrkdwn">
      <Each items={parseMrkdwn(text)} draw={(paragraph) => <ParagraphView paragraph={paragraph} />} />
    </div>
  );
});
