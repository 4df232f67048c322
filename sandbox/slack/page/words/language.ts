import type { Person } from '../../protocol.ts';
import { type Language, languageOf } from '../../words.ts';
import type { Preferences } from '../state/model.ts';
import { en, type Words } from './en.ts';
import { zh } from './zh.ts';

/** The page's language for a person: the one preferred on this browser, else that of the person's locale. */
export function languageFor(preference: Preferences['language'], person: Person | undefined): 'en' | 'zh' {
  if (preference !== 'auto') return preference;
  const locale = person?.locale || (typeof navigator === 'undefined' ? 'en' : navigator.language);
  return languageOf(locale);
}

export function wordsOf(language: Language): Words {
  return language === 'zh' ? zh : en;
}

/** A person's title, in the page's language if it is one of the seeded titles. */
export function titleIn({ titles }: Words, title: string): string {
  return Object.hasOwn(titles, title) ? titles[title as keyof Words['titles']] : title;
}

/** The locale for dates and numbers: the person's own if it is in the page's language. */
export function localeFor(language: 'en' | 'zh', person: Person | undefined): string {
  const own = person?.locale ?? '';
  if (own.toLowerCase().startsWith(language)) return own.replace('_', '-');
  return language === 'zh' ? 'zh-CN' : 'en-US';
}
