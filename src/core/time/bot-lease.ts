/** Every running bot of a store holds a lease of this prefix and its id; the leases it holds end with it. */
export const botLeases = 'bot:';

export const botLeaseOf = (bot: string): string => `${botLeases}${bot}`;

/** How long a bot that died still counts as running, ms. A third of it passes between renewals. */
export const botLeaseMs = 9_000;
