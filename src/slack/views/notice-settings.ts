import type { InputBlock, ModalView, PlainTextOption } from '@slack/types';
import { type ChannelSettings, cardStyles, noticeGroups } from '../../core/model/channel-settings.ts';
import { alertWays, type PersonSettings } from '../../core/model/person-settings.ts';
import { isMuted } from '../../core/subscriptions/audience.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { callbackIds, inputIds } from '../ids.ts';
import { fitMessage, fitView, type MessageBody } from './limits.ts';
import { date } from './mrkdwn.ts';
import { context, option, plain, section } from './parts.ts';
import { placeText } from './scope.ts';

/** What the form offers as a time to be muted for, ms. */
export const muteTimes = [30, 60, 2 * 60, 4 * 60, 8 * 60, 24 * 60].map((minutes) => minutes * 60_000);
/** The entries of the mute menu that are no time. */
export const muteEntries = { off: 'off', keep: 'keep' } as const;

export interface SettingsForm {
  channel: ChannelSettings;
  own: PersonSettings;
  /** Who sees it. */
  person: string;
  /** Epoch ms. */
  now: number;
  privateMetadata: string;
}

/** How a place wants to be notified, and how the person who asks wants to hear of their own tasks. */
export function settingsView({ channel, own, person, now, privateMetadata }: SettingsForm, t: Catalogue): ModalView {
  const { settings } = t.subscriptions;
  const muted = isMuted(channel, now);
  return fitView({
    type: 'modal',
    callback_id: callbackIds.saveSettings,
    title: plain(t.titles.notices),
    submit: plain(t.buttons.save),
    close: plain(t.buttons.cancel),
    private_metadata: privateMetadata,
    blocks: [
      context(aboutText(channel, { person, muted }, t)),
      kindsInput(channel, t),
      radio(inputIds.noticeThreads, settings.threads, {
        options: [option('thread', settings.inThread), option('channel', settings.inChannel)],
        selected: channel.threads ? 'thread' : 'channel',
      }),
      radio(inputIds.noticeStyle, settings.style, {
        options: cardStyles.map((style) => option(style, settings[style])),
        selected: channel.style,
      }),
      muteInput(muted, t),
      {
        ...radio(inputIds.ownAlerts, settings.own, {
          options: alertWays.map((way) => option(way, settings[way])),
          selected: own.alertsBy,
        }),
        hint: plain(settings.ownHint),
      },
    ],
  });
}

function aboutText(
  { channel, mutedUntil }: ChannelSettings,
  { person, muted }: { person: string; muted: boolean },
  t: Catalogue,
): string {
  const about = t.subscriptions.settings.about(placeText(channel, person, t));
  if (!muted || mutedUntil === null) return about;
  return t.units.sentences([about, t.subscriptions.mutedUntil(date(mutedUntil, t.dates.moment))]);
}

function kindsInput({ kinds }: ChannelSettings, t: Catalogue): InputBlock {
  const { groups, groupHints, kinds: label } = t.subscriptions.settings;
  const options = noticeGroups.map((group) => option(group, groups[group], groupHints[group]));
  const chosen = options.filter((_, i) => noticeGroups.some((group, at) => at === i && kinds.includes(group)));
  return {
    type: 'input',
    block_id: inputIds.noticeKinds,
    label: plain(label),
    // Nothing at all is a choice too.
    optional: true,
    element: {
      type: 'checkboxes',
      action_id: inputIds.noticeKinds,
      options,
      ...(chosen.length > 0 && { initial_options: chosen }),
    },
  };
}

function muteInput(muted: boolean, t: Catalogue): InputBlock {
  const { settings } = t.subscriptions;
  const options = [
    ...(muted ? [option(muteEntries.keep, settings.keepMuted)] : []),
    option(muteEntries.off, settings.notMuted),
    ...muteTimes.map((ms) => option(String(ms), settings.muteFor(t.units.duration(ms)))),
  ];
  const [initial] = options;
  return {
    type: 'input',
    block_id: inputIds.noticeMute,
    label: plain(settings.mute),
    element: {
      type: 'static_select',
      action_id: inputIds.noticeMute,
      options,
      ...(initial && { initial_option: initial }),
    },
  };
}

function radio(
  id: string,
  label: string,
  { options, selected }: { options: PlainTextOption[]; selected: string },
): InputBlock {
  const initial = options.find(({ value }) => value === selected);
  return {
    type: 'input',
    block_id: id,
    label: plain(label),
    element: { type: 'radio_buttons', action_id: id, options, ...(initial && { initial_option: initial }) },
  };
}

export interface SavedSettings {
  channel: ChannelSettings;
  own: PersonSettings;
  person: string;
  now: number;
}

/** The settings as they are now, in words. */
export function settingsSavedMessage({ channel, own, person, now }: SavedSettings, t: Catalogue): MessageBody {
  const text = t.subscriptions.settings.saved(placeText(channel.channel, person, t));
  return fitMessage({
    text,
    blocks: [section(text), context(settingsText(channel, now, t)), context(t.subscriptions.alertsReach[own.alertsBy])],
  });
}

/** What a place is sent, in one line; mrkdwn. */
export function settingsText(
  { kinds, threads, style, mutedUntil }: ChannelSettings,
  now: number,
  t: Catalogue,
): string {
  const { subscriptions } = t;
  const groups = noticeGroups
    .filter((group) => kinds.includes(group))
    .map((group) => subscriptions.settings.groups[group]);
  return [
    groups.length === 0 ? subscriptions.postsNothing : subscriptions.posts(groups),
    threads && kinds.includes('changes') && style === 'cards' ? subscriptions.inThreads : null,
    style === 'board' ? subscriptions.settings.board : null,
    isMuted({ mutedUntil }, now) && mutedUntil !== null
      ? subscriptions.mutedUntil(date(mutedUntil, t.dates.moment))
      : null,
  ]
    .filter((part) => part !== null)
    .join(t.units.separator);
}
