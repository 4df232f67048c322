import { type ReactNode, useEffect, useRef } from 'react';
import { asString, plainText, strings } from '../../json.ts';
import type { ElementState, Json } from '../../protocol.ts';
import { BlockImage } from '../blocks/BlockImage.tsx';
import { useDirectory } from '../state/context.ts';
import { selectKind } from '../state/elements.ts';
import type { Words } from '../words/en.ts';
import { ActionButton } from './ActionButton.tsx';
import { CheckList } from './CheckList.tsx';
import { DateTimeInput } from './DateTimeInput.tsx';
import type { ElementProps } from './element-props.ts';
import { FeedbackButtons, IconButton } from './Feedback.tsx';
import { FileInput } from './FileInput.tsx';
import { useForm } from './form.ts';
import { OverflowMenu } from './OverflowMenu.tsx';
import { Picker } from './Picker.tsx';
import { RichTextInput } from './RichTextInput.tsx';
import { TextInput } from './TextInput.tsx';

/** A name for assistive technology where the app gave none. */
function fallbackName(type: string, texts: Words): string {
  if (type === 'datepicker' || type === 'datetimepicker') return texts.date;
  if (type === 'timepicker') return texts.time;
  return type === 'checkboxes' ? texts.chooseMany : texts.choose;
}

interface Props {
  element: Json;
  blockId: string;
  actionId: string;
  id: string;
  /** Set when the element is in an input block. */
  input?: { dispatches: boolean; optional: boolean };
  describedBy?: string | undefined;
  invalid?: boolean;
}

/** How long a person pauses typing before `on_character_entered` is sent. */
const typingPauseMs = 300;

/** One Block Kit element: renders it, keeps its state in the form, and notifies the app when it has to. */
export function Element({ element, blockId, actionId, id, input, describedBy, invalid = false }: Props) {
  const form = useForm();
  const { words: texts } = useDirectory();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  /** What the app knows, while the person is still choosing. */
  const reported = useRef<ElementState>(undefined);
  const latest = useRef(form);
  latest.current = form;
  useEffect(() => () => clearTimeout(timer.current), []);

  const type = asString(element.type);
  const dispatches = input ? input.dispatches : true;
  const triggers = strings((element.dispatch_action_config as Json | undefined)?.trigger_actions_on);
  const held = form.values[blockId]?.[actionId];
  const onChange = (state: ElementState, done = true): void => {
    clearTimeout(timer.current);
    if (!dispatches) {
      form.change(blockId, actionId, state);
    } else if (done) {
      const before = reported.current;
      reported.current = undefined;
      void form.operate(blockId, actionId, element, state).then((agreed) => {
        if (!agreed && before) latest.current.change(blockId, actionId, before);
      });
    } else {
      reported.current ??= held;
      form.change(blockId, actionId, state);
      if (!triggers.includes('on_character_entered')) return;
      timer.current = setTimeout(() => void latest.current.operate(blockId, actionId, element, state), typingPauseMs);
    }
  };
  const wrap = (child: ReactNode): ReactNode => (
    <div className={`element element-${type}`} data-action-id={actionId}>
      {child}
    </div>
  );

  switch (type) {
    case 'button':
    case 'workflow_button':
      return wrap(<ActionButton element={element} blockId={blockId} actionId={actionId} />);
    case 'overflow':
      return wrap(<OverflowMenu element={element} blockId={blockId} actionId={actionId} />);
    case 'feedback_buttons':
      return wrap(<FeedbackButtons element={element} blockId={blockId} actionId={actionId} />);
    case 'icon_button':
      return wrap(<IconButton element={element} blockId={blockId} actionId={actionId} />);
    case 'image':
      return <BlockImage image={element} small />;
    default:
      break;
  }
  if (!held) return null;
  const props: ElementProps = {
    element,
    blockId,
    actionId,
    state: held,
    onChange,
    id,
    label:
      asString(element.accessibility_label) ||
      (input ? '' : plainText(element.placeholder) || fallbackName(type, texts)),
    describedBy,
    invalid,
    required: input !== undefined && !input.optional,
  };
  if (selectKind(type)) return wrap(<Picker {...props} />);
  switch (type) {
    case 'plain_text_input':
    case 'number_input':
    case 'email_text_input':
    case 'url_text_input':
      return wrap(<TextInput {...props} />);
    case 'datepicker':
    case 'timepicker':
    case 'datetimepicker':
      return wrap(<DateTimeInput {...props} />);
    case 'checkboxes':
    case 'radio_buttons':
      return wrap(<CheckList {...props} />);
    case 'file_input':
      return wrap(<FileInput {...props} />);
    case 'rich_text_input':
      return wrap(<RichTextInput {...props} />);
    default:
      return null;
  }
}
