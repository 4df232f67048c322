import { useDirectory } from '../state/context.ts';
import { titleIn } from '../words/language.ts';
import { Avatar } from './Avatar.tsx';

/** Act as any of the people with one click. */
export function PersonSwitch({ onActAs }: { onActAs: (id: string) => void }) {
  const { words, people, me } = useDirectory();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset does not fit in a row of buttons
    <div className="person-switch" role="group" aria-label={words.actAs}>
      {people
        .filter((person) => !person.isBot)
        .map((person) => (
          <button
            key={person.id}
            type="button"
            className="person"
            data-person={person.id}
            aria-pressed={person.id === me.id}
            title={words.actAsPerson(person.realName || person.name, titleIn(words, person.title))}
            onClick={() => onActAs(person.id)}
          >
            <Avatar person={person} size={28} />
            <span className="visually-hidden">{words.actAs} </span>
            <span className={person.id === me.id ? 'person-text' : 'visually-hidden'}>
              <span className="person-name">{person.realName || person.name}</span>{' '}
              <span className="person-title">{titleIn(words, person.title)}</span>
            </span>
          </button>
        ))}
    </div>
  );
}
