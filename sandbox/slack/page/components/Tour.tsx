import { useActions, useDirectory } from '../state/context.ts';

interface Props {
  /** The key of the draft that the tour may type into. */
  composer: string;
  /** From 0. It is kept by the page, since the tour makes room for every dialog. */
  step: number;
  onStep(step: number): void;
}

/** Three steps for a first-time visitor. */
export function Tour({ composer, step, onStep }: Props) {
  const { words, app } = useDirectory();
  const { dispatch } = useActions();
  const [first] = app.commands;
  const command = first?.command ?? '/';
  const line = `${command} ${first?.subcommands[0]?.word ?? 'new'}`;
  const steps = [
    { title: words.tour1Title, text: words.tour1(line) },
    { title: words.tour2Title, text: words.tour2 },
    { title: words.tour3Title, text: words.tour3(command, app.name) },
  ];
  const done = (): void => dispatch({ type: 'prefer', preferences: { tourDone: true } });
  const current = steps[step];
  if (!current) return null;
  return (
    <section className="tour" aria-label={words.tour}>
      <p className="tour-step">{words.tourStep(step + 1, steps.length)}</p>
      <h2>{current.title}</h2>
      <p>{current.text}</p>
      <div className="tour-dots" aria-hidden="true">
        {steps.map((each, index) => (
          <span key={each.title} className={index === step ? 'tour-dot tour-dot-on' : 'tour-dot'} />
        ))}
      </div>
      <div className="tour-buttons">
        <button type="button" className="link-button" onClick={done}>
          {words.tourSkip}
        </button>
        <span className="tour-gap" />
        {step > 0 && (
          <button type="button" className="button" onClick={() => onStep(step - 1)}>
            {words.tourBack}
          </button>
        )}
        {step === 0 && (
          <button
            type="button"
            className="button"
            onClick={() => {
              dispatch({ type: 'draft', composer, text: line });
              document.querySelector<HTMLElement>('.pane .composer textarea')?.focus();
            }}
          >
            {words.tourType}
          </button>
        )}
        <button
          type="button"
          className="button button-primary"
          onClick={() => (step < steps.length - 1 ? onStep(step + 1) : done())}
        >
          {step < steps.length - 1 ? words.tourNext : words.tourDone}
        </button>
      </div>
    </section>
  );
}
