import type { SubscriptionScope } from '../../core/model/subscription.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { named, person } from './mrkdwn.ts';

/** The tasks of a subscription, in words that begin a sentence; mrkdwn. */
function scopeText(scope: SubscriptionScope, t: Catalogue): string {
  switch (scope.kind) {
    case 'all':
      return t.subscriptions.scopes.all;
    case 'mine':
      return t.subscriptions.scopes.mine(person(scope.person));
    case 'line':
      return t.subscriptions.scopes.line(named(scope.name));
    case 'name':
      return t.subscriptions.scopes.name(named(scope.text));
  }
}

/** One task by its name, or the tasks of a subscription. */
export function watchedText(watched: string | SubscriptionScope, t: Catalogue): string {
  return typeof watched === 'string' ? named(watched) : scopeText(watched, t);
}
