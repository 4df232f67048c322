import { asObjects, asString } from '../../json.ts';
import type { Json } from '../../protocol.ts';
import { PlainText } from '../blocks/PlainText.tsx';
import { DotsIcon } from '../components/icons.tsx';
import { Menu } from '../components/Menu.tsx';
import { safeUrl } from '../mrkdwn/safe-url.ts';
import { useDirectory } from '../state/context.ts';
import { useForm } from './form.ts';

export function OverflowMenu({ element, blockId, actionId }: { element: Json; blockId: string; actionId: string }) {
  const form = useForm();
  const { words } = useDirectory();
  const choose = async (option: Json): Promise<void> => {
    const agreed = await form.operate(blockId, actionId, element, { type: 'overflow', selected_option: option });
    const url = safeUrl(asString(option.url));
    if (agreed && url) window.open(url, '_blank', 'noopener');
  };
  return (
    <Menu
      label={asString(element.accessibility_label) || words.overflow}
      trigger={<DotsIcon />}
      triggerClass="button button-square"
      items={asObjects(element.options).map((option, index) => ({
        key: `${index}:${asString(option.value)}`,
        text: <PlainText value={option.text} />,
        hint: option.description === undefined ? null : <PlainText value={option.description} />,
        run: () => void choose(option),
      }))}
    />
  );
}
