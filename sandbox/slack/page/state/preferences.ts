import type { Place, Preferences } from './model.ts';

const key = 'workspace-page';
const defaults: Preferences = { language: 'auto', theme: 'auto', tourDone: false };

/** What this browser remembers. Storage that is full, blocked or garbled counts as empty. */
export function loadPreferences(): Preferences {
  try {
    const stored = JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<Preferences>;
    return {
      language: stored.language === 'en' || stored.language === 'zh' ? stored.language : defaults.language,
      theme: stored.theme === 'light' || stored.theme === 'dark' ? stored.theme : defaults.theme,
      tourDone: stored.tourDone === true,
    };
  } catch {
    return defaults;
  }
}

export function savePreferences(preferences: Preferences): void {
  try {
    localStorage.setItem(key, JSON.stringify(preferences));
  } catch {
    // Without storage they last as long as the page.
  }
}

/** `?as=U…&channel=C…` (or `channel=home`) opens the page as that person at that place. */
export function startFromAddress(search: string): { as: string; place: Place | null } {
  const query = new URLSearchParams(search);
  const channel = query.get('channel');
  const place: Place | null = channel === 'home' ? { kind: 'home' } : channel ? { kind: 'channel', id: channel } : null;
  return { as: query.get('as') ?? '', place };
}
