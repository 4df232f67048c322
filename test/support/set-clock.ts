/**
 * What a bot process needs in its environment so that its time of day can be set, as an administrator or NTP does: it
 * begins `aheadMs` off, and each SIGUSR2 sets it by `byMs` more. Timers go on as they do when the system's clock is
 * set.
 */
export function settableClock(aheadMs: number, byMs = 0): Record<string, string> {
  const program = `
    const Real = Date;
    let ahead = ${aheadMs};
    globalThis.Date = class extends Real {
      constructor(...given) {
        super(...(given.length === 0 ? [Real.now() + ahead] : given));
      }
      static now() {
        return Real.now() + ahead;
      }
    };
    process.on('SIGUSR2', () => {
      ahead += ${byMs};
    });
  `;
  return { NODE_OPTIONS: `--import=data:text/javascript;base64,${Buffer.from(program).toString('base64')}` };
}
