/** Subscriptions, and the settings of notices. */
export const subscriptions = {
  /** Which tasks; begins a sentence. */
  scopes: {
    all: 'All tasks',
    mine: (person: string) => `Tasks run by ${person}`,
    line: (name: string) => `Tasks on line ${name}`,
    name: (text: string) => `Tasks named “${text}”`,
  },
};
