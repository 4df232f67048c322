import type { Person } from '../../protocol.ts';

/** The square with a person's initials. Decorative: the name is next to it. */
export function Avatar({ person, size }: { person: Person | undefined; size: number }) {
  const name = person?.realName || person?.name || '';
  const style = {
    width: size,
    height: size,
    fontSize: Math.round(size * 0.4),
    background: person?.color || '#5b6673',
  };
  return (
    // The initials come from the style sheet: as text they would count as part of a control's visible name.
    <span
      className="avatar"
      style={style}
      aria-hidden="true"
      data-initials={person?.isBot ? undefined : initials(name)}
    >
      {person?.isBot && <BotMark size={Math.round(size * 0.6)} />}
    </span>
  );
}

function initials(name: string): string {
  if (/^\p{Script=Han}/u.test(name)) return name.slice(-2);
  const [first = '', second = ''] = name.split(/\s+/);
  return ((first[0] ?? '?') + (second[0] ?? '')).toUpperCase();
}

function BotMark({ size }: { size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 20 20" fill="currentColor" aria-hidden="true" focusable="false">
      <path d="M6.6 2.5c.5 0 .9.3 1.1.8l.9 2.5c.1.5 0 1-.4 1.3L7 8.2a9 9 0 0 0 4.8 4.8l1.1-1.2c.3-.4.8-.5 1.3-.4l2.5.9c.5.2.8.6.8 1.1v2.4c0 .9-.8 1.7-1.7 1.7C8.7 17.5 2.500 11.300 2.500 4.200c0-.9.8-1.700 1.700-1.700z" />
    </svg>
  );
}
