import { type Catalogue, en } from './en.ts';
import { zhCN } from './zh-CN.ts';

const locales = ['en', 'zh-CN'] as const;
export type Locale = (typeof locales)[number];

const catalogues: Record<Locale, Catalogue> = { en, 'zh-CN': zhCN };

export function catalogueOf(locale: Locale): Catalogue {
  return catalogues[locale];
}

/**
 * The language for a person, from the locale the chat platform reports (`en-US`, `zh-CN`, `zh_TW`, …). Readers of
 * any kind of Chinese get Simplified Chinese, which they read more easily than English; other languages get `fallback`.
 */
export function localeOf(slackLocale: string | undefined, fallback: Locale): Locale {
  const language = slackLocale?.trim().toLowerCase().split(/[-_]/)[0];
  if (language === 'zh') return 'zh-CN';
  if (language === 'en') return 'en';
  return fallback;
}
