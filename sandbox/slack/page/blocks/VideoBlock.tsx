import { asString, plainText } from '../../json.ts';
import type { Json } from '../../protocol.ts';
import { safeUrl } from '../mrkdwn/safe-url.ts';
import { useDirectory } from '../state/context.ts';
import { BlockImage } from './BlockImage.tsx';
import { PlainText } from './PlainText.tsx';

/** A `video`: its title, who made it, and a link. Nothing is loaded from where it is stored. */
export function VideoBlock({ block }: { block: Json }) {
  const { words } = useDirectory();
  const title = safeUrl(asString(block.title_url));
  const video = safeUrl(asString(block.video_url));
  const from = [asString(block.author_name), asString(block.provider_name)].filter((name) => name !== '').join(' · ');
  return (
    <div className="card-like">
      {from !== '' && <p className="context">{from}</p>}
      <p className="card-title">
        {title ? (
          <a href={title} target="_blank" rel="noopener noreferrer">
            <PlainText value={block.title} />
          </a>
        ) : (
          <PlainText value={block.title} />
        )}
      </p>
      {plainText(block.description) !== '' && <PlainText value={block.description} />}
      <BlockImage image={{ image_url: block.thumbnail_url, alt_text: block.alt_text }} />
      {video && (
        <p>
          <a href={video} target="_blank" rel="noopener noreferrer">
            {words.watchVideo}
          </a>
        </p>
      )}
    </div>
  );
}
