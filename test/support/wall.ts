/** `Mon`, `09`, `30`: what a clock on the wall of a zone shows at an instant, by the calendar of the platform, not ours. */
export function wallIn(zone: string): (at: number) => { weekday: string; hour: string; minute: string } {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return (at) => {
    const parts = format.formatToParts(at);
    const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '';
    return { weekday: part('weekday'), hour: part('hour'), minute: part('minute') };
  };
}
