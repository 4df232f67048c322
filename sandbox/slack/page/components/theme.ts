import { useEffect } from 'react';
import type { Preferences } from '../state/model.ts';

/** Puts `data-theme` on the document: as preferred, else as the system says, also when it changes its mind. */
export function useTheme(preference: Preferences['theme']): void {
  useEffect(() => {
    const dark = window.matchMedia('(prefers-color-scheme: dark)');
    const apply = (): void => {
      document.documentElement.dataset.theme = preference === 'auto' ? (dark.matches ? 'dark' : 'light') : preference;
    };
    apply();
    dark.addEventListener('change', apply);
    return () => dark.removeEventListener('change', apply);
  }, [preference]);
}
