import type { Lever } from '../../protocol.ts';
import { useActions, useDirectory } from '../state/context.ts';
import { BoltIcon } from './icons.tsx';
import { Menu } from './Menu.tsx';

/** The controls the host of the sandbox put on the page: choices as a row of buttons, triggers in one menu. */
export function Levers({ levers }: { levers: Lever[] }) {
  const { words, language } = useDirectory();
  const { perform } = useActions();
  const pull = (id: string, value: string): void => void perform('lever', { id, value });
  const scenarios = levers
    .filter((lever) => lever.kind === 'trigger')
    .flatMap(({ id, label, options }) =>
      options.length === 0
        ? [{ key: id, text: label[language], run: () => pull(id, '') }]
        : options.map((option) => ({
            key: `${id}:${option.value}`,
            text: `${label[language]}: ${option.label[language]}`,
            run: () => pull(id, option.value),
          })),
    );
  if (levers.length === 0) return <div className="levers" />;
  return (
    <section className="levers" aria-label={words.levers}>
      {levers
        .filter((lever) => lever.kind === 'choice')
        .map((lever) => (
          <fieldset key={lever.id} className="lever" data-lever={lever.id}>
            <legend className="visually-hidden">{lever.label[language]}</legend>
            <span className="lever-label" aria-hidden="true">
              {lever.label[language]}
            </span>
            <span className="segments">
              {lever.options.map((option) => (
                <button
                  key={option.value}
                  type="button"
                  aria-pressed={option.value === lever.value}
                  onClick={() => pull(lever.id, option.value)}
                >
                  {option.label[language]}
                </button>
              ))}
            </span>
          </fieldset>
        ))}
      {scenarios.length > 0 && (
        <Menu
          label={words.scenarios}
          trigger={
            <>
              <BoltIcon />
              <span>{words.scenarios}</span>
            </>
          }
          triggerClass="bar-button"
          items={scenarios}
        />
      )}
    </section>
  );
}
