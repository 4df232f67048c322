import type { PageControl } from '../../protocol.ts';
import { useActions, useDirectory } from '../state/context.ts';
import { BoltIcon } from './icons.tsx';
import { Menu } from './Menu.tsx';

/** The controls that the host of the stand-in put on the page: choices as a row of buttons, triggers in one menu. */
export function PageControls({ controls }: { controls: PageControl[] }) {
  const { words, language } = useDirectory();
  const { perform } = useActions();
  const use = (id: string, value: string): void => void perform('page_control', { id, value });
  const scenarios = controls
    .filter((control) => control.kind === 'trigger')
    .flatMap(({ id, label, options }) =>
      options.length === 0
        ? [{ key: id, text: label[language], run: () => use(id, '') }]
        : options.map((option) => ({
            key: `${id}:${option.value}`,
            text: `${label[language]}: ${option.label[language]}`,
            run: () => use(id, option.value),
          })),
    );
  if (controls.length === 0) return <div className="page-controls" />;
  return (
    <section className="page-controls" aria-label={words.pageControls}>
      {controls
        .filter((control) => control.kind === 'choice')
        .map((control) => (
          <fieldset key={control.id} className="page-control" data-page-control={control.id}>
            <legend className="visually-hidden">{control.label[language]}</legend>
            <span className="page-control-label" aria-hidden="true">
              {control.label[language]}
            </span>
            <span className="segments">
              {control.options.map((option) => (
                <button
                  key={option.value}
                  type="button"
                  aria-pressed={option.value === control.value}
                  onClick={() => use(control.id, option.value)}
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
