import { asJson, asObjects, plainText } from '../../json.ts';
import type { Json } from '../../protocol.ts';
import { Element } from '../inputs/Element.tsx';
import { actionIdOf } from '../state/elements.ts';
import { BlockImage } from './BlockImage.tsx';
import { TextObject } from './PlainText.tsx';

/** A `card`: picture, title, text and buttons. */
export function CardBlock({ block, blockId, id }: { block: Json; blockId: string; id: string }) {
  const actions = asObjects(block.actions);
  return (
    <div className="card-like">
      {block.hero_image !== undefined && <BlockImage image={asJson(block.hero_image)} />}
      <div className="card-head">
        {block.icon !== undefined && <BlockImage image={asJson(block.icon)} small />}
        <div>
          <div className="card-title">
            <TextObject value={block.title} />
          </div>
          {plainText(block.subtitle) !== '' && (
            <div className="context">
              <TextObject value={block.subtitle} />
            </div>
          )}
        </div>
      </div>
      {plainText(block.body) !== '' && <TextObject value={block.body} />}
      {plainText(block.subtext) !== '' && (
        <div className="context">
          <TextObject value={block.subtext} />
        </div>
      )}
      {actions.length > 0 && (
        <div className="actions">
          {actions.map((element, index) => (
            <Element
              key={actionIdOf(element, index)}
              element={element}
              blockId={blockId}
              actionId={actionIdOf(element, index)}
              id={`${id}-${index}`}
            />
          ))}
        </div>
      )}
    </div>
  );
}
