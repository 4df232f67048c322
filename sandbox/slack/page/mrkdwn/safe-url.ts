/** The URL if following it cannot harm the page (web, mail, phone, or this server), else null. */
export function safeUrl(url: string): string | null {
  if (url.startsWith('/') && !url.startsWith('//')) return url;
  return /^(https?|mailto|tel|slack):/i.test(url.trim()) ? url.trim() : null;
}

/** Whether this URL is on the page's own server: nothing else is ever loaded. */
export function isLocalUrl(url: string): boolean {
  if (/^(data:image\/|blob:)/.test(url)) return true;
  try {
    return new URL(url, window.location.href).origin === window.location.origin;
  } catch {
    return false;
  }
}
