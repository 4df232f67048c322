import { InlineNodes } from './InlineNodes.tsx';
import type { Paragraph } from './parse.ts';

export function ParagraphView({ paragraph }: { paragraph: Paragraph }) {
  if (paragraph.kind === 'pre') return <pre>{paragraph.text}</pre>;
  const children = <InlineNodes nodes={paragraph.children} />;
  return paragraph.kind === 'quote' ? <blockquote>{children}</blockquote> : <p>{children}</p>;
}
