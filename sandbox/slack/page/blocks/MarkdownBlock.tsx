import { Each } from '../mrkdwn/Each.tsx';
import { InlineNodes } from '../mrkdwn/InlineNodes.tsx';
import { parseMarkdown } from '../mrkdwn/markdown.ts';
import { ParagraphView } from '../mrkdwn/ParagraphView.tsx';
import { parseInline } from '../mrkdwn/parse.ts';

export function MarkdownBlock({ text }: { text: string }) {
  return (
    <div className="mrkdwn">
      <Each
        items={parseMarkdown(text)}
        draw={(part) =>
          part.kind === 'heading' ? (
            <p className="markdown-heading">
              <InlineNodes nodes={parseInline(part.text)} />
            </p>
          ) : (
            <ParagraphView paragraph={part} />
          )
        }
      />
    </div>
  );
}
