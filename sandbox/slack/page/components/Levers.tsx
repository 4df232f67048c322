import type { Lever } from '../../protocol.ts';
import { useActions, useDirectory } from '../state/context.ts';
import { BoltIcon } from './icons.tsx';
import { Menu } from './Menu.tsx';

/** The controls the host of the sandbox put on the page: choices as a row of buttons, triggers as a menu. */
export function Levers({ levers }: { levers: Lever[] }) {
  const { words, language } = useDirectory();
  const { perform } = useActions();
  if (levers.length === 0) return <div className="levers" />;
  return (
    <section className="levers" aria-label={words.levers}>
      {levers.map((lever) =>
        lever.kind === 'choice' ? (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot stand in a line of buttons
          <div key={lever.id} className="lever" role="group" aria-label={lever.label[language]} data-lever={lever.id}>
            <span className="lever-label" aria-hidden="true">
              {lever.label[language]}
            </span>
            <span className="segments">
              {lever.options.map((option) => (
                <button
                  key={option.value}
                  type="button"
                  aria-pressed={option.value === lever.value}
                  onClick={() => void perform('lever', { id: lever.id, value: option.value })}
                >
                  {option.label[language]}
                </button>
              ))}
            </span>
          </div>
        ) : (
          <span key={lever.id} className="lever" data-lever={lever.id}>
            <Menu
              label={lever.label[language]}
              trigger={
                <>
                  <BoltIcon />
                  <span className="lever-label">{lever.label[language]}</span>
                </>
              }
              triggerClass="bar-button"
              items={(lever.options.length > 0
                ? lever.options
                : [{ value: '', label: { en: words.leverRun, zh: words.leverRun } }]
              ).map((option) => ({
                key: option.value,
                text: option.label[language],
                run: () => void perform('lever', { id: lever.id, value: option.value }),
              }))}
            />
          </span>
        ),
      )}
    </section>
  );
}
