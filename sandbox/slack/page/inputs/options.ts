import { useEffect, useRef, useState } from 'react';
import { valueKey } from '../../form.ts';
import { asJson, asObjects, asString, num, plainText, strings } from '../../json.ts';
import type { Json } from '../../protocol.ts';
import { useDirectory } from '../state/context.ts';
import { selectKind } from '../state/elements.ts';
import { titleIn } from '../words/language.ts';
import { useForm } from './form.ts';

export interface Option {
  key: string;
  label: string;
  description: string;
  /** Its value in the state: the option object, or the id of a person or conversation. */
  value: Json | string;
}

interface OptionGroup {
  label: string;
  options: Option[];
}

export interface Offer {
  groups: OptionGroup[];
  status: 'ready' | 'loading' | 'failed' | { typeMore: number };
}

/** Time without a keystroke before the app is asked for options. */
const typingPauseMs = 250;

function optionOf(raw: Json): Option {
  return { key: asString(raw.value), label: plainText(raw.text), description: plainText(raw.description), value: raw };
}

function groupsOf(source: Json): OptionGroup[] {
  const groups = asObjects(source.option_groups);
  if (groups.length > 0) {
    return groups.map((group) => ({ label: plainText(group.label), options: asObjects(group.options).map(optionOf) }));
  }
  return [{ label: '', options: asObjects(source.options).map(optionOf) }];
}

function matching(groups: OptionGroup[], query: string): OptionGroup[] {
  const wanted = query.trim().toLowerCase();
  if (wanted === '') return groups.filter((group) => group.options.length > 0);
  return groups
    .map((group) => ({
      ...group,
      options: group.options.filter((option) => option.label.toLowerCase().includes(wanted)),
    }))
    .filter((group) => group.options.length > 0);
}

/** People and conversations as options, by the kind of select. */
function useDirectoryOptions(element: Json): OptionGroup[] {
  const { people, channels, me, words } = useDirectory();
  const source = selectKind(asString(element.type))?.source;
  if (source === 'users') {
    const options = people.map((person) => ({
      key: person.id,
      label: person.realName || person.name,
      description: titleIn(words, person.title),
      value: person.id,
    }));
    return [{ label: '', options }];
  }
  if (source !== 'channels' && source !== 'conversations') return [];
  const include = strings(asJson(element.filter).include);
  const wanted = (kind: string): boolean => {
    if (source === 'channels') return kind === 'public';
    return include.length === 0 || include.includes(kind === 'dm' ? 'im' : kind);
  };
  const nameOf = (id: string): string => {
    const person = people.find((candidate) => candidate.id === id);
    return person?.realName || person?.name || id;
  };
  const options = channels
    .filter((channel) => wanted(channel.kind) && !channel.isArchived)
    .filter((channel) => !(channel.kind === 'dm' && channel.name === me.id))
    .map((channel) => ({
      key: channel.id,
      label: channel.kind === 'dm' ? nameOf(channel.name) : `#${channel.name}`,
      description: '',
      value: channel.id,
    }));
  return [{ label: '', options }];
}

/** What a select offers for a query. An external select requests its options from the app while the list is open. */
export function useOffer(
  { element, blockId, actionId }: { element: Json; blockId: string; actionId: string },
  query: string,
  open: boolean,
): Offer {
  const form = useForm();
  const local = useDirectoryOptions(element);
  const source = selectKind(asString(element.type))?.source;
  const external = source === 'external';
  const least = num(element.min_query_length) ?? 3;
  const [answer, setAnswer] = useState<{ query: string; groups: OptionGroup[] | null } | null>(null);
  const suggest = useRef(form.suggest);
  suggest.current = form.suggest;
  const short = external && query.length < least;

  useEffect(() => {
    if (!external || !open || short) return;
    let stale = false;
    const ask = async (): Promise<void> => {
      const body = await suggest.current(blockId, actionId, query);
      if (!stale) setAnswer({ query, groups: body && groupsOf(body) });
    };
    const timer = setTimeout(() => void ask(), query === '' ? 0 : typingPauseMs);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [external, open, short, query, blockId, actionId]);

  if (!external) return { groups: matching(source === 'static' ? groupsOf(element) : local, query), status: 'ready' };
  if (short) return { groups: [], status: { typeMore: least } };
  if (answer?.query !== query) return { groups: [], status: 'loading' };
  return answer.groups
    ? { groups: answer.groups.filter((group) => group.options.length > 0), status: 'ready' }
    : { groups: [], status: 'failed' };
}

/** The chosen options of a select's state, with their labels. */
export function useChosen(element: Json, state: Json): Option[] {
  const { people, channels } = useDirectory();
  const kind = selectKind(asString(element.type));
  if (!kind) return [];
  const held = state[valueKey(element.type) ?? ''];
  if (kind.source === 'static' || kind.source === 'external') {
    return (kind.multi ? asObjects(held) : held ? [asJson(held)] : []).map(optionOf);
  }
  return (kind.multi ? strings(held) : strings([held])).map((id) => {
    const channel = channels.find((candidate) => candidate.id === id);
    const person = people.find((candidate) => candidate.id === (channel?.kind === 'dm' ? channel.name : id));
    const label = person ? person.realName || person.name : channel ? `#${channel.name}` : id;
    return { key: id, label, description: '', value: id };
  });
}
