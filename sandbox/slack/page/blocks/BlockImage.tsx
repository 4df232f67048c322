import { asJson, asString } from '../../json.ts';
import type { Json } from '../../protocol.ts';
import { PictureIcon } from '../components/icons.tsx';
import { isLocalUrl, safeUrl } from '../mrkdwn/safe-url.ts';
import { useDirectory } from '../state/context.ts';
import { PlainText } from './PlainText.tsx';

/** An image block, an image element, or an accessory. Images on other servers are named and linked, never loaded. */
export function BlockImage({ image, small = false }: { image: Json; small?: boolean }) {
  const { words } = useDirectory();
  const file = asJson(image.slack_file);
  const url = asString(image.image_url) || asString(file.url);
  const alt = asString(image.alt_text);
  const picture = isLocalUrl(url) ? (
    <img className={small ? 'image-small' : 'image'} src={url} alt={alt} />
  ) : (
    <Outside url={url} alt={alt} small={small} title={words.imageOutside} />
  );
  if (small) return picture;
  return (
    <figure className="image-block">
      {image.title !== undefined && (
        <figcaption>
          <PlainText value={image.title} />
        </figcaption>
      )}
      {picture}
    </figure>
  );
}

function Outside({ url, alt, small, title }: { url: string; alt: string; small: boolean; title: string }) {
  const address = safeUrl(url);
  if (small) {
    return (
      <span className="image-outside-small" role="img" aria-label={alt} title={`${alt}\n${title}`}>
        <PictureIcon />
      </span>
    );
  }
  return (
    <span className="image-outside" title={title}>
      <PictureIcon />
      {address ? (
        <a href={address} target="_blank" rel="noopener noreferrer">
          {alt || address}
        </a>
      ) : (
        alt
      )}
    </span>
  );
}
