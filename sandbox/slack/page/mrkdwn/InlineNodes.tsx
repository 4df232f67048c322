import type { ReactNode } from 'react';
import { useDirectory } from '../state/context.ts';
import { formatDate } from './dates.ts';
import { Each } from './Each.tsx';
import { glyphOf } from './emoji.ts';
import type { Inline } from './parse.ts';
import { safeUrl } from './safe-url.ts';

export function InlineNodes({ nodes }: { nodes: Inline[] }): ReactNode {
  return <Each items={nodes} draw={(node) => <InlineNode node={node} />} />;
}

function InlineNode({ node }: { node: Inline }): ReactNode {
  switch (node.kind) {
    case 'text':
      return node.text;
    case 'break':
      return <br />;
    case 'bold':
      return (
        <strong>
          <InlineNodes nodes={node.children} />
        </strong>
      );
    case 'italic':
      return (
        <em>
          <InlineNodes nodes={node.children} />
        </em>
      );
    case 'strike':
      return (
        <s>
          <InlineNodes nodes={node.children} />
        </s>
      );
    case 'code':
      return <code>{node.text}</code>;
    case 'emoji':
      return <Emoji name={node.name} />;
    case 'link':
      return <Link url={node.url}>{node.label}</Link>;
    case 'user':
      return <UserMention id={node.id} label={node.label} />;
    case 'channel':
      return <ChannelMention id={node.id} label={node.label} />;
    case 'group':
      return <span className="mention">{node.label || `@${node.id}`}</span>;
    case 'broadcast':
      return <span className="mention mention-me">@{node.range}</span>;
    case 'date':
      return <DateText epoch={node.epoch} format={node.format} url={node.url} fallback={node.fallback} />;
  }
}

function Emoji({ name }: { name: string }) {
  const glyph = glyphOf(name);
  return glyph ? (
    <span className="emoji" role="img" aria-label={name.replaceAll('_', ' ')} title={`:${name}:`}>
      {glyph}
    </span>
  ) : (
    `:${name}:`
  );
}

function Link({ url, children }: { url: string; children: ReactNode }) {
  const safe = safeUrl(url);
  if (!safe) return <span>{children}</span>;
  return (
    <a href={safe} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  );
}

function UserMention({ id, label }: { id: string; label: string }) {
  const { people, me } = useDirectory();
  const person = people.find((candidate) => candidate.id === id);
  return <span className={id === me.id ? 'mention mention-me' : 'mention'}>@{person?.realName || label || id}</span>;
}

function ChannelMention({ id, label }: { id: string; label: string }) {
  const { channels, openChannel } = useDirectory();
  const channel = channels.find((candidate) => candidate.id === id);
  if (!channel) return <span className="mention">#{label || id}</span>;
  return (
    <button type="button" className="mention mention-link" onClick={() => openChannel(id)}>
      #{channel.name}
    </button>
  );
}

function DateText(props: { epoch: number; format: string; url: string; fallback: string }) {
  const { viewer } = useDirectory();
  let text: string;
  try {
    text = formatDate(props.epoch, props.format, viewer());
  } catch {
    // A time outside what the calendar can show.
    text = props.fallback;
  }
  const time = <time title={props.fallback}>{text}</time>;
  return props.url ? <Link url={props.url}>{time}</Link> : time;
}
