import type { SubscriptionScope } from '../../core/model/subscription.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { channelLink, person as mention, named } from './mrkdwn.ts';

/** The tasks of a subscription, in words that begin a sentence; mrkdwn. */
export function scopeText(scope: SubscriptionScope, t: Catalogue): string {
  const { scopes } = t.subscriptions;
  switch (scope.kind) {
    case 'all':
      return scopes.all;
    case 'mine':
      return scopes.mine(mention(scope.person));
    case 'line':
      return scopes.line(named(scope.name));
    case 'name':
      return scopes.name(named(scope.text));
  }
}

/** One task by its name, or the tasks of a subscription. */
export function watchedText(watched: string | SubscriptionScope, t: Catalogue): string {
  return typeof watched === 'string' ? named(watched) : scopeText(watched, t);
}

/** A channel as a link, or the direct messages of the reader. */
export function placeText(place: string, reader: string, t: Catalogue): string {
  return place === reader ? t.subscriptions.ownMessages : channelLink(place, t);
}
